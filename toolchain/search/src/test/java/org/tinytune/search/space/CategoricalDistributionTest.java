package org.tinytune.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CategoricalDistributionTest {

    @Test
    void choicesAreEquallyLikely() {
        CategoricalDistribution distribution = CategoricalDistribution.of("x", "y", "z");
        int[] counts = new int[3];
        for (int i = 0; i < 300; i++) {
            counts[distribution.choices().indexOf(distribution.decode((i + 0.5) / 300))]++;
        }
        assertThat(counts).containsOnly(100);
    }

    @Test
    void hasNoOrder() {
        assertThat(CategoricalDistribution.of("x", "y").isOrdered()).isFalse();
        assertThat(IntDistribution.uniform(0, 1).isOrdered()).isTrue();
        assertThat(FloatDistribution.uniform(0, 1).isOrdered()).isTrue();
    }

    @Test
    void everyChoiceSurvivesTheRoundTrip() {
        for (int n = 1; n < 200; n++) {
            String[] choices = new String[n];
            for (int i = 0; i < n; i++) {
                choices[i] = "c" + i;
            }
            CategoricalDistribution distribution = CategoricalDistribution.of(choices);
            for (String choice : choices) {
                assertThat(distribution.decode(distribution.encode(choice))).isEqualTo(choice);
            }
        }
    }

    @Test
    void refusesNoneAndDuplicates() {
        assertThatThrownBy(CategoricalDistribution::of).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CategoricalDistribution.of("a", "b", "a")).hasMessageContaining("[a, b, a]");
    }

    @Test
    void quotesOnlyWhatNeedsIt() {
        assertThat(CategoricalDistribution.of("DEPTHWISE", "3x3", "a-b_c.d").describe())
                .isEqualTo("categorical [DEPTHWISE, 3x3, a-b_c.d]");
        assertThat(CategoricalDistribution.of("a, b", "c\"d\\").describe())
                .isEqualTo("categorical [\"a, b\", \"c\\\"d\\\\\"]");
    }
}
