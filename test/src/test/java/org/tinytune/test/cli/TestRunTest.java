package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.tool.Tools;
import org.tinytune.test.Processes;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.test.Repository;

/** The script {@code test/run} with a Maven that only leaves reports behind. */
class TestRunTest {
    @TempDir
    private Path folder;

    private FakePrograms programs;

    @BeforeEach
    void layOut() throws IOException {
        programs = new FakePrograms(
                Files.createDirectory(folder.resolve("bin")),
                "sh",
                "dirname",
                "find",
                "sed",
                "awk",
                "rm",
                "mkdir",
                "id");
        Files.createDirectory(folder.resolve("test"));
        Files.copy(Repository.ROOT.resolve("test/run"), folder.resolve("test/run"), StandardCopyOption.COPY_ATTRIBUTES);
        Path old = folder.resolve("toolchain/core/target/surefire-reports/TEST-old.xml");
        Files.createDirectories(old.getParent());
        Files.writeString(old, report(100, 50, 0, ""));
    }

    @Test
    void countsTheTestsOfThisRun() throws Exception {
        mavenLeaves(report(7, 0, 0, ""), 0);
        Outcome outcome = run(Map.of());
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("mvn -B -ntp --fail-at-end verify\n")
                .endsWith("test/run: 7 passed, 0 failed, 0 skipped\n");
    }

    @Test
    void aFailureIsAFailure() throws Exception {
        mavenLeaves(report(7, 2, 0, ""), 1);
        Outcome outcome = run(Map.of());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).endsWith("test/run: 5 passed, 2 failed, 0 skipped\n");
    }

    @Test
    void aSkippedTestIsNamedAndFailsOnlyInCi() throws Exception {
        mavenLeaves(report(3, 0, 1, "<skipped message=\"no qemu-system-arm\"/>"), 0);
        Outcome outcome = run(Map.of());
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .endsWith("skipped a.BTest.works: no qemu-system-arm\ntest/run: 2 passed, 0 failed, 1 skipped\n");
        Outcome ci = run(Map.of("CI", "true"));
        assertThat(ci.exitCode()).isEqualTo(1);
        assertThat(ci.out()).contains("-P slow -Dtinytune.strict=true verify").contains("skipped test is a failure");
    }

    @Test
    void noTestsAtAllIsAFailure() throws Exception {
        programs.add("mvn", "");
        assertThat(run(Map.of()).exitCode()).isEqualTo(1);
    }

    @Test
    void installsWhatIsMissingAsRoot() throws Exception {
        mavenLeaves(report(1, 0, 0, ""), 0);
        programs.add("id", "echo 0");
        programs.add("env", "shift; exec \"$@\"");
        programs.add("dpkg-query", "for p in gcc socat; do echo \"installed $p\"; done; echo 'config-files avrdude'");
        programs.add("grep", "exec /usr/bin/grep \"$@\"");
        programs.add("apt-get", "echo \"$@\" >>\"$LOG\"");
        Outcome outcome = run(Map.of("LOG", folder.resolve("log").toString()));
        assertThat(outcome.exitCode()).isZero();
        assertThat(Files.readAllLines(folder.resolve("log")))
                .containsExactly(
                        "-q update",
                        "-q install -y --no-install-recommends g++ clang make cmake libc6-dev gcc-arm-none-eabi libnewlib-arm-none-eabi"
                                + " qemu-system-arm gcc-riscv64-unknown-elf picolibc-riscv64-unknown-elf qemu-system-misc"
                                + " gcc-avr binutils-avr avr-libc simavr libsimavr-dev libelf-dev arduino-core-avr avrdude"
                                + " dataset-fashion-mnist");
    }

    @Test
    void installsAllPackagesThatTheDoctorKnows() throws IOException {
        Matcher list =
                Pattern.compile("packages='([^']*)'").matcher(Files.readString(Repository.ROOT.resolve("test/run")));
        assertThat(list.find()).isTrue();
        List<String> known = Tools.ALL.stream()
                .filter(tool -> !tool.equals(Tools.MAVEN))
                .flatMap(tool -> tool.debianPackages().stream())
                .toList();
        assertThat(Arrays.asList(list.group(1).split("\\s+", -1))).containsAll(known);
    }

    private Outcome run(Map<String, String> variables) throws Exception {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("PATH", programs.folder().toString());
        return Processes.run(
                Path.of("/"), environment, List.of(folder.resolve("test/run").toString()));
    }

    private void mavenLeaves(String report, int exitCode) throws IOException {
        programs.add(
                "mvn",
                "echo \"mvn $*\"; mkdir -p test/target/surefire-reports\n" + "echo '" + report
                        + "' >test/target/surefire-reports/TEST-new.xml; exit " + exitCode);
    }

    private static String report(int tests, int failures, int skipped, String inside) {
        return String.format(Locale.ROOT, """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite xmlns:x="y" version="3.0" name="a.BTest" time="1.5" tests="%d" errors="0" skipped="%d" failures="%d">
                  <properties><property name="tests=&quot;5&quot;" value="x"/></properties>
                  <testcase name="works" classname="a.BTest" time="0.1">
                    %s
                  </testcase>
                </testsuite>""", tests, skipped, failures, inside);
    }
}
