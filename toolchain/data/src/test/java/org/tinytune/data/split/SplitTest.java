package org.tinytune.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.Samples;
import org.tinytune.data.reader.DataSets;

class SplitTest {
    @Test
    void roundsEachClassByLargestRemainder() {
        // 20 % of 60 + 31 + 14 = 105 is 21: shares 12.0, 6.2 and 2.8. Of the other 84, 17: shares 9.71, 5.06 and 2.22.
        Split split = Split.of(dataset(60, 31, 14), SplitOptions.seeded(7));

        assertThat(classCounts(split.test().open())).containsExactly(12, 6, 3);
        assertThat(classCounts(split.search().validation())).containsExactly(10, 5, 2);
        assertThat(classCounts(split.search().training())).containsExactly(38, 20, 9);
        assertThat(split.search().all().size()).isEqualTo(84);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void putsEverySampleInExactlyOnePartAndEveryClassAtItsShare(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] counts = random.ints(2 + random.nextInt(9), 5, 200).toArray();
        Dataset data = dataset(counts);
        double testFraction = random.nextDouble(0.05, 0.4);
        Split split = Split.of(data, new SplitOptions(seed, testFraction, 0.25, 10_000));
        Samples test = split.test().open();

        assertThat(union(data, test, split.search().training(), split.search().validation()))
                .as("seed %d", seed)
                .isEqualTo(data.size());
        int[] drawn = classCounts(test);
        for (int c = 0; c < counts.length; c++) {
            double share = (double) counts[c] * test.size() / data.size();
            assertThat(Math.abs(drawn[c] - share))
                    .as("class %d, seed %d", c, seed)
                    .isLessThan(1);
        }
        assertThat(test.size()).isEqualTo((int) Math.round(testFraction * data.size()));
    }

    @Test
    void dependsOnTheSeedAlone() {
        Dataset data = dataset(40, 50);
        int[] first = indices(Split.of(data, SplitOptions.seeded(1)).test().open());

        assertThat(indices(Split.of(data, SplitOptions.seeded(1)).test().open()))
                .isEqualTo(first);
        assertThat(indices(Split.of(data, SplitOptions.seeded(2)).test().open()))
                .isNotEqualTo(first);
        assertThat(first).isSorted();
    }

    /** The same on every JDK: the hashes were computed once, on JDK 17. */
    @Test
    void dividesTheBundledDigitsAsEver() throws Exception {
        Dataset digits = DataSets.load(Path.of(System.getProperty("tinytune.root"), "examples", "digits"));
        Split split = Split.of(digits, SplitOptions.seeded(1));

        assertThat(split.search().training().size()).isEqualTo(1150);
        assertThat(split.search().validation().size()).isEqualTo(288);
        assertThat(List.of(
                        hash(split.search().training()),
                        hash(split.search().validation()),
                        hash(split.search().folds(5, 1).get(4).validation()),
                        hash(split.test().open())))
                .containsExactly("e0367cf194faf2f0", "d300b9773764702c", "4f4e3cf24a2021be", "a1b986e97a5c6e28");
    }

    @Test
    void takesTheTestPartThatTheSetComesWith() {
        DatasetBuilder builder = builder();
        addClasses(builder, 30, 20);
        builder.beginTestPart();
        addClasses(builder, 3, 4);

        Split split = Split.of(builder.build(), SplitOptions.seeded(1));

        assertThat(indices(split.test().open()))
                .isEqualTo(IntStream.range(50, 57).toArray());
        assertThat(classCounts(split.search().validation())).containsExactly(6, 4);
    }

    @Test
    void limitsTheValidationPart() {
        Split split = Split.of(dataset(300, 300), new SplitOptions(1, 0.2, 0.5, 40));

        assertThat(classCounts(split.search().validation())).containsExactly(20, 20);
        assertThat(split.search().training().size()).isEqualTo(480 - 40);
    }

