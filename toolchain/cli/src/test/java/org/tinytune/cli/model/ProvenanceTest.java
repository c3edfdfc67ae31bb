package org.tinytune.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.cli.output.Json;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

class ProvenanceTest {
    private static final Provenance PROVENANCE = new Provenance(
            1,
            "0.1",
            "abc",
            "17.0.1",
            new Provenance.Data("/data/x", "f00"),
            "arduino-uno",
            "b0a4d",
            7,
            "bayes",
            new Provenance.Limits(2048, 32256, Optional.of(20_000L)),
            "linked firmware",
            20,
            3,
            Map.of("blocks", 2, "head", "flatten", "learning_rate", 0.001),
            "5ea");

    @TempDir
    private Path folder;

    private Optional<Provenance> read(String json) throws IOException {
        Files.writeString(folder.resolve("provenance.json"), json);
        return Optional.of(Provenance.read(folder.resolve("provenance.json")));
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        assertThat(read(Json.text(PROVENANCE))).contains(PROVENANCE);
    }

    @Test
    void mayLackALatencyLimitAndHoldWhatALaterVersionAdds() throws IOException {
        String json = Json.text(PROVENANCE).replace(": 20000", ": null").replaceFirst("\\{", "{\"later\": [1],");
        assertThat(read(json).orElseThrow().limits()).isEqualTo(new Provenance.Limits(2048, 32256, Optional.empty()));
    }

    @Test
    void keepsHowRecordingsAreRead() throws IOException {
        Provenance.Data data = new Provenance.Data("/data/x", "f00", Map.of("window", "1s", "rate", "8000"));
        String json = Json.text(PROVENANCE);
        assertThat(json).doesNotContain("reading");

        String told = json.replace("\"f00\"", "\"f00\", \"reading\": {\"window\": \"1s\", \"rate\": \"8000\"}");

        assertThat(read(told).orElseThrow().data()).isEqualTo(data);
        assertThat(read(told).orElseThrow().data().recordings().rate()).contains(8000.0);
        assertRefused(told.replace("1s", "long"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"seed\": 1}"})
    void refusesWhatIsNoProvenance(String json) {
        assertRefused(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"/data/x\"|3",
                "\"/data/x\"|\"\\u0000\"",
                "\"/data/x\"|\"\"",
                "\"seed\" : 7|\"seed\" : 1.5",
                "\"seed\" : 7|\"seed\" : \"7\"",
                "\"seed\" : 7|\"seeds\" : 7",
                "\"trial\" : 3|\"trial\" : null",
                "\"trained\" : 20|\"trained\" : 0",
                "\"trial\" : 3|\"trial\" : -1",
                "\"ramBytes\" : 2048|\"ramBytes\" : 0",
                "\"latencyMicros\" : 20000|\"latencyMicros\" : -1",
                "\"schemaVersion\" : 1|\"schemaVersion\" : 2",
            })
    void refusesWhatASearchDoesNotWrite(String written, String changed) {
        String json = Json.text(PROVENANCE);
        assertThat(json).contains(written);
        assertRefused(json.replace(written, changed));
    }

    private void assertRefused(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith(folder.resolve("provenance.json").toString())
                .extracting(e -> ((TinytuneException) e).exitCode())
                .isEqualTo(ExitCode.INVALID_INPUT);
    }
}
