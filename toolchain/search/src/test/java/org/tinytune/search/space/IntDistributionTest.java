package org.tinytune.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntDistributionTest {

    @Test
    void everyStepIsEquallyLikely() {
        IntDistribution distribution = IntDistribution.stepped(8, 40, 8);
        int[] counts = new int[5];
        for (int i = 0; i < 1000; i++) {
            int value = distribution.decode((i + 0.5) / 1000);
            counts[(value - 8) / 8]++;
        }
        assertThat(counts).containsOnly(200);
    }

    @Test
    void encodesTheMiddleOfAStep() {
        IntDistribution distribution = IntDistribution.stepped(8, 40, 8);
        assertThat(distribution.encode(8)).isCloseTo(0.1, within(1e-15));
        assertThat(distribution.encode(24)).isCloseTo(0.5, within(1e-15));
        assertThat(distribution.encode(40)).isCloseTo(0.9, within(1e-15));
        assertThat(distribution.contains(9)).isFalse();
        assertThat(distribution.contains(0)).isFalse();
        assertThat(distribution.contains(48)).isFalse();
        assertThat(distribution.contains(8.0)).isFalse();
    }

    /** An integer v owns [v − ½, v + ½], so that the probability of one is proportional to log((v + ½) / (v − ½)). */
    @Test
    void logarithmsFavourSmallValues() {
        IntDistribution distribution = IntDistribution.log(1, 64);
        int draws = 100_000;
        int[] counts = new int[65];
        for (int i = 0; i < draws; i++) {
            counts[distribution.decode((i + 0.5) / draws)]++;
        }
        for (int v = 1; v <= 64; v++) {
            double expected = Math.log((v + 0.5) / (v - 0.5)) / Math.log(64.5 / 0.5) * draws;
            assertThat((double) counts[v]).as("count of %d", v).isCloseTo(expected, within(2.0));
        }
    }

    @Test
    void everyValueOfALogarithmSurvivesTheRoundTrip() {
        for (int high : new int[] {1, 2, 3, 10, 4096}) {
            IntDistribution distribution = IntDistribution.log(1, high);
            for (int v = 1; v <= high; v++) {
                assertThat(distribution.decode(distribution.encode(v))).isEqualTo(v);
            }
        }
        IntDistribution wide = IntDistribution.log(1, Integer.MAX_VALUE);
        for (int v : new int[] {1, 2, 1_000_000, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
            assertThat(wide.decode(wide.encode(v))).isEqualTo(v);
        }
    }

    @Test
    void refusesWhatHoldsNoValues() {
        assertThatThrownBy(() -> IntDistribution.uniform(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IntDistribution.stepped(8, 63, 8)).hasMessageContaining("int [8, 63] step 8");
        assertThatThrownBy(() -> IntDistribution.stepped(8, 64, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IntDistribution.log(0, 8)).hasMessageContaining("int [0, 8] log");
        assertThatThrownBy(() -> new IntDistribution(1, 9, 2, true)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void describesItselfInOneLine() {
        assertThat(IntDistribution.uniform(1, 8).describe()).isEqualTo("int [1, 8]");
        assertThat(IntDistribution.stepped(4, 64, 4).describe()).isEqualTo("int [4, 64] step 4");
        assertThat(IntDistribution.log(8, 64).describe()).isEqualTo("int [8, 64] log");
    }
}
