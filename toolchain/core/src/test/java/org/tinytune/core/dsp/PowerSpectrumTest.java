package org.tinytune.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PowerSpectrumTest {
    private static final RealFft FFT = RealFft.ofLength(128);

    /** Only the shift differs: a quiet frame loses nothing. */
    @ParameterizedTest
    @EnumSource
    void aQuietFrameIsAsExactAsALoudOne(Window window) {
        PowerSpectrum spectrum = new PowerSpectrum(100, FFT, window, 20_000);
        int[] samples = new SplittableRandom(1).ints(100, -100, 100).toArray();
        int[] quiet = new int[FFT.dataLength()];
        int[] loud = new int[FFT.dataLength()];
        int up = spectrum.transform(i -> samples[i], quiet);
        assertThat(spectrum.transform(i -> samples[i] << 8, loud)).isEqualTo(up - 8);
        assertThat(loud).isEqualTo(quiet);
    }

    @ParameterizedTest
    @EnumSource
    void theLoudestFrameFits(Window window) {
        for (int preEmphasis : new int[] {0, 32_767}) {
            PowerSpectrum spectrum = new PowerSpectrum(128, FFT, window, preEmphasis);
            int[] powers = new int[FFT.dataLength()];
            for (int period = 1; period < 128; period *= 2) {
                int half = period;
                int up = spectrum.transform(i -> i / half % 2 == 0 ? -32_768 : 32_767, powers);
                for (int k = 0; k < FFT.bins(); k++) {
                    int log = Log2.ofPower(powers[2 * k], powers[2 * k + 1] - 2 * up, spectrum.reference(), -60 << 15);
                    assertThat(powers[2 * k]).isNotNegative();
                    assertThat(powers[2 * k + 1]).isBetween(0, 32);
                    assertThat(log).as("period %d, bin %d", 2 * half, k).isLessThanOrEqualTo(4 << 15);
                }
            }
        }
    }

    @Test
    void silenceHasNoPower() {
        int[] powers = new int[FFT.dataLength()];
        new PowerSpectrum(128, FFT, Window.HANN, 100).transform(i -> 0, powers);
        assertThat(powers).containsOnly(0);
    }

    @Test
    void aFrameLongerThanTheTransformIsRefused() {
        assertThatThrownBy(() -> new PowerSpectrum(129, FFT, Window.HANN, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("129 samples for a transform of 128");
    }
}
