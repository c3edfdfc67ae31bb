package org.tinytune.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What metadata say of a model's task comes back as it was stored, and what is damaged is one line. */
class TaskMetadataTest {
    private static final Metadata NONE = Metadata.unnamed();

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @EnumSource
    void kindsAreStored(TaskKind kind) {
        assertThat(TaskKind.of(kind.storedIn(NONE))).isEqualTo(kind);
        assertThat(TaskKind.named(kind.id())).contains(kind);
    }

    @Test
    void aModelThatSaysNothingClassifies() {
        assertThat(TaskKind.of(NONE)).isEqualTo(TaskKind.CLASSIFICATION);
        assertRefused(
                () -> TaskKind.of(NONE.withExtra("task", "ranking")),
                "unknown task 'ranking' (known are classification, regression, anomaly)");
    }

    @Test
    void outputEncodingsAreStored() {
        OutputEncoding encoding = new OutputEncoding(List.of(1013.25f, -1e-7f), List.of(8.5f, 3e20f));

        assertThat(OutputEncoding.of(encoding.storedIn(NONE), 2)).isEqualTo(encoding);
        assertThat(encoding.decode(2, 0)).isEqualTo(1030.25f);
        assertThat(encoding.encode(1030.25f, 0)).isEqualTo(2);
        assertThat(OutputEncoding.of(NONE, 3)).isEqualTo(OutputEncoding.identity(3));
        assertThat(OutputEncoding.identity(3).decode(7.5f, 2)).isEqualTo(7.5f);
        assertRefused(() -> OutputEncoding.of(encoding.storedIn(NONE), 3), "has 3 outputs, but its metadata scale 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1   | 2,3       | 1 means but 2 deviations",
                "1   | 0         | deviation 0.0",
                "NaN | 1         | mean NaN",
                "1   | Infinity  | deviation Infinity",
                "one | 1         | by 'one', no number",
                "1   |           | by 'null', no number"
            })
    void damagedOutputEncodingsAreRefused(String mean, String deviation, String message) {
        Metadata metadata = NONE.withExtra("outputMean", mean);
        Metadata damaged = deviation == null ? metadata : metadata.withExtra("outputDeviation", deviation);

        assertRefused(() -> OutputEncoding.of(damaged, 1), message);
    }

    @Test
    void thresholdsAreStored() {
        AnomalyThreshold threshold = new AnomalyThreshold(0.1 + 0.2, 0.99);

        assertThat(AnomalyThreshold.of(threshold.storedIn(NONE))).contains(threshold);
        assertThat(AnomalyThreshold.of(NONE)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "NaN", "Infinity", "much"})
    void damagedThresholdsAreRefused(String error) {
        Metadata damaged = new AnomalyThreshold(1, 0.5).storedIn(NONE).withExtra("anomalyThreshold", error);

        assertRefused(() -> AnomalyThreshold.of(damaged), "anomaly threshold");
    }

    /** Of 3 elements at an offset: 1, 4 and 0. */
    @Test
    void errorsAreMeansOfSquares() {
        float[] encoded = {9, 1, 2, 3};
        float[] real = {0, 0, 2, 0, 3};

        assertThat(AnomalyThreshold.error(encoded, 1, real, 2, 3)).isEqualTo((1 + 4) / 3.0);
    }
}
