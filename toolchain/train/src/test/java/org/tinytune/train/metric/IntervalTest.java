package org.tinytune.train.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
    /**
     * Source: Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998,
     * table I, method 3 (the score method without continuity correction).
     */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0, 0.1611", "1, 29, 0.0061, 0.1718"})
    void agreesWithPublishedValues(int hits, int trials, double low, double high) {
        Interval interval = Interval.wilson(hits, trials);
        assertThat(interval.low()).isCloseTo(low, Offset.offset(5e-5));
        assertThat(interval.high()).isCloseTo(high, Offset.offset(5e-5));
    }

    @Test
    void missesMirrorHits() {
        for (int hits = 0; hits <= 40; hits++) {
            Interval of = Interval.wilson(hits, 40);
            Interval mirrored = Interval.wilson(40 - hits, 40);
            assertThat(mirrored.low()).isCloseTo(1 - of.high(), Offset.offset(1e-12));
            assertThat(of.low()).isBetween(0.0, hits / 40.0);
            assertThat(of.high()).isBetween(hits / 40.0, 1.0);
        }
    }
}
