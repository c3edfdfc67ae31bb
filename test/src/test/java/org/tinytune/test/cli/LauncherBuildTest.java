package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.test.Processes;
import org.tinytune.test.Processes.Outcome;

/** When and how the launcher builds. */
class LauncherBuildTest extends LauncherFixture {
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
    void saysWhatToInstallWithoutMaven() throws Exception {
        jdk("jdk-17", "17.0.15");
        programs.remove("mvn");
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
                .endsWith("failed: A.java:[1,2] ; expected (log: " + clone + "/.tinytune-build/build.log)\n");
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

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
