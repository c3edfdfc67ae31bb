package org.tinytune.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
    private static final Pattern VERSION = Pattern.compile("version=(\\S+)");

    @TempDir
    private Path folder;

    @Test
    void findsAProgramByRunningIt() {
        Optional<Probe.Finding> finding =
                Probe.program(VERSION, "sh", "-c", "echo version=1.2").find();
        assertThat(finding.map(Probe.Finding::version)).hasValue("1.2");
        assertThat(finding.map(Probe.Finding::location).orElseThrow()).endsWith("/sh");
    }

    @Test
    void aProgramWithoutVersionIsFoundOnlyIfItEndsWell() {
        assertThat(Probe.program(VERSION, "true").find().map(Probe.Finding::version))
                .hasValue("");
        assertThat(Probe.program(VERSION, "false").find()).isEmpty();
        assertThat(Probe.program(VERSION, "sh", "-c", "echo version=7; exit 1").find())
                .isPresent();
        assertThat(Probe.program(VERSION, "no-such-program").find()).isEmpty();
    }

    @Test
    void findsFilesOnlyIfAllAreThere() throws IOException {
        Path first = Files.writeString(folder.resolve("first"), "name=x\nversion=2.0\n");
        Path second = folder.resolve("second");
        Probe probe = Probe.files(VERSION, first.toString(), second.toString());
        assertThat(probe.find()).isEmpty();
        Files.createFile(second);
        assertThat(probe.find()).hasValue(new Probe.Finding("2.0", first.toString()));
    }
}
