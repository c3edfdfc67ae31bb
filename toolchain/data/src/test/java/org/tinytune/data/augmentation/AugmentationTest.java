package org.tinytune.data.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.tensor.Shape;

class AugmentationTest {
    private static final Shape IMAGE = Shape.of(3, 4, 2);

    static Stream<Augmentation> all() {
        return Stream.of(
                new RandomAffine(1.5, 10, 0.1, 0.1, 0),
                new HorizontalFlip(0.5),
                new Cutout(2, 0),
                Augmentation.sequence(List.of(RandomAffine.shift(1, 0), new Cutout(1, -1))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void givesTheSameForTheSameSampleAndEpochOnly(Augmentation augmentation) {
        float[] first = applied(augmentation, Augmentation.stream(1, 2, 3));

        assertThat(applied(augmentation, Augmentation.stream(1, 2, 3))).isEqualTo(first);
        long different = Stream.iterate(4, i -> i + 1)
                .limit(20)
                .filter(i -> !Arrays.equals(applied(augmentation, Augmentation.stream(1, 2, i)), first))
                .count();
        assertThat(different).isGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("all")
    void keepsValuesWithinThoseOfImageAndFill(Augmentation augmentation) {
        for (int sample = 0; sample < 200; sample++) {
            for (float value : applied(augmentation, Augmentation.stream(5, 0, sample))) {
                assertThat(value).as("sample %d", sample).isBetween(-1f, 24f);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void refusesWhatIsNoImage(Augmentation augmentation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> augmentation.apply(new float[6], Shape.of(6), Augmentation.stream(1, 1, 1)));
    }

    @Test
    void doesNothingWhenTold() {
        assertThat(applied(Augmentation.NONE, Augmentation.stream(1, 1, 1))).isEqualTo(image());
        assertThat(applied(new RandomAffine(0, 0, 0, 0, 9), Augmentation.stream(1, 1, 1)))
                .isEqualTo(image());
        assertThat(applied(new HorizontalFlip(0), Augmentation.stream(1, 1, 1))).isEqualTo(image());
    }

    @Test
    void shiftsBetweenPixels() {
        // Draws are, in order: rotation, scale, shear, then half a pixel down and a whole one to the right.
        float[] sample = {8, 4, 2, 6};
        new RandomAffine(1, 0, 0, 0, 1).apply(sample, Shape.of(2, 2, 1), draws(0, 0, 0, 0.75, 1));

        assertThat(sample).containsExactly(1, (1 + 8) / 2f, 1, (8 + 2) / 2f);
    }

    @Test
    void turnsAboutTheCentre() {
        float[] sample = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        // The first draw is the rotation: all the way to the right.
        new RandomAffine(0, 90, 0, 0, 0).apply(sample, Shape.of(3, 3, 1), draws(1, 0.5, 0.5, 0.5, 0.5));

        float[] turned = {7, 4, 1, 8, 5, 2, 9, 6, 3};
        for (int i = 0; i < 9; i++) {
            assertThat(sample[i]).isCloseTo(turned[i], within(1e-5f));
        }
    }

    @Test
    void mirrorsWholePixels() {
        assertThat(applied(new HorizontalFlip(1), Augmentation.stream(1, 1, 1)))
                .containsExactly(7, 8, 5, 6, 3, 4, 1, 2, 15, 16, 13, 14, 11, 12, 9, 10, 23, 24, 21, 22, 19, 20, 17, 18);
    }

    @Test
    void blanksASquareThatMayReachOverTheEdge() {
        for (int sample = 0; sample < 100; sample++) {
            float[] cut = applied(new Cutout(2, 0), Augmentation.stream(1, 0, sample));
            long blank = Stream.iterate(0, i -> i + 2)
                    .limit(12)
                    .filter(i -> cut[i] == 0 && cut[i + 1] == 0)
                    .count();
            assertThat(blank).isIn(1L, 2L, 4L);
        }
    }

    /** The same on every JDK: the values were computed once, on JDK 17. */
    @Test
    void givesTheSameOnEveryJdk() {
        float[] sample = applied(new RandomAffine(1.5, 10, 0.1, 0.1, 0), Augmentation.stream(1, 2, 3));

        assertThat(Arrays.hashCode(sample)).isEqualTo(-1725123994);
    }

    @Test
    void refusesAmountsOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RandomAffine(-1, 0, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new RandomAffine(0, 0, 1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new HorizontalFlip(1.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cutout(0, 0));
    }

    private static float[] applied(Augmentation augmentation, RandomGenerator random) {
        float[] sample = image();
        augmentation.apply(sample, IMAGE, random);
        return sample;
    }

    private static float[] image() {
        float[] sample = new float[IMAGE.elements()];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = i + 1;
        }
        return sample;
    }

    /** A generator whose doubles are these. */
    private static RandomGenerator draws(double... values) {
        return new RandomGenerator() {
            private int next;

            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return values[next++];
            }
        };
    }
}
