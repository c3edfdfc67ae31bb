package org.tinytune.train.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.quant.Quantization;

class RealRangeTest {
    /** [-1, 1.55] is 255 steps of 0.01; -1 is -128, so 0 is -28. */
    @Test
    void allOfInt8IsUsed() {
        Quantization quantization = RealRange.of(-1, 1.55f).int8();
        assertThat(quantization.scale()).isCloseTo(0.01f, Offset.offset(1e-8f));
        assertThat(quantization.zeroPoint()).isEqualTo(-28);
    }

    @Test
    void zeroIsExactAndBothEndsAreInReach() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            float magnitude = (float) StrictMath.scalb(random.nextDouble(1, 2), random.nextInt(-15, 15));
            float min = random.nextInt(4) == 0 ? 0 : -(float) random.nextDouble() * magnitude;
            float max = random.nextInt(4) == 0 ? 0 : (float) random.nextDouble() * magnitude;
            Quantization q = RealRange.of(min, max).int8();
            assertThat(q.zeroPoint()).isBetween(-128, 127);
            assertThat(q.dequantize(q.quantizeInt8(0))).isEqualTo(0);
            for (float end : new float[] {min, max}) {
                assertThat(q.dequantize(q.quantizeInt8(end)))
                        .as("[%s, %s]", min, max)
                        .isCloseTo(end, Offset.offset(0.501 * q.scale()));
            }
        }
    }

    @Test
    void positiveRangesBeginAtZero() {
        assertThat(RealRange.of(0, 6).int8().zeroPoint()).isEqualTo(-128);
        assertThat(RealRange.of(-6, 0).int8().zeroPoint()).isEqualTo(127);
        assertThat(RealRange.of(2, 6)).isEqualTo(new RealRange(0, 6));
        assertThat(RealRange.of(-6, -2)).isEqualTo(new RealRange(-6, 0));
    }
}
