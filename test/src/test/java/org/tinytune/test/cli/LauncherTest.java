package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.test.Processes;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.test.Repository;

/**
 * The launcher in a folder with blanks in its name, with a Maven and JDKs that only say how they were called, and no
 * other program on the PATH than the standard ones that it uses.
 */
class LauncherTest {
    private static final List<String> STANDARD_PROGRAMS = List.of(
            "sh",
            "cat",
            "cksum",
            "cp",
            "cut",
            "find",
            "grep",
            "head",
            "ln",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "rmdir",
            "sed",
            "sleep",
            "sort",
            "tr",
            "touch");

    /** Says what it does into the file maven.log; MAVEN_WORK is the rest of its work. */
    private static final String MAVEN = """
            #!/bin/sh
            echo "JAVA_HOME=$JAVA_HOME" >>"$HOME/maven.log"
            eval "${MAVEN_WORK:-:}"
            mkdir -p .tinytune-build/tinytune-cli
            echo jar >.tinytune-build/tinytune-cli/tinytune.jar
            """;

    /** Prints its process number and each argument; JVM_WORK comes first. Complains as a JVM does. */
    private static final String JAVA = """
            #!/bin/sh
            echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
            eval "${JVM_WORK:-:}"
            echo "pid $$"
            printf '[%s]\\n' "$@"
            for last; do :; done
            [ "$last" != --version ] || exit 0
            echo 'from the program' >&3
            exit "${JVM_EXIT:-0}"
            """;

    @TempDir
    private Path temporary;

    private Path home;
    private Path clone;
    private Path programs;
    private Path jdks;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectory(temporary.resolve("home"));
        clone = Files.createDirectory(temporary.resolve("a clone"));
        programs = Files.createDirectory(temporary.resolve("bin"));
        jdks = Files.createDirectory(temporary.resolve("my jdks"));
        for (String program : STANDARD_PROGRAMS) {
            script(programs.resolve(program), "#!/bin/sh\nexec /usr/bin/" + program + " \"$@\"\n");
        }
        script(programs.resolve("mvn"), MAVEN);
        Files.copy(Repository.ROOT.resolve("tinytune"), clone.resolve("tinytune"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String source : List.of(
                "pom.xml",
                ".mvn/jvm.config",
                "README.md",
                "boards/one.toml",
                "runtime-gen/pom.xml",
                "runtime-gen/src/main/c/kernel.h",
                "toolchain/core/pom.xml",
                "toolchain/core/src/main/java/A.java",
                "toolchain/core/src/main/java/B.java",
                "toolchain/core/src/test/java/ATest.java")) {
            write(source, source);
        }
    }

    @Test
    void buildsOnFirstUseAndNotAgain() throws Exception {
        jdk("jdk-17", "17.0.15");
        assertThat(run().err())
                .isEqualTo("tinytune: building (first use, takes a minute) ... done\nfrom the program\n");
        assertThat(run().err()).isEqualTo("from the program\n");
        assertThat(builds()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pom.xml",
                ".mvn/jvm.config",
                "boards/one.toml",
                "runtime-gen/src/main/c/kernel.h",
                "toolchain/core/pom.xml",
                "toolchain/core/src/main/java/A.java",
                "toolchain/core/src/main/java/New.java"
            })
    void buildsAgainWhenASourceChanges(String source) throws Exception {
        jdk("jdk-17", "17.0.15");
        run();
        write(source, "another text");
        assertThat(run().err()).isEqualTo("tinytune: building (sources changed) ... done\nfrom the program\n");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void buildsAgainWhenASourceIsDeletedOrRenamed() throws Exception {
        jdk("jdk-17", "17.0.15");
        run();
        Path source = clone.resolve("toolchain/core/src/main/java/A.java");
        Files.move(source, source.resolveSibling("C.java"));
        run();
        assertThat(builds()).isEqualTo(2);
        Files.delete(source.resolveSibling("C.java"));
        run();
        assertThat(builds()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "toolchain/core/src/test/java/ATest.java",
                "toolchain/core/target/classes/A.class",
                "toolchain/core/src/main/java/.A.java.swp"
            })
    void doesNotBuildForWhatIsNoSource(String other) throws Exception {
        jdk("jdk-17", "17.0.15");
        run();
        write(other, "another text");
        run();
        assertThat(builds()).isEqualTo(1);
    }

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
                        "[@" + clone.toRealPath() + "/toolchain/cli/src/main/resources/org/tinytune/cli/jvm.options]",
                        "[-Xmx2g]",
                        "[-Done=*]",
                        "[-Dtinytune.stderr=3]",
                        "[-jar]",
                        "[" + clone.toRealPath() + "/.tinytune-build/tinytune.jar]",
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
        script(programs.resolve("apt-get"), "#!/bin/sh\n");
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
        Files.createSymbolicLink(programs.resolve("javac"), onPath.resolve("bin/javac"));
        assertThat(usedJdk(Map.of())).isEqualTo(onPath.toString());

        Path chosen = jdk("../elsewhere/jdk-17", "17");
        assertThat(usedJdk(Map.of("JAVA_HOME", chosen.toString()))).isEqualTo(chosen.toString());
        Path old = jdk("../elsewhere/jdk-11", "11.0.2");
        assertThat(usedJdk(Map.of("JAVA_HOME", old.toString()))).isEqualTo(onPath.toString());
    }

