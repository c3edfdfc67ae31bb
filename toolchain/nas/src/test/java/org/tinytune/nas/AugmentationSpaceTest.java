package org.tinytune.nas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.data.augmentation.SampleKind;
import org.tinytune.search.space.FloatDistribution;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;

class AugmentationSpaceTest {
    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(SampleKind.FEATURES, Shape.of(40), List.of()),
                Arguments.of(SampleKind.IMAGE, Shape.of(8, 8, 1), List.of("augmentation")),
                Arguments.of(SampleKind.IMAGE, Shape.of(28, 28, 1), List.of("augmentation", "flip", "cutout", "mixup")),
                Arguments.of(
                        SampleKind.SOUND, Shape.of(400, 1, 1), List.of("augmentation", "noise", "microphone", "mixup")),
                Arguments.of(SampleKind.MOTION, Shape.of(100, 1, 6), List.of("augmentation", "rotation", "mixup")),
                Arguments.of(SampleKind.MOTION, Shape.of(100, 1, 1), List.of("augmentation", "mixup")),
                Arguments.of(SampleKind.MOTION, Shape.of(100, 1, 23), List.of("augmentation", "mixup")),
                Arguments.of(SampleKind.SPECTROGRAM, Shape.of(49, 40, 1), List.of("augmentation", "mixup")));
    }

    private static SearchSpace space(AugmentationSpace augmentation) {
        SearchSpace.Builder builder = SearchSpace.builder();
        augmentation.addTo(builder);
        return builder.add("other", FloatDistribution.uniform(0, 1)).build();
    }

    private static Parameters at(AugmentationSpace augmentation, double place) {
        double[] unit = new double[space(augmentation).size()];
        Arrays.fill(unit, place);
        return space(augmentation).decode(unit);
    }

    private static float[] applied(AugmentationSpace augmentation, Shape shape, double place, int sample) {
        float[] values = sample(shape);
        augmentation
                .augmentation(at(augmentation, place), shape, 0)
                .apply(values, shape, Augmentation.stream(1, 2, sample));
        return values;
    }

    private static float[] sample(Shape shape) {
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 100 + i * 37 % 150;
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void hasTheStrengthsOfWhatSamplesAreOf(SampleKind kind, Shape shape, List<String> names) {
        assertThat(space(new AugmentationSpace(shape, kind)).names())
                .isEqualTo(Stream.concat(names.stream(), Stream.of("other")).toList());
        int[] batch = Stream.concat(Stream.of(1), Arrays.stream(shape.dims()).boxed())
                .mapToInt(i -> i)
                .toArray();
        assertThat(NetworkSpace.forInput(Shape.of(batch), kind).searchSpace().names())
                .containsAll(names);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void changesNothingAtStrengthZero(SampleKind kind, Shape shape, List<String> names) {
        AugmentationSpace augmentation = new AugmentationSpace(shape, kind);
        for (int sample = 0; sample < 20; sample++) {
            assertThat(applied(augmentation, shape, 0, sample)).isEqualTo(sample(shape));
        }
        assertThat(AugmentationSpace.mixup(at(augmentation, 0))).isZero();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void changesSamplesAtFullStrength(SampleKind kind, Shape shape, List<String> names) {
        AugmentationSpace augmentation = new AugmentationSpace(shape, kind);
        long changed = Stream.iterate(0, i -> i + 1)
                .limit(20)
                .filter(i -> !Arrays.equals(applied(augmentation, shape, 1, i), sample(shape)))
                .count();
        assertThat(changed).isEqualTo(kind == SampleKind.FEATURES ? 0 : 20);
        assertThat(AugmentationSpace.mixup(at(augmentation, 1))).isEqualTo(names.contains("mixup") ? 0.4 : 0);
    }

    /** What comes into view is given as a raw value. */
    @Test
    void theBackgroundIsTheOneThatIsGiven() {
        Shape shape = Shape.of(8, 8, 1);
        AugmentationSpace augmentation = new AugmentationSpace(shape, SampleKind.IMAGE);
        float least = 1000;
        for (int sample = 0; sample < 50; sample++) {
            float[] values = new float[64];
            Arrays.fill(values, 50);
            augmentation
                    .augmentation(at(augmentation, 1), shape, -7)
                    .apply(values, shape, Augmentation.stream(1, 2, sample));
            for (float value : values) {
                assertThat(value).isBetween(-7f, 50f);
                least = Math.min(least, value);
            }
        }
        assertThat(least).isLessThan(0);
    }
}
