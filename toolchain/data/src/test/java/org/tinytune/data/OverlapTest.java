package org.tinytune.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.tensor.Shape;

class OverlapTest {
    private static final int ROWS = 64;

    /** Windows of a recording that begin {@code hop} rows after each other. */
    private static Dataset windows(float[] recording, int channels, int hop) {
        DatasetBuilder builder = new DatasetBuilder(DatasetCard.named("test"), Shape.of(ROWS, 1, channels));
        for (int begin = 0; (begin + ROWS) * channels <= recording.length; begin += hop) {
            builder.add(Arrays.copyOfRange(recording, begin * channels, (begin + ROWS) * channels), "x");
        }
        return builder.build();
    }

    private static float[] noise(int length, int levels) {
        SplittableRandom random = new SplittableRandom(3);
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = random.nextInt(levels);
        }
        return noise;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 63", "16, 1, 48", "32, 3, 32", "60, 3, 4", "61, 1, 0", "64, 3, 0"})
    void countsTheRowsThatWindowsShare(int hop, int channels, int expected) {
        Dataset data = windows(noise(1200, 1000), channels, hop);
        assertThat(new Overlap(data).rows(0, 1)).isEqualTo(expected);
        assertThat(new Overlap(data).rows(2, 3)).isEqualTo(expected);
    }

    /** Also of few levels, where the beginnings of what is shared are often wrong. */
    @Test
    void findsTheLongest() {
        Dataset data = windows(noise(1200, 2), 1, 20);
        assertThat(new Overlap(data).rows(0, 1)).isEqualTo(44);
        assertThat(new Overlap(data).rows(0, 2)).isEqualTo(24);
        // By chance, and never far.
        assertThat(new Overlap(data).rows(1, 0)).isLessThan(12);
    }

    @Test
    void silenceTellsNothing() {
        assertThat(new Overlap(windows(new float[1200], 1, 20)).rows(0, 1)).isZero();
    }

    @Test
    void onlySeriesAreWindows() {
        assertThat(Overlap.isPossible(Shape.of(64, 1, 3))).isTrue();
        assertThat(Overlap.isPossible(Shape.of(64))).isFalse();
        assertThat(Overlap.isPossible(Shape.of(8, 8, 1))).isFalse();
        assertThat(Overlap.isPossible(Shape.of(4, 1, 1))).isFalse();
    }
}