    @Test
    void opensTheTestSetOnce() {
        TestSet test = Split.of(dataset(10, 10), SplitOptions.seeded(1)).test();
        assertThat(test.size()).isEqualTo(4);
        test.open();

        assertThatIllegalStateException().isThrownBy(test::open);
    }

    @Test
    void readsTheSamplesOfAPart() {
        Dataset data = dataset(10, 10);
        Samples training = Split.of(data, SplitOptions.seeded(1)).search().training();
        float[] values = new float[1];

        for (int i = 0; i < training.size(); i++) {
            training.read(i, values, 0);
            assertThat(values[0]).isEqualTo(training.index(i));
            assertThat(training.target(i)).isEqualTo(data.target(training.index(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10})
    void foldsValidateEverySampleOnceAndAreEven(int k) {
        Dataset data = dataset(40, 31, 23);
        SearchData search = Split.of(data, SplitOptions.seeded(3)).search();
        List<SearchData> folds = search.folds(k, 9);

        assertThat(folds).hasSize(k);
        assertThat(union(data, folds.stream().map(SearchData::validation).toArray(Samples[]::new)))
                .isEqualTo(search.all().size());
        int[] all = classCounts(search.all());
        for (SearchData fold : folds) {
            assertThat(union(data, fold.training(), fold.validation()))
                    .isEqualTo(search.all().size());
            int[] counts = classCounts(fold.validation());
            for (int c = 0; c < counts.length; c++) {
                assertThat(counts[c]).isBetween(all[c] / k, (all[c] + k - 1) / k);
            }
            assertThat(fold.validation().size())
                    .isBetween(search.all().size() / k, (search.all().size() + k - 1) / k);
        }
        assertThat(indices(search.folds(k, 9).get(0).validation()))
                .isEqualTo(indices(folds.get(0).validation()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void groupsNeverStraddleParts(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DatasetBuilder builder = builder();
        for (int i = 0; i < 600; i++) {
            builder.add(new float[] {i}, "c" + random.nextInt(3)).group("speaker " + random.nextInt(25));
        }
        Dataset data = builder.build();
        Split split = Split.of(data, SplitOptions.seeded(seed));
        Samples test = split.test().open();

        assertThat(union(data, test, split.search().training(), split.search().validation()))
                .isEqualTo(600);
        assertThat(groups(data, test))
                .doesNotContainAnyElementsOf(groups(data, split.search().all()));
        assertThat(groups(data, split.search().validation()))
                .doesNotContainAnyElementsOf(groups(data, split.search().training()));
        assertThat(test.size()).as("seed %d", seed).isBetween(90, 150);
        for (SearchData fold : split.search().folds(4, seed)) {
            assertThat(groups(data, fold.validation())).doesNotContainAnyElementsOf(groups(data, fold.training()));
            assertThat(fold.validation().size())
                    .as("seed %d", seed)
                    .isBetween(
                            split.search().all().size() / 6,
                            split.search().all().size() / 3);
        }
    }

    /** Each tenth of the values has its share of every part, to the sample. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void quantitiesAreDividedByTheirRanges(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DatasetBuilder builder = builder().quantities(List.of("y"));
        for (int i = 0; i < 500; i++) {
            builder.add(new float[] {i}, new float[] {(float) random.nextGaussian()});
        }
        Dataset data = builder.build();
        Split split = Split.of(data, SplitOptions.seeded(seed));
        Samples test = split.test().open();

        assertThat(union(data, test, split.search().training(), split.search().validation()))
                .isEqualTo(500);
        assertThat(rangeCounts(data, test)).as("seed %d", seed).containsOnly(10);
        assertThat(rangeCounts(data, split.search().validation()))
                .as("seed %d", seed)
                .containsOnly(8);
        assertThat(indices(Split.of(data, SplitOptions.seeded(seed)).test().open()))
                .isEqualTo(indices(test));
        for (SearchData fold : split.search().folds(4, seed)) {
            assertThat(rangeCounts(data, fold.validation())).containsOnly(10);
        }
    }

    /** How many samples are in each tenth of the values of all. */
    private static int[] rangeCounts(Dataset data, Samples samples) {
        double[] sorted = IntStream.range(0, data.size())
                .mapToDouble(i -> quantity(data, i))
                .sorted()
                .toArray();
        int[] counts = new int[10];
        for (int i = 0; i < samples.size(); i++) {
            counts[10 * Arrays.binarySearch(sorted, quantity(samples, i)) / sorted.length]++;
        }
        return counts;
    }

    private static double quantity(Samples samples, int i) {
        float[] value = new float[1];
        samples.readQuantities(i, value, 0);
        return value[0];
    }

    @Test
    void groupsOfQuantitiesNeverStraddleParts() {
        DatasetBuilder builder = builder().quantities(List.of("y"));
        for (int i = 0; i < 300; i++) {
            builder.add(new float[] {i}, new float[] {i % 17}).group("g" + i % 20);
        }
        Dataset data = builder.build();
        Split split = Split.of(data, SplitOptions.seeded(1));

        assertThat(groups(data, split.test().open()))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(groups(data, split.search().all()));
    }

    @Test
    void theSearchSeesNormalSamplesOnly() {
        Dataset data = anomalies(100, 30).build();
        Split split = Split.of(data, SplitOptions.seeded(1));
        Samples test = split.test().open();

        assertThat(classCounts(split.search().training())).containsExactly(0, 64);
        assertThat(classCounts(split.search().validation())).containsExactly(0, 16);
        assertThat(classCounts(test)).containsExactly(30, 20);
        assertThat(test.normalClass()).hasValue(1);
        assertThat(split.search().folds(4, 1)).allMatch(fold -> classCounts(fold.validation())[1] == 20);
    }

    /** What is abnormal with a speaker who is trained on is in no part. */
    @Test
    void groupsWithAnomaliesDoNotStraddlePartsEither() {
        DatasetBuilder builder = builder().normalLabel("normal");
        for (int i = 0; i < 400; i++) {
            builder.add(new float[] {i}, i % 4 == 0 ? "broken" : "normal").group("machine " + i % 19);
        }
        Dataset data = builder.build();
        Split split = Split.of(data, SplitOptions.seeded(1));
        Samples test = split.test().open();

        assertThat(classCounts(split.search().all())[0]).isZero();
        assertThat(classCounts(test)[0]).isPositive();
        assertThat(groups(data, test))
                .doesNotContainAnyElementsOf(groups(data, split.search().all()));
    }

    @Test
    void anomaliesAreKeptOutOfTheTrainingPartOfTheSet() {
        DatasetBuilder builder = anomalies(20, 0).beginTestPart();
        for (int i = 0; i < 6; i++) {
            builder.add(new float[] {i}, i < 4 ? "broken" : "normal");
        }
        Split split = Split.of(builder.build(), SplitOptions.seeded(1));
        assertThat(classCounts(split.test().open())).containsExactly(4, 2);

        assertInvalid(
                () -> Split.of(
                        anomalies(20, 3)
                                .beginTestPart()
                                .add(new float[] {1}, "normal")
                                .build(),
                        SplitOptions.seeded(1)),
                "3 samples of label 'broken' are among those of 'test' that are for training: only 'normal' may be");
    }

    @Test
    void theTestPartHoldsBothNormalSamplesAndAnomalies() {
        assertInvalid(
                () -> Split.of(anomalies(20, 0).build(), SplitOptions.seeded(1)),
                "the test part has no anomalies: both are needed to say how well they are told apart");
        assertInvalid(
                () -> Split.of(
                        anomalies(20, 0)
                                .beginTestPart()
                                .add(new float[] {1}, "broken")
                                .build(),
                        SplitOptions.seeded(1)),
                "the test part has no samples of the normal label 'normal'");
    }

    private static DatasetBuilder anomalies(int normal, int broken) {
        DatasetBuilder builder = builder().normalLabel("normal");
        for (int i = 0; i < normal + broken; i++) {
            builder.add(new float[] {i}, i < normal ? "normal" : "broken");
        }
        return builder;
    }

    @Test
    void refusesOtherTasksThatCannotBeTrained() {
        assertInvalid(
                () -> Split.of(anomalies(2, 9).build(), SplitOptions.seeded(1)),
                "label 'normal' of 'test' has 2 samples: at least 3 are needed");
        assertInvalid(() -> Split.of(constant(2), SplitOptions.seeded(1)), "'test' has 2 samples: at least 3");
        assertInvalid(() -> Split.of(constant(50), SplitOptions.seeded(1)), "'y' is 7.5 in every sample to train on");
    }

    private static Dataset constant(int size) {
        DatasetBuilder builder = builder().quantities(List.of("y"));
        for (int i = 0; i < size; i++) {
            builder.add(new float[] {i}, new float[] {7.5f});
        }
        return builder.build();
    }

    /** As of a regression whose task is not said. */
    @Test
    void numbersThatAreNoClassesAreAskedAbout() {
        DatasetBuilder builder = builder();
        for (int i = 0; i < 9; i++) {
            builder.add(new float[] {i}, "0.0023" + i);
        }
        assertInvalid(
                () -> Split.of(builder.build(), SplitOptions.seeded(1)),
                "correct or remove the label; if it is a quantity, say so: task = \"regression\")");
    }

    /** A group is more than the part that is wanted, and better than none. */
    /** Of 4 recordings of 3 windows each, a class has a quota of 1 of validation, which no recording fits. */
    @Test
    void everyClassIsInEveryPartThoughItsGroupsAreLarge() {
        for (int seed = 0; seed < 20; seed++) {
            DatasetBuilder builder = builder();
            for (int i = 0; i < 36; i++) {
                builder.add(new float[] {i}, List.of("rest", "run", "walk").get(i / 12))
                        .group("recording " + i / 3);
            }
            Split split = Split.of(builder.build(), SplitOptions.seeded(seed));

            assertThat(classCounts(split.test().open())).as("seed %d", seed).containsExactly(3, 3, 3);
            assertThat(classCounts(split.search().validation()))
                    .as("seed %d", seed)
                    .containsExactly(3, 3, 3);
            assertThat(classCounts(split.search().training()))
                    .as("seed %d", seed)
                    .containsExactly(6, 6, 6);
        }
    }

    /** What is set aside of a class of two groups is one of them; its last one is trained on. */
    @Test
    void theLastGroupOfAClassIsTrainedOn() {
        DatasetBuilder builder = builder();
        for (int i = 0; i < 200; i++) {
            builder.add(new float[] {i}, "often").group("o" + i / 10);
        }
        for (int i = 0; i < 30; i++) {
            builder.add(new float[] {200 + i}, "seldom").group("s" + i / 15);
        }
        Split split = Split.of(builder.build(), SplitOptions.seeded(1));

        assertThat(classCounts(split.test().open())[1]).isEqualTo(15);
        assertThat(classCounts(split.search().training())[1]).isEqualTo(15);
    }

    @Test
    void threeGroupsAreAPartEach() {
        DatasetBuilder three = builder();
        for (int i = 0; i < 36; i++) {
            three.add(new float[] {i}, "c" + i % 2)
                    .group(List.of("Ann", "Bob", "Cleo").get(i / 12));
        }
        Split split = Split.of(three.build(), SplitOptions.seeded(1));
        assertThat(split.test().size()).isEqualTo(12);
        assertThat(split.search().training().size()).isEqualTo(12);
        assertThat(split.search().validation().size()).isEqualTo(12);
    }

    @Test
    void refusesWhatCannotBeDivided() {
        assertInvalid(() -> Split.of(dataset(10), SplitOptions.seeded(1)), "only one label, '0'");
        assertInvalid(
                () -> Split.of(dataset(30, 1), SplitOptions.seeded(1)), "label '1' of 'test' has 1 sample: at least 3");
        assertInvalid(
                () -> Split.of(dataset(30, 4), SplitOptions.seeded(1)).search().folds(9, 1),
                "label '1' has only 3 samples for 9 folds");
        assertInvalid(() -> Split.of(dataset(3, 3), new SplitOptions(1, 0.6, 0.9, 10)), "is left to train on");

        DatasetBuilder twoSpeakers = builder();
        for (int i = 0; i < 20; i++) {
            twoSpeakers.add(new float[] {i}, "c" + i % 2).group(i < 10 ? "Ann" : "Bob");
        }
        assertInvalid(() -> Split.of(twoSpeakers.build(), SplitOptions.seeded(1)), "only 2 groups: too few");
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertUsage(() -> new SplitOptions(1, 0, 0.2, 10), "test fraction 0.0");
        assertUsage(() -> new SplitOptions(1, 0.2, 1, 10), "validation fraction 1.0");
        assertUsage(() -> new SplitOptions(1, Double.NaN, 0.2, 10), "test fraction NaN");
        assertUsage(() -> new SplitOptions(1, 0.2, 0.2, 0), "at most 0 validation samples");
        assertUsage(
                () -> Split.of(dataset(9, 9), SplitOptions.seeded(1)).search().folds(1, 1), "1 folds");
    }

    private static void assertInvalid(Runnable call, String message) {
        assertThatExceptionOfType(TinytuneException.class)
                .isThrownBy(call::run)
                .withMessageContaining(message)
                .matches(e -> e.exitCode() == ExitCode.INVALID_INPUT);
    }

    private static void assertUsage(Runnable call, String message) {
        assertThatExceptionOfType(TinytuneException.class)
                .isThrownBy(call::run)
                .withMessageContaining(message)
                .matches(e -> e.exitCode() == ExitCode.USAGE);
    }

    private static DatasetBuilder builder() {
        return new DatasetBuilder(DatasetCard.named("test"), Shape.of(1));
    }

    /** Classes of these sizes, interleaved; the value of a sample is its index. */
    private static Dataset dataset(int... classSizes) {
        DatasetBuilder builder = builder();
        addClasses(builder, classSizes);
        return builder.build();
    }

    private static void addClasses(DatasetBuilder builder, int... classSizes) {
        for (int i = 0; i < Arrays.stream(classSizes).max().orElseThrow(); i++) {
            for (int c = 0; c < classSizes.length; c++) {
                if (i < classSizes[c]) {
                    builder.add(new float[] {builder.size()}, Integer.toString(c));
                }
            }
        }
    }

    private static int[] indices(Samples samples) {
        return IntStream.range(0, samples.size()).map(samples::index).toArray();
    }

    private static int[] classCounts(Samples samples) {
        int[] counts = new int[samples.labels().size()];
        IntStream.range(0, samples.size()).forEach(i -> counts[samples.target(i)]++);
        return counts;
    }

    /** How many samples the parts hold together; fails if two hold the same. */
    private static int union(Dataset data, Samples... parts) {
        BitSet seen = new BitSet(data.size());
        for (Samples part : parts) {
            for (int i : indices(part)) {
                assertThat(seen.get(i)).as("sample %d is in two parts", i).isFalse();
                seen.set(i);
            }
        }
        return seen.cardinality();
    }

    private static List<Integer> groups(Dataset data, Samples samples) {
        return IntStream.of(indices(samples))
                .map(data::group)
                .distinct()
                .boxed()
                .toList();
    }

    private static String hash(Samples samples) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(4 * samples.size());
        buffer.asIntBuffer().put(indices(samples));
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(buffer.array()))
                .substring(0, 16);
    }
}
