package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.test.Processes;
import org.tinytune.test.Processes.Outcome;

/** How the launcher finds a JDK and becomes the program. */
class LauncherTest extends LauncherFixture {
    @Test
    void replacesItselfByTheJvmAndPassesArgumentsAndExitCode() throws Exception {
        jdk("jdk 17", "17.0.15");
        run();
        Processes.Started started = Processes.start(
                temporary,
                environment(Map.of("JVM_EXIT", "42", "JAVA_OPTS", "-Xmx2g -Done=*")),
                command("search", "two words", "", "*"));
        Outcome outcome = started.end();
        assertThat(outcome.exitCode()).isEqualTo(42);
        assertThat(outcome.out().lines())
                .containsExactly(
                        "pid " + started.process().pid(),
                        "[@" + clone + "/toolchain/cli/src/main/resources/org/tinytune/cli/jvm.options]",
                        "[-Xmx2g]",
                        "[-Done=*]",
                        "[-Dtinytune.stderr=3]",
                        "[-jar]",
                        "[" + clone + "/.tinytune-build/tinytune.jar]",
                        "[search]",
                        "[two words]",
                        "[]",
                        "[*]");
    }

    @Test
    void worksThroughSymbolicLinksAndFromAnywhere() throws Exception {
        jdk("jdk-17", "17.0.15");
        Path link = Files.createSymbolicLink(temporary.resolve("first"), Path.of("a clone/tinytune"));
        Path second = Files.createSymbolicLink(home.resolve("tt"), link);
        Outcome outcome = Processes.run(home, environment(Map.of()), List.of(second.toString()));
        assertThat(outcome.exitCode()).isZero();
        assertThat(clone.resolve(".tinytune-build/tinytune.jar")).exists();
    }

    @Test
    void saysWhatToInstallWithoutJdk() throws Exception {
        programs.add("apt-get", "");
        Outcome outcome = run();
        assertThat(outcome.exitCode()).isEqualTo(8);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .isEqualTo("tinytune: needs a JDK 17 or newer, found none: sudo apt-get install"
                        + " openjdk-17-jdk-headless (or set JAVA_HOME)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.2", "1.8.0_392"})
    void namesTheJdkThatIsTooOld(String version) throws Exception {
        Path old = jdk("old", version);
        Outcome outcome = run();
        assertThat(outcome.exitCode()).isEqualTo(8);
        assertThat(outcome.err())
                .containsOnlyOnce("\n")
                .contains("found Java " + (version.startsWith("11") ? "11" : "8") + " in " + old);
    }

    @Test
    void namesTheJavaThatCannotCompile() throws Exception {
        Path runtime = jdk("jre-17", "17.0.15");
        Files.delete(runtime.resolve("bin/javac"));
        Outcome outcome = run();
        assertThat(outcome.exitCode()).isEqualTo(8);
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("Java 17 without a compiler in " + runtime);
    }

    @Test
    void takesJavaHomeThenThePathThenTheFolders() throws Exception {
        Path inFolder = jdk("jdk-21", "21");
        assertThat(usedJdk(Map.of())).isEqualTo(inFolder.toString());

        Path onPath = jdk("../elsewhere/jdk 25", "25.0.1");
        Files.createSymbolicLink(programs.folder().resolve("javac"), onPath.resolve("bin/javac"));
        assertThat(usedJdk(Map.of())).isEqualTo(onPath.toString());

        Path chosen = jdk("../elsewhere/jdk-17", "17");
        assertThat(usedJdk(Map.of("JAVA_HOME", chosen.toString()))).isEqualTo(chosen.toString());
        Path old = jdk("../elsewhere/jdk-11", "11.0.2");
        assertThat(usedJdk(Map.of("JAVA_HOME", old.toString()))).isEqualTo(onPath.toString());
    }

    @Test
    void aJvmThatDoesNotStartIsNotSilent() throws Exception {
        jdk("jdk-17", "17.0.15");
        assertThat(run().exitCode()).isZero();
        Outcome outcome = run(Map.of(
                "JAVA_OPTS",
                "-Xbad",
                "JVM_WORK",
                "echo 'Unrecognized option: -Xbad' >&2; echo 'Error: no VM' >&2; exit 1"));
        assertThat(outcome.exitCode()).isEqualTo(8);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .isEqualTo("tinytune: the JVM does not start: Unrecognized option: -Xbad Error: no VM\n");
    }

    @Test
    void givesTheProgramAUtf8Locale() throws Exception {
        jdk("jdk-17", "17.0.15");
        Map<String, String> show = Map.of("JVM_WORK", "echo \"locale $LC_ALL\"");
        assertThat(run(show).out()).contains("locale C.UTF-8\n");
        Map<String, String> german = new HashMap<>(show);
        german.put("LANG", "de_DE.UTF-8");
        assertThat(run(german).out()).contains("locale \n");
    }

    static Stream<String> shellsOfThisMachine() {
        return Stream.of("/bin/sh", "/bin/dash", "/bin/bash --posix", "/bin/busybox sh", "/bin/ksh", "/bin/yash")
                .filter(shell -> Files.isExecutable(Path.of(shell.split(" ", -1)[0])));
    }

    @ParameterizedTest
    @MethodSource("shellsOfThisMachine")
    void runsInAnyPosixShell(String shell) throws Exception {
        List<String> command = new ArrayList<>(List.of(shell.split(" ", -1)));
        jdk("jdk-17", "17.0.15");
        command.addAll(command("boards"));
        assertThat(Processes.run(temporary, environment(Map.of()), command).err())
                .isEqualTo("tinytune: building (first use, takes a minute) ... done\nfrom the program\n");
    }

    /** The JDK that a build with these variables uses. */
    private String usedJdk(Map<String, String> variables) throws IOException, InterruptedException {
        Files.deleteIfExists(clone.resolve(".tinytune-build/fingerprint"));
        assertThat(run(variables).exitCode()).isZero();
        List<String> log = Files.readAllLines(home.resolve("maven.log"));
        return Path.of(log.get(log.size() - 1).replace("JAVA_HOME=", ""))
                .toRealPath()
                .toString();
    }
}
