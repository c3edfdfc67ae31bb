package org.tinytune.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

class ProvenanceTest {
    @TempDir
    private Path folder;

    private Optional<Provenance> read(String json) throws IOException {
        Files.writeString(folder.resolve("provenance.json"), json);
        return Provenance.of(folder.resolve("best.tflite"));
    }

    @Test
    void namesDataAndSeedBesideAnythingElse() throws IOException {
        assertThat(read("""
                {"version": "1", "data": {"path": "/data/x", "fingerprint": "abc", "rows": 3}, "seed": 7}
                """)).contains(new Provenance(Path.of("/data/x"), "abc", 7));
    }

    @Test
    void aModelMayHaveNone() {
        assertThat(Provenance.of(folder.resolve("best.tflite"))).isEmpty();
        assertThat(Provenance.of(Path.of("no-such-model.tflite"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"seed\": 1}",
                "{\"data\": {\"path\": 3, \"fingerprint\": \"x\"}, \"seed\": 1}",
                "{\"data\": {\"path\": \"x\", \"fingerprint\": \"x\"}, \"seed\": 1.5}",
                "{\"data\": {\"path\": \"\\u0000\", \"fingerprint\": \"x\"}, \"seed\": 1}",
            })
    void refusesWhatASearchDoesNotWrite(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith(folder.resolve("provenance.json").toString())
                .extracting(e -> ((TinytuneException) e).exitCode())
                .isEqualTo(ExitCode.INVALID_INPUT);
    }
}
