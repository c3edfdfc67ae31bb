package org.tinytune.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixupTest {
    private static final int DRAWS = 20_000;

    /**
     * Of max(λ, 1 - λ) with λ from Beta(α, α), {@code (s - 1/2)²} has the mean of {@code (λ - 1/2)²}, which is the
     * variance of λ, {@code 1 / (4 (2 α + 1))}.
     */
    @ParameterizedTest
    @CsvSource({"0.05, 0.2272727", "0.2, 0.1785714", "1, 0.0833333", "2.5, 0.0416667", "8, 0.0147059"})
    void theVarianceIsThatOfTheBetaDistribution(double alpha, double variance) {
        SplittableRandom random = new SplittableRandom(1);
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            double share = Mixup.share(alpha, random);
            assertThat(share).isBetween(0.5, 1.0);
            sum += (share - 0.5) * (share - 0.5);
        }
        assertThat(sum / DRAWS).isCloseTo(variance, Offset.offset(0.025 * variance + 0.0005));
    }

    /** With α = 1, λ is evenly spread: a quarter of the shares is below 0.625, half of them below 0.75. */
    @ParameterizedTest
    @CsvSource({"0.625, 0.25", "0.75, 0.5", "0.875, 0.75"})
    void withAlphaOneSharesAreEvenlySpread(double bound, double expected) {
        SplittableRandom random = new SplittableRandom(2);
        int below = 0;
        for (int i = 0; i < DRAWS; i++) {
            below += Mixup.share(1, random) < bound ? 1 : 0;
        }
        // Four deviations of a binomial distribution.
        assertThat((double) below / DRAWS).isCloseTo(expected, Offset.offset(0.0142));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-6, 1e6, 1e300})
    void extremeAlphasGiveNumbers(double alpha) {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 100; i++) {
            assertThat(Mixup.share(alpha, random)).isBetween(0.5, 1.0);
        }
    }
}
