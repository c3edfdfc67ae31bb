package org.tinytune.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;

class DatasetTest {
    private static final DatasetCard CARD = DatasetCard.named("test");

    @Test
    void keepsSmallIntegersInOneByteEach() {
        Dataset data = builder(3)
                .add(new float[] {0, 255, 7}, "a")
                .add(new float[] {-0f, 1, 2}, "b")
                .build();

        assertThat(data.storedBytes()).isEqualTo(6);
        assertThat(read(data, 0)).containsExactly(0, 255, 7);
        assertThat(read(data, 1)).containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 256, 0.5f, 1e9f, Float.MIN_VALUE})
    void keepsAllInFloatsOnceAValueIsNoSmallInteger(float odd) {
        Dataset data = builder(2)
                .add(new float[] {200, 3}, "a")
                .add(new float[] {1, odd}, "b")
                .add(new byte[] {(byte) 200, 9}, "b")
                .build();

        assertThat(data.storedBytes()).isEqualTo(24);
        assertThat(read(data, 0)).containsExactly(200, 3);
        assertThat(read(data, 1)).containsExactly(1, odd);
        assertThat(read(data, 2)).containsExactly(200, 9);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsBackWhatWasAddedAcrossBlocks(boolean floats) {
        long seed = 42;
        int values = 3001;
        int count = 1100;
        SplittableRandom random = new SplittableRandom(seed);
        DatasetBuilder builder = builder(values);
        float[][] added = new float[count][values];
        for (int i = 0; i < count; i++) {
            for (int v = 0; v < values; v++) {
                added[i][v] = random.nextInt(256) + (floats && i >= 700 ? 0.25f : 0);
            }
            builder.add(added[i], Integer.toString(i % 3));
        }
        Dataset data = builder.build();

        assertThat(data.size()).isEqualTo(count);
        assertThat(data.storedBytes()).isEqualTo((long) count * values * (floats ? 4 : 1));
        for (int i = 0; i < count; i++) {
            assertThat(read(data, i)).as("sample %d, seed %d", i, seed).isEqualTo(added[i]);
        }
    }

    @Test
    void readsIntoTheMiddleOfABatch() {
        Dataset data = builder(2).add(new float[] {1, 2}, "a").build();
        float[] batch = {9, 9, 9, 9};

        data.read(0, batch, 1);

        assertThat(batch).containsExactly(9, 1, 2, 9);
    }

    @Test
    void sortsNumericLabelsAsNumbers() {
        Dataset data = builder(1)
                .add(new float[] {1}, "10")
                .add(new float[] {2}, "9")
                .add(new float[] {3}, "-1")
                .add(new float[] {4}, "9")
                .build();

        assertThat(data.labels()).containsExactly("-1", "9", "10");
        assertThat(targets(data)).containsExactly(2, 1, 0, 1);
    }

    @Test
    void sortsOtherLabelsAsText() {
        Dataset data = builder(1)
                .add(new float[] {1}, "no")
                .add(new float[] {2}, "10")
                .add(new float[] {3}, "9")
                .build();

        assertThat(data.labels()).containsExactly("10", "9", "no");
    }

    @Test
    void keepsFixedLabelsInTheirOrderEvenWithoutSamples() {
        DatasetBuilder builder = builder(1).labels(List.of("right", "left", "up"));
        builder.add(new float[] {1}, "left");

        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(new float[] {1}, "down"));
        Dataset data = builder.build();
        assertThat(data.labels()).containsExactly("right", "left", "up");
        assertThat(targets(data)).containsExactly(1);
    }

    @Test
    void knowsItsGroupsAndItsTestPart() {
        Dataset data = builder(1)
                .add(new float[] {1}, "a")
                .group("Ann")
                .add(new float[] {2}, "a")
                .group("Bob")
                .beginTestPart()
                .add(new float[] {3}, "b")
                .group("Ann")
                .build();

        assertThat(data.groups()).containsExactly("Ann", "Bob");
        assertThat(List.of(data.group(0), data.group(1), data.group(2))).containsExactly(0, 1, 0);
        assertThat(data.predefinedTest()).containsExactly(2);
    }

    @Test
    void keepsQuantitiesInsteadOfClasses() {
        DatasetBuilder builder = builder(1).quantities(List.of("y", "z"));
        for (int i = 0; i < 3000; i++) {
            builder.add(new float[] {i}, new float[] {-i, i / 2f}).group("g" + i % 7);
        }
        Dataset data = builder.build();
        float[] into = new float[4];
        data.readQuantities(2999, into, 1);

        assertThat(data.task()).isEqualTo(TaskKind.REGRESSION);
        assertThat(data.quantities()).containsExactly("y", "z");
        assertThat(data.labels()).isEmpty();
        assertThat(data.group(2999)).isEqualTo(2999 % 7);
        assertThat(into).containsExactly(0, -2999, 1499.5f, 0);
        assertThatIllegalStateException().isThrownBy(() -> data.target(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(new float[] {1}, "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(new float[] {1}, new float[] {1}));
        assertThatIllegalArgumentException().isThrownBy(() -> builder(1).add(new float[] {1}, new float[0]));
    }

    @Test
    void knowsWhichSamplesAreNormal() {
        DatasetBuilder builder = builder(1).add(new float[] {1}, "ok").add(new float[] {2}, "broken");

        assertThat(builder.normalLabel("ok").build().normalClass()).hasValue(1);
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        builder(1).add(new float[] {1}, "a").normalLabel("b").build())
                .withMessage("no sample has the normal label 'b'");
    }

    @Test
    void targetsOfOtherTasksChangeTheFingerprint() {
        String one = quantities(1.5f, "y").fingerprint();

        assertThat(quantities(1.5f, "y").fingerprint()).isEqualTo(one);
        assertThat(List.of(
                        quantities(1.25f, "y").fingerprint(),
                        quantities(1.5f, "z").fingerprint(),
                        builder(1).add(new float[] {1}, "a").build().fingerprint(),
                        builder(1)
                                .add(new float[] {1}, "a")
                                .normalLabel("a")
                                .build()
                                .fingerprint()))
                .doesNotContain(one)
                .doesNotHaveDuplicates();
    }

    private static Dataset quantities(float target, String name) {
        return builder(1)
                .quantities(List.of(name))
                .add(new float[] {1}, new float[] {target})
                .build();
    }

    @Test
    void refusesGroupsOfSomeSamplesOnly() {
        DatasetBuilder builder =
                builder(1).add(new float[] {1}, "a").group("Ann").add(new float[] {1}, "a");

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("1 of 2");
    }

    @Test
    void refusesBatchedShapesAndWrongLengths() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DatasetBuilder(CARD, Shape.of(1, 8, 8, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder(3).add(new float[2], "a"));
        assertThatIllegalStateException().isThrownBy(() -> builder(3).build());
    }

    @Test
    void fingerprintDependsOnContentOnly() {
        String fingerprint = sampleSet(UnaryOperator.identity(), "a", 5);

        assertThat(fingerprint).hasSize(64).matches("[0-9a-f]+");
        assertThat(sampleSet(UnaryOperator.identity(), "a", 5)).isEqualTo(fingerprint);
        assertThat(sampleSet(UnaryOperator.identity(), "c", 5)).isNotEqualTo(fingerprint);
        assertThat(sampleSet(UnaryOperator.identity(), "a", 6)).isNotEqualTo(fingerprint);
        assertThat(sampleSet(UnaryOperator.identity(), "a", 5.5f)).isNotEqualTo(fingerprint);
        assertThat(sampleSet(b -> b.declaredRange(new ValueRange(0, 9)), "a", 5))
                .isNotEqualTo(fingerprint);
        assertThat(sampleSet(b -> b.labels(List.of("b", "a")), "a", 5)).isNotEqualTo(fingerprint);
        assertThat(sampleSet(DatasetBuilder::beginTestPart, "a", 5)).isNotEqualTo(fingerprint);
    }

    private static String sampleSet(UnaryOperator<DatasetBuilder> before, String label, float value) {
        return before.apply(builder(2))
                .add(new float[] {1, value}, label)
                .add(new float[] {3, 4}, "b")
                .build()
                .fingerprint();
    }

    private static DatasetBuilder builder(int values) {
        return new DatasetBuilder(CARD, Shape.of(values));
    }

    private static float[] read(Samples samples, int i) {
        float[] values = new float[samples.shape().elements()];
        samples.read(i, values, 0);
        return values;
    }

    private static int[] targets(Dataset data) {
        int[] targets = new int[data.size()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = data.target(i);
        }
        return targets;
    }
}
