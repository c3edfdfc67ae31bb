package org.tinytune.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.Samples;
import org.tinytune.data.SplitPlan;

/** The ways of choosing parts other than the default, which SplitTest is about. */
class DivisionTest {
    private static DatasetBuilder builder(String plan) {
        return new DatasetBuilder(DatasetCard.named("test"), Shape.of(1)).splitPlan(SplitPlan.parse(plan));
    }

    /** Samples whose value is their index, of two classes in turn, in these groups. */
    private static Dataset grouped(String plan, int size, IntFunction<String> group) {
        DatasetBuilder builder = builder(plan);
        for (int i = 0; i < size; i++) {
            builder.add(new float[] {i}, "c" + i % 2).group(group.apply(i));
        }
        return builder.build();
    }

    private static Dataset plain(String plan, int size) {
        DatasetBuilder builder = builder(plan);
        for (int i = 0; i < size; i++) {
            builder.add(new float[] {i}, "c" + i % 2);
        }
        return builder.build();
    }

    private static int[] indices(Samples samples) {
        return IntStream.range(0, samples.size()).map(samples::index).toArray();
    }

    private static List<String> groups(Dataset data, Samples samples) {
        return new ArrayList<>(new TreeSet<>(IntStream.of(indices(samples))
                .mapToObj(i -> data.groups().get(data.group(i)))
                .toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ann", "Bob", "Cleo"})
    void leavesTheNamedGroupOut(String name) {
        List<String> names = List.of("Ann", "Bob", "Cleo", "Dan");
        Dataset data = grouped("group:" + name, 120, i -> names.get(i / 2 % 4));
        Split split = Split.of(data, SplitOptions.seeded(1));
        Samples test = split.test().open();

        assertThat(groups(data, test)).containsExactly(name);
        assertThat(test.size()).isEqualTo(30);
        assertThat(split.search().all().size()).isEqualTo(90);
        assertThat(groups(data, split.search().validation()))
                .doesNotContainAnyElementsOf(groups(data, split.search().training()));
    }

    @Test
    void saysWhichGroupsThereAre() {
        assertInvalid(
                grouped("group:Eve", 120, i -> "speaker " + i / 2 % 10),
                "'test' has no group 'Eve' (its groups are speaker 0, speaker 1");
        assertInvalid(grouped("group:Eve", 120, i -> "speaker " + i / 2 % 10), "speaker 7 and 2 more)");
        assertInvalid(plain("group:Eve", 20), "'test' has no groups, so that 'Eve' cannot be left out");
    }

    @ParameterizedTest
    @CsvSource({"2, 100", "5, 100", "7, 101"})
    void foldsTestEverySampleOnceAndAreEven(int k, int size) {
        BitSet tested = new BitSet();
        for (int fold = 1; fold <= k; fold++) {
            Split split = Split.of(plain("kfold:" + k + "/" + fold, size), SplitOptions.seeded(3));
            int[] test = indices(split.test().open());
            assertThat(test.length).isBetween(size / k, (size + k - 1) / k);
            long first = IntStream.of(test).filter(i -> i % 2 == 0).count();
            assertThat(2 * first - test.length).isBetween(-2L, 2L);
            for (int i : test) {
                assertThat(tested.get(i)).isFalse();
                tested.set(i);
            }
            assertThat(test.length + split.search().all().size()).isEqualTo(size);
        }
        assertThat(tested.cardinality()).isEqualTo(size);
    }

    /** Also where each group has a class of its own, so that no fold has anything in common with it. */
    @Test
    void asManyFoldsAsGroupsLeaveOutEachInItsTurn() {
        List<String> left = new ArrayList<>();
        for (int fold = 1; fold <= 6; fold++) {
            Dataset data = grouped("kfold:6/" + fold, 60, i -> "g" + (i % 2 + 2 * (i / 2 % 3)));
            left.addAll(
                    groups(data, Split.of(data, SplitOptions.seeded(1)).test().open()));
        }
        assertThat(left).containsExactlyInAnyOrder("g0", "g1", "g2", "g3", "g4", "g5");
    }

    @Test
    void trainsOnThePastOfEachRecording() {
        // Recordings of 50 and 30 samples, one sample of each in turn as long as there are both.
        Dataset data = grouped("forward", 80, i -> i < 60 && i / 2 % 2 == 0 ? "short" : "long");
        Split split = Split.of(data, SplitOptions.seeded(1));
        Samples test = split.test().open();

        assertThat(test.size()).isEqualTo(16);
        assertThat(split.search().validation().size()).isEqualTo(13);
        for (String group : data.groups()) {
            int[] training = of(group, data, split.search().training());
            int[] validation = of(group, data, split.search().validation());
            int[] tested = of(group, data, test);
            assertThat(training[training.length - 1]).isLessThan(validation[0]);
            assertThat(validation[validation.length - 1]).isLessThan(tested[0]);
            assertThat(tested.length).isEqualTo(group.equals("short") ? 6 : 10);
        }
        assertThat(test.size() + split.search().all().size()).isEqualTo(80);
    }

    /** Each of six subjects does everything: in the order of paths, the last fifth of a subject is all walking. */
    @Test
    void foretellsEachRecordingOfAGroup() {
        List<String> labels = List.of("rest", "run", "stairs", "walk");
        DatasetBuilder builder = builder("forward");
        for (int i = 0; i < 480; i++) {
            builder.add(new float[] {i}, labels.get(i / 120))
                    .group("subject " + i / 20 % 6)
                    .recording(i / 20);
        }
        Split split = Split.of(builder.build(), SplitOptions.seeded(1));

        assertThat(indices(split.test().open()))
                .isEqualTo(IntStream.range(0, 480).filter(i -> i % 20 >= 16).toArray());
        assertThat(IntStream.of(classCounts(split.search().training()))).allMatch(count -> count >= 70);
        assertThat(IntStream.of(classCounts(split.search().validation()))).allMatch(count -> count >= 18);
    }

    /** Of 100 recordings of two windows, with a fifth of all windows tested, two in five give their last one. */
    @Test
    void shortRecordingsTakeTurns() {
        DatasetBuilder builder = builder("forward");
        for (int i = 0; i < 200; i++) {
            builder.add(new float[] {i}, "c" + i / 100).recording(i / 2);
        }
        Samples test = Split.of(builder.build(), SplitOptions.seeded(1)).test().open();

        assertThat(classCounts(test)).containsExactly(20, 20);
        assertThat(IntStream.of(indices(test))).allMatch(i -> i % 2 == 1);
    }

    private static int[] classCounts(Samples samples) {
        int[] counts = new int[samples.labels().size()];
        for (int i = 0; i < samples.size(); i++) {
            counts[samples.target(i)]++;
        }
        return counts;
    }

    private static int[] of(String group, Dataset data, Samples samples) {
        return IntStream.of(indices(samples))
                .filter(i -> data.groups().get(data.group(i)).equals(group))
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void chainsForward(int fold) {
        Split split = Split.of(plain("forward:4/" + fold, 100), SplitOptions.seeded(1));

        assertThat(indices(split.test().open()))
                .isEqualTo(IntStream.range(20 * fold, 20 * (fold + 1)).toArray());
        assertThat(indices(split.search().all()))
                .isEqualTo(IntStream.range(0, 20 * fold).toArray());
        assertThat(indices(split.search().validation()))
                .isEqualTo(IntStream.range(16 * fold, 20 * fold).toArray());
    }

    /** Windows of 16 rows that begin every 4 rows: three of them see what the next one begins with. */
    @Test
    void leavesOutWindowsThatHaveSeenWhatIsForetold() {
        DatasetBuilder builder =
                new DatasetBuilder(DatasetCard.named("test"), Shape.of(16, 1, 1)).splitPlan(SplitPlan.parse("forward"));
        SplittableRandom random = new SplittableRandom(1);
        float[] recording = new float[412];
        for (int i = 0; i < recording.length; i++) {
            recording[i] = random.nextInt(1000);
        }
        for (int i = 0; i < 100; i++) {
            builder.add(Arrays.copyOfRange(recording, 4 * i, 4 * i + 16), "c" + i % 2);
        }
        Split split = Split.of(builder.build(), SplitOptions.seeded(1));

        assertThat(indices(split.test().open()))
                .isEqualTo(IntStream.range(80, 100).toArray());
        // 77 samples are left, of which 15 validate.
        assertThat(indices(split.search().all()))
                .isEqualTo(IntStream.range(0, 77).toArray());
        assertThat(indices(split.search().validation()))
                .isEqualTo(IntStream.range(62, 77).toArray());
        assertThat(indices(split.search().training()))
                .isEqualTo(IntStream.range(0, 59).toArray());
    }

    /** The others are in the part in which they were, in any order and whatever else there is. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsAddedMovesNoOtherSample(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[2000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((i + random.nextDouble(0.1, 0.9)) / values.length);
        }
        Map<Float, String> before = parts(values, 0, 1000, seed);
        Map<Float, String> after = parts(values, 0, 2000, seed);
        Map<Float, String> less = parts(values, 500, 1000, seed);

        before.forEach((value, part) -> assertThat(after).containsEntry(value, part));
        less.forEach((value, part) -> assertThat(before).containsEntry(value, part));
    }

    private static Map<Float, String> parts(float[] values, int begin, int end, long seed) {
        DatasetBuilder builder = builder("stable");
        for (int i = end - 1; i >= begin; i--) {
            builder.add(new float[] {values[i]}, values[i] < 0.3 ? "low" : "high");
        }
        Split split = Split.of(builder.build(), SplitOptions.seeded(seed));
        Map<Float, String> parts = new HashMap<>();
        note(split.search().training(), "training", parts);
        note(split.search().validation(), "validation", parts);
        note(split.test().open(), "test", parts);
        assertThat(parts).hasSize(end - begin);
        return parts;
    }

    private static void note(Samples samples, String part, Map<Float, String> parts) {
        float[] value = new float[1];
        for (int i = 0; i < samples.size(); i++) {
            samples.read(i, value, 0);
            parts.put(value[0], part);
        }
    }

    /** Within four standard deviations of what its size allows. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void stablePartsHoldTheirShareOfEachClass(long seed) {
        int size = 10_000;
        Split split = Split.of(plain("stable", size), SplitOptions.seeded(seed));
        Samples test = split.test().open();
        double tolerance = 4 * Math.sqrt(size / 2.0 * 0.2 * 0.8);

        for (int c = 0; c < 2; c++) {
            int targetClass = c;
            long count = IntStream.range(0, test.size())
                    .filter(i -> test.target(i) == targetClass)
                    .count();
            assertThat(Math.abs(count - 0.2 * size / 2)).isLessThan(tolerance);
        }
        assertThat(Math.abs(split.search().validation().size() - 0.16 * size)).isLessThan(4 * Math.sqrt(0.16 * size));
        int[] other = indices(Split.of(plain("stable", size), SplitOptions.seeded(seed + 100))
                .test()
                .open());
        assertThat(indices(test)).isNotEqualTo(other);
    }

    @Test
    void stableGroupsStayWholeAndWhereTheyAre() {
        Dataset some = grouped("stable", 300, i -> "g" + i % 30);
        Dataset more = grouped("stable", 900, i -> i < 300 ? "g" + i % 30 : "h" + i % 60);
        Split first = Split.of(some, SplitOptions.seeded(5));
        Split second = Split.of(more, SplitOptions.seeded(5));
        List<String> tested = groups(some, first.test().open());
        List<String> testedLater = groups(more, second.test().open());

        assertThat(testedLater).containsAll(tested);
        assertThat(testedLater.stream().filter(g -> g.startsWith("g"))).containsExactlyElementsOf(tested);
        assertThat(groups(more, second.search().all())).doesNotContainAnyElementsOf(testedLater);
    }

    /** Of three groups none is tested, with a probability of one half. */
    @Test
    void aSeedThatSetsNothingAsideIsToldAsSuch() {
        Dataset data = grouped("stable", 60, i -> "g" + i % 3);
        List<String> messages = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            try {
                Split.of(data, SplitOptions.seeded(seed));
            } catch (TinytuneException e) {
                messages.add(e.getMessage());
            }
        }
        assertThat(messages)
                .contains("'test' has 3 groups, of which this seed sets none aside: take another one, or the split"
                        + " stratified");
    }

    /** A copy under another label would tell what is tested. */
    @Test
    void stablePartsKeepCopiesTogether() {
        DatasetBuilder builder = builder("stable");
        for (int i = 0; i < 400; i++) {
            builder.add(new float[] {i % 100}, "c" + i / 100 % 2);
        }
        Split split = Split.of(builder.build(), SplitOptions.seeded(1));
        int[] test = indices(split.test().open());

        assertThat(test).isNotEmpty();
        assertThat(IntStream.of(test).map(i -> i % 100).distinct().count() * 4).isEqualTo(test.length);
    }

    /** A store of bytes knows no negative zero, and becomes one of floats when a fraction is added. */
    @Test
    void stablePartsDoNotDependOnHowValuesAreStored() {
        DatasetBuilder bytes = builder("stable");
        DatasetBuilder floats = builder("stable");
        floats.add(new float[] {0.5f}, "c0");
        for (int i = 0; i < 200; i++) {
            float[] value = {i == 0 ? -0f : i};
            bytes.add(value, "c" + i % 2);
            floats.add(value, "c" + i % 2);
        }
        int[] first =
                indices(Split.of(bytes.build(), SplitOptions.seeded(1)).test().open());
        int[] second =
                indices(Split.of(floats.build(), SplitOptions.seeded(1)).test().open());

        assertThat(IntStream.of(second).filter(i -> i > 0).map(i -> i - 1).toArray())
                .isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stable", "forward", "kfold:5/1", "stratified"})
    void anomaliesAreInTheTestPartOnly(String plan) {
        DatasetBuilder builder = builder(plan).normalLabel("normal");
        for (int i = 0; i < 200; i++) {
            builder.add(new float[] {i}, i % 5 == 0 ? "broken" : "normal");
        }
        Dataset data = builder.build();
        Split split = Split.of(data, SplitOptions.seeded(1));
        Samples test = split.test().open();
        int normal = data.normalClass().orElseThrow();

        assertThat(IntStream.of(indices(split.search().all()))).allMatch(i -> data.target(i) == normal);
        assertThat(IntStream.range(0, test.size()).filter(i -> test.target(i) != normal))
                .hasSize(40);
    }

    @Test
    void aTestPartThatComesWithTheDataStays() {
        for (String plan : List.of("stable", "forward")) {
            Split split = Split.of(withTestPart(plan), SplitOptions.seeded(1));
            assertThat(indices(split.test().open()))
                    .isEqualTo(IntStream.range(100, 120).toArray());
        }
        assertThat(indices(Split.of(withTestPart("forward"), SplitOptions.seeded(1))
                        .search()
                        .validation()))
                .isEqualTo(IntStream.range(80, 100).toArray());
        assertInvalid(
                withTestPart("kfold:5/1"),
                "'test' comes with a test part, so that the split kfold:5/1 cannot choose one (leave out the split");
        assertInvalid(withTestPart("forward:5/1"), "the split forward:5/1 cannot choose one");
        assertInvalid(withTestPart("group:a"), "the split group:a cannot choose one");
    }

    private static Dataset withTestPart(String plan) {
        DatasetBuilder builder = builder(plan);
        for (int i = 0; i < 120; i++) {
            if (i == 100) {
                builder.beginTestPart();
            }
            builder.add(new float[] {i}, "c" + i % 2);
        }
        return builder.build();
    }

    @Test
    void thePlanIsNoPartOfTheFingerprint() {
        assertThat(plain("stable", 10).fingerprint())
                .isEqualTo(plain("stratified", 10).fingerprint());
    }

    private static void assertInvalid(Dataset data, String message) {
        assertThatExceptionOfType(TinytuneException.class)
                .isThrownBy(() -> Split.of(data, SplitOptions.seeded(1)))
                .withMessageContaining(message)
                .matches(e -> e.exitCode() == ExitCode.INVALID_INPUT);
    }
}
