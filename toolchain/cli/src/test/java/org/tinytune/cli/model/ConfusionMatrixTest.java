package org.tinytune.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.train.metric.Interval;

class ConfusionMatrixTest {
    @Test
    void countsByActualAndPredictedClass() {
        ConfusionMatrix matrix =
                ConfusionMatrix.of(List.of("a", "b"), new int[] {0, 0, 0, 1, 1}, new int[] {0, 1, 0, 1, 0});

        assertThat(matrix.counts()).containsExactly(List.of(2, 1), List.of(1, 1));
        assertThat(matrix.samples()).isEqualTo(5);
        assertThat(matrix.correct()).isEqualTo(3);
        assertThat(matrix.accuracy()).isEqualTo(0.6);
    }

    /** The bounds are the probabilities from which the found share is 1.96 standard deviations away. */
    @ParameterizedTest
    @CsvSource({"8, 10", "0, 10", "10, 10", "349, 360", "1, 10000"})
    void intervalIsWilsons(int correct, int samples) {
        int[] targets = new int[samples];
        int[] predictions = new int[samples];
        Arrays.fill(predictions, correct, samples, 1);
        Interval interval =
                ConfusionMatrix.of(List.of("a", "b"), targets, predictions).accuracyInterval();

        double found = (double) correct / samples;
        assertThat(found).isBetween(interval.low(), interval.high());
        for (double bound : List.of(interval.low(), interval.high())) {
            double deviation = Math.sqrt(bound * (1 - bound) / samples);
            assertThat(Math.abs(found - bound)).isCloseTo(1.959964 * deviation, within(1e-6));
        }
    }
}
