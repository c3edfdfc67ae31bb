package org.tinytune.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.cli.output.Json;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.SplitPlan;
import org.tinytune.data.reader.ReadOptions;

class ProvenanceTest {
    private static final Provenance PROVENANCE = new Provenance(
            1,
            "0.1",
            "abc",
            "17.0.1",
            new Provenance.Data("/data/x", "f00", Optional.of("kfold:5/2"), new TreeMap<>(Map.of("window", "1s"))),
            "arduino-uno",
            "b0a4d",
            7,
            "bayes",
            List.of("mel", "raw"),
            Optional.of(true),
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

    /** As versions wrote it that knew one way to divide data only, and no recordings. */
    @Test
    void mayLackTheSplitAndWhatIsSaidOfRecordings() throws IOException {
        String json = Json.text(PROVENANCE)
                .replaceFirst(",\\s*\"split\" : \"kfold:5/2\"", "")
                .replaceFirst(",\\s*\"reading\" : \\{[^}]*}", "");
        assertThat(json).doesNotContain("split", "reading");
        assertThat(options(read(json).orElseThrow()))
                .isEqualTo(ReadOptions.NONE.withSplit(Optional.of(SplitPlan.STRATIFIED)));
    }

    @Test
    void saysHowTheDataWereReadAndDivided() {
        ReadOptions options = options(PROVENANCE);
        assertThat(options.split()).contains(SplitPlan.kFold(5, 2));
        assertThat(options.recordings().texts()).containsOnly(Map.entry("window", "1s"));
    }

    private static ReadOptions options(Provenance provenance) {
        return provenance.data().options(ReadOptions.NONE);
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
                "kfold:5/2|kfold:5/6",
                "\"1s\"|\"soon\"",
                "\"1s\"|null",
                "\"window\"|\"windows\"",
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
