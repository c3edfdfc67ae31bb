package org.tinytune.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScaledMeanTest {
    private static final int RUNS = 100_000;

    @Test
    void isTheMeanToThirtyBits() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < RUNS; i++) {
            int count = 1 + random.nextInt(ScaledMean.MAX_COUNT);
            long sum = 1 + random.nextLong(Math.max(1, (long) count << random.nextInt(31)));
            ScaledMean mean = ScaledMean.of(sum, count);
            double real = (double) sum / count;
            assertThat(mean.value()).isBetween(1L << 30, (1L << 32) - 1);
            assertThat(StrictMath.scalb((double) mean.value(), -mean.shift()))
                    .isCloseTo(real, within(real * StrictMath.scalb(1.0, -30)));
            double root = StrictMath.scalb((double) mean.root(), -mean.shift() / 2);
            assertThat(root).isCloseTo(StrictMath.sqrt(real), within(StrictMath.sqrt(real) * 1.6e-5));
        }
    }

    @Test
    void nothingIsZeroAndTheGreatestSumFits() {
        assertThat(ScaledMean.of(0, 7)).isEqualTo(new ScaledMean(0, 0));
        assertThat(ScaledMean.of(0, 7).root()).isZero();
        ScaledMean greatest = ScaledMean.of((long) ScaledMean.MAX_COUNT << 30, ScaledMean.MAX_COUNT);
        assertThat(greatest).isEqualTo(new ScaledMean(1 << 30, 0));
        assertThat(greatest.root()).isEqualTo(1 << 15);
        assertThat(new ScaledMean((1L << 32) - 1, 0).root()).isEqualTo(0xFFFF);
        assertThat(new ScaledMean((1L << 32) - 1, 0).upperHalf()).isEqualTo(0xFFFF);
    }
}
