package org.tinytune.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AreaMeanTest {
    private static final int EXACT = 128;
    private static final int WHITE = 255;

    @Test
    void isTheNearestWholeNumberOfUpTo128Weights() {
        for (int weights = 1; weights <= EXACT; weights++) {
            AreaMean mean = AreaMean.of(weights);
            for (int sum = 0; sum <= WHITE * weights; sum++) {
                int expected = (2 * sum + weights) / (2 * weights);
                assertThat(mean.mean(mean.scaled(sum)))
                        .as("%d / %d", sum, weights)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void isNearlySoOfMore() {
        SplittableRandom random = new SplittableRandom(1);
        for (int weights = EXACT + 1; weights <= AreaMean.MAX_WEIGHTS; weights += 1 + random.nextInt(weights / 8)) {
            AreaMean mean = AreaMean.of(weights);
            for (int i = 0; i < 2000; i++) {
                // Near a tie, now and then.
                int tie = (int) ((2L * random.nextInt(WHITE) + 1) * weights / 2);
                int sum = random.nextBoolean()
                        ? tie + random.nextInt(-weights / 50, weights / 50 + 1)
                        : random.nextInt(WHITE * weights + 1);
                double error = mean.mean(mean.scaled(sum)) - (double) sum / weights;
                assertThat(Math.abs(error)).as("%d / %d", sum, weights).isLessThan(0.5 + AreaMean.ERROR);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 127, 128, 129, 181, 4096, 76_800, AreaMean.MAX_WEIGHTS - 1, AreaMean.MAX_WEIGHTS})
    void anEvenAreaStaysAsItIs(int weights) {
        AreaMean mean = AreaMean.of(weights);
        for (int value = 0; value <= WHITE; value++) {
            assertThat(mean.mean(mean.scaled(value * weights))).isEqualTo(value);
            assertThat(mean.scaled(value * weights)).isBetween(0, (1 << 15) - 1);
        }
    }

    @Test
    void sumsAreScaledTo7FractionalBits() {
        assertThat(AreaMean.of(1)).isEqualTo(new AreaMean(0, 1 << 24));
        assertThat(AreaMean.of(2)).isEqualTo(new AreaMean(6, 1 << 17));
        assertThat(AreaMean.of(3)).isEqualTo(new AreaMean(5, 174_763));
        assertThat(AreaMean.of(EXACT)).isEqualTo(new AreaMean(0, 1 << 17));
        assertThat(AreaMean.of(EXACT + 1).shift()).isEqualTo(-1);
        assertThat(AreaMean.of(AreaMean.MAX_WEIGHTS)).isEqualTo(new AreaMean(-14, 1 << 17));
    }

    @Test
    void refusesWeightsThatDoNotFit() {
        assertThatThrownBy(() -> AreaMean.of(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AreaMean.of(AreaMean.MAX_WEIGHTS + 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
