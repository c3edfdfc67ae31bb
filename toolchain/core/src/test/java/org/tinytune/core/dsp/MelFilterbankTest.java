package org.tinytune.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MelFilterbankTest {
    private static final int REFERENCE = 0;
    private static final int FLOOR = -60 << Log2.FRACTION_BITS;

    @ParameterizedTest
    @EnumSource
    void aPitchHasItsFrequency(MelScale scale) {
        for (double hz : new double[] {0, 60, 999, 1000, 1001, 4000, 20_000}) {
            assertThat(scale.hz(scale.mel(hz))).isCloseTo(hz, within(1e-9));
        }
    }

    /** From {@code librosa.hz_to_mel}. */
    @Test
    void pitchesAreThoseOfLibrosa() {
        assertThat(MelScale.SLANEY.mel(60)).isCloseTo(0.9, within(1e-12));
        assertThat(MelScale.SLANEY.mel(4000)).isCloseTo(35.16376, within(1e-5));
        assertThat(MelScale.HTK.mel(1000)).isCloseTo(999.98554, within(1e-5));
    }

    /** Bands of a flat spectrum are as wide as their triangles, whatever exponents bins have. */
    @Test
    void bandsOfAFlatSpectrumAreAsWideAsTheirTriangles() {
        MelFilterbank filterbank = new MelFilterbank(MelScale.SLANEY, 13, 10, 513, 0, 5120);
        int[] powers = new int[2 * 513];
        for (int k = 0; k < 513; k++) {
            powers[2 * k] = 1 << 30 - 2 * (k % 8);
            powers[2 * k + 1] = 2 * (k % 8);
        }
        int[] logs = new int[13];
        filterbank.logs(powers, REFERENCE, FLOOR, logs);
        double step = MelScale.SLANEY.mel(5120) / 14;
        for (int b = 0; b < 13; b++) {
            double width = (MelScale.SLANEY.hz((b + 2) * step) - MelScale.SLANEY.hz(b * step)) / 10 / 2;
            double expected = 30 + StrictMath.log(width) / StrictMath.log(2);
            assertThat(logs[b] / 32768.0).as("band %d", b).isCloseTo(expected, within(0.05));
        }
    }

    @Test
    void theGreatestPowersDoNotOverflow() {
        for (int bands : new int[] {1, 2, 3, 40}) {
            MelFilterbank filterbank = new MelFilterbank(MelScale.HTK, bands, 10, 1025, 0, 10_240);
            int[] powers = new int[2 * 1025];
            for (int k = 0; k < 1025; k++) {
                powers[2 * k] = Integer.MAX_VALUE;
                powers[2 * k + 1] = 32;
            }
            int[] logs = new int[bands];
            filterbank.logs(powers, REFERENCE, FLOOR, logs);
            assertThat(Arrays.stream(logs).asLongStream()).allMatch(log -> log > 62L << 15 && log < 74L << 15);
        }
    }

    @Test
    void aStrongBandDoesNotDrownAWeakOneBesideIt() {
        MelFilterbank filterbank = new MelFilterbank(MelScale.SLANEY, 3, 100, 41, 0, 4000);
        int[] powers = new int[2 * 41];
        powers[2 * 4] = 1 << 20;
        powers[2 * 30] = Integer.MAX_VALUE;
        powers[2 * 30 + 1] = 32;
        int[] logs = new int[3];
        filterbank.logs(powers, REFERENCE, FLOOR, logs);
        assertThat(logs[0]).isBetween(19 << 15, 20 << 15);
        assertThat(logs[2]).isGreaterThan(58 << 15);
    }

    @Test
    void noPowerIsTheFloor() {
        MelFilterbank filterbank = new MelFilterbank(MelScale.SLANEY, 3, 100, 41, 0, 4000);
        int[] logs = new int[3];
        filterbank.logs(new int[2 * 41], REFERENCE, FLOOR, logs);
        assertThat(logs).containsOnly(FLOOR);
    }

    @Test
    void findsABandWithoutBins() {
        assertThat(new MelFilterbank(MelScale.SLANEY, 40, 15.625, 513, 20, 4000).emptyBand())
                .isEqualTo(-1);
        assertThat(new MelFilterbank(MelScale.HTK, 128, 15.625, 513, 0, 1000).emptyBand())
                .isZero();
    }
}
