package org.tinytune.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LumaTest {
    private static final int MOST = (1 << 15) - 1;

    @Test
    void weightsSumTo1() {
        assertThat(Luma.RED + Luma.GREEN + Luma.BLUE).isEqualTo(1 << 16);
    }

    @Test
    void greyStaysAsItIs() {
        for (int grey = 0; grey <= MOST; grey++) {
            assertThat(Luma.of(grey, grey, grey)).isEqualTo(grey);
        }
    }

    @Test
    void isThatOfTheRecommendation() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            int red = random.nextInt(256);
            int green = random.nextInt(256);
            int blue = random.nextInt(256);
            double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
            assertThat(Math.abs(Luma.of(red, green, blue) - luma)).isLessThan(0.502);
        }
    }
}
