package org.tinytune.train.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.cost.Roofline;

class HostPeakTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void figuresAreThoseOfAComputer(int threads) {
        Roofline peak = HostPeak.measure(threads, new Effort(0.05, 0.01, 3));

        // From an interpreter's first runs to a hundred times what cores of this decade do.
        assertThat(peak.macsPerSecond()).isBetween(1e6, 1e13);
        assertThat(peak.bytesPerSecond()).isBetween(1e7, 1e13);
    }
}