    @Test
    void saysWhatToInstallWithoutMaven() throws Exception {
        jdk("jdk-17", "17.0.15");
        Files.delete(programs.resolve("mvn"));
        Outcome outcome = run();
        assertThat(outcome.exitCode()).isEqualTo(8);
        assertThat(outcome.err()).containsOnlyOnce("\n").startsWith("tinytune: needs Maven to build itself: ");
    }

    @Test
    void tellsInOneLineThatThereIsNoNetwork() throws Exception {
        jdk("jdk-17", "17.0.15");
        Outcome outcome = run(Map.of("MAVEN_WORK", """
                echo '[ERROR] Could not transfer artifact a:b:pom:1 from/to there: Unknown host there'; exit 1"""));
        assertThat(outcome.exitCode()).isEqualTo(8);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("no network").contains("build.log");
    }

    @Test
    void tellsInOneLineWhyTheBuildFailed() throws Exception {
        jdk("jdk-17", "17.0.15");
        Outcome outcome = run(Map.of("MAVEN_WORK", "echo '[ERROR] A.java:[1,2] ; expected'; exit 1"));
        assertThat(outcome.exitCode()).isEqualTo(8);
        assertThat(outcome.err())
                .containsOnlyOnce("\n")
                .endsWith("failed: A.java:[1,2] ; expected (log: " + clone.toRealPath()
                        + "/.tinytune-build/build.log)\n");
        assertThat(run().exitCode()).isZero();
    }

    @Test
    void twoStartsAtOnceBuildOnce() throws Exception {
        jdk("jdk-17", "17.0.15");
        List<Processes.Started> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(Processes.start(clone, environment(Map.of("MAVEN_WORK", "sleep 2")), command("boards")));
        }
        for (Processes.Started start : starts) {
            assertThat(start.end().exitCode()).isZero();
        }
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void removesTheLockOfABuildThatWasKilled() throws Exception {
        jdk("jdk-17", "17.0.15");
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        write(".tinytune-build/lock/pid", Long.toString(ended.pid()));
        assertThat(run().exitCode()).isZero();
        assertThat(clone.resolve(".tinytune-build/lock")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT:130", "TERM:143", "HUP:129"})
    void anInterruptedBuildEndsMavenAndTheLock(String signalAndCode) throws Exception {
        jdk("jdk-17", "17.0.15");
        String[] signal = signalAndCode.split(":", -1);
        Processes.Started started = Processes.start(
                clone,
                environment(Map.of("MAVEN_WORK", "echo $$ >\"$HOME/maven.pid\"; exec sleep 100")),
                command("boards"));
        Path pid = home.resolve("maven.pid");
        for (int i = 0; i < 100 && (Files.notExists(pid) || Files.size(pid) == 0); i++) {
            Thread.sleep(100);
        }
        started.signal(signal[0]);
        assertThat(started.end().exitCode()).isEqualTo(Integer.parseInt(signal[1]));
        assertThat(clone.resolve(".tinytune-build/lock")).doesNotExist();
        long maven = Long.parseLong(Files.readString(pid).strip());
        for (int i = 0; i < 100 && isAlive(maven); i++) {
            Thread.sleep(100);
        }
        assertThat(isAlive(maven)).isFalse();
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

    private Outcome run() throws IOException, InterruptedException {
        return run(Map.of());
    }

    private Outcome run(Map<String, String> variables) throws IOException, InterruptedException {
        return Processes.run(clone, environment(variables), command("boards"));
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(clone.resolve("tinytune").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Map<String, String> environment(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HOME", home.toString());
        environment.put("PATH", programs.toString());
        environment.put("TINYTUNE_JDKS", temporary.resolve("none") + ":" + jdks);
        return environment;
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

    private long builds() throws IOException {
        return Files.readAllLines(home.resolve("maven.log")).size();
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = jdks.resolve(name).normalize();
        Files.createDirectories(jdk.resolve("bin"));
        script(jdk.resolve("bin/java"), JAVA);
        script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"us\"\nJAVA_VERSION=\"" + version + "\"\nX=\"y\"\n");
        return jdk;
    }

    private void write(String file, String text) throws IOException {
        Path path = clone.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
