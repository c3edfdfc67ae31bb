package org.tinytune.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.TinytuneException;

class OriginTest {
    private static final String JSON =
            "{\"schemaVersion\": 1, \"command\": \"any\", \"data\": {\"path\": \"/x\", \"fingerprint\": \"f00\"}, \"seed\": 7}";

    @TempDir
    private Path folder;

    @Test
    void isWhatModelsOfAllCommandsSay() throws IOException {
        Files.writeString(folder.resolve("provenance.json"), JSON);
        assertThat(Origin.of(folder.resolve("model.tflite")))
                .contains(new Origin(1, new Provenance.Data("/x", "f00", Optional.empty(), new TreeMap<>()), 7));
    }

    @Test
    void aModelMayHaveNone() {
        assertThat(Origin.of(folder.resolve("best.tflite"))).isEmpty();
        assertThat(Origin.of(Path.of("no-such-model.tflite"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"seed\": 7", "\"fingerprint\": \"f00\"", "\"schemaVersion\": 1"})
    void refusesWhatLacksIt(String written) throws IOException {
        Files.writeString(folder.resolve("provenance.json"), JSON.replace(written, "\"x\": 1"));
        assertThatThrownBy(() -> Origin.of(folder.resolve("model.tflite"))).isInstanceOf(TinytuneException.class);
    }
}
