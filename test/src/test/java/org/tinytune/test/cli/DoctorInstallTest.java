package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.ExitCode;
import org.tinytune.test.Processes;
import org.tinytune.test.Processes.Outcome;

/** {@code doctor --install} among programs that only write down how they were called. */
class DoctorInstallTest {
    private static final String LOG = "echo \"${0##*/} $*\" >>\"$LOG\"; ";

    @TempDir
    private Path folder;

    private Path log;
    private FakePrograms programs;

    @BeforeEach
    void layOut() throws IOException {
        log = folder.resolve("log");
        programs = new FakePrograms(Files.createDirectory(folder.resolve("bin")), "env", "chmod", "true");
        programs.add(
                "apt-get",
                LOG + "[ $1 = update ] || { printf '#!/bin/sh\\necho 9.9.9' >$BIN/gcc; chmod +x $BIN/gcc; }");
    }

    @Test
    void installsAsRoot() throws Exception {
        programs.add("id", "echo 0");
        Outcome outcome = doctor("--install");
        assertThat(Files.readAllLines(log)).hasSize(2).first().isEqualTo("apt-get update -q");
        assertThat(Files.readAllLines(log).get(1)).startsWith("apt-get install -y -q --no-install-recommends maven ");
        assertThat(outcome.out()).containsPattern("gcc .* 9\\.9\\.9\n").containsPattern("mvn .* no\n");
        assertThat(outcome.err().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("tinytune: env DEBIAN_FRONTEND=noninteractive apt-get "));
        // This apt-get brought gcc alone.
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.TOOL_MISSING.code());
    }

    @Test
    void installsThroughASudoThatAsksNothing() throws Exception {
        programs.add("id", "echo 1000");
        programs.add("sudo", LOG + "shift; exec \"$@\"");
        doctor("--install");
        assertThat(Files.readAllLines(log).get(1))
                .isEqualTo("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get update -q");
    }

    @Test
    void saysWhatToRunWhenItMayNot() throws Exception {
        programs.add("id", "echo 1000");
        programs.add("sudo", "echo 'a password is required' >&2; exit 1");
        Outcome outcome = doctor("--install");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.TOOL_MISSING.code());
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .containsOnlyOnce("\n")
                .contains("run: sudo apt-get install -y --no-install-recommends maven ");
        assertThat(log).doesNotExist();
    }

    @Test
    void tellsWhatAptGetComplainsAbout() throws Exception {
        programs.add("id", "echo 0");
        programs.add("apt-get", "echo 'Reading package lists...'; echo 'E: Unable to locate package maven'; exit 100");
        Outcome outcome = doctor("--install");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.TOOL_MISSING.code());
        assertThat(outcome.err()).endsWith("tinytune: apt-get update failed: E: Unable to locate package maven\n");
    }

    @Test
    void namesThePackagesWhereThereIsNoAptGet() throws Exception {
        programs.remove("apt-get");
        Outcome outcome = doctor("--install");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.TOOL_MISSING.code());
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("no apt-get").contains(" maven ");
        assertThat(doctor().out()).contains("Install what this system calls these packages: maven ");
    }

    private Outcome doctor(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("doctor"));
        arguments.addAll(List.of(options));
        String bin = programs.folder().toString();
        Map<String, String> environment = Map.of("PATH", bin, "BIN", bin, "LOG", log.toString());
        return Processes.run(folder, environment, Program.command(List.of(), arguments));
    }
}
