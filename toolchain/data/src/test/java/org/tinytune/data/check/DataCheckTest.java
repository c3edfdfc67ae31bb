package org.tinytune.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.Int16Store;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.SplitPlan;
import org.tinytune.data.recording.RecordingLength;

class DataCheckTest {
    private static final int VALUES = 32;

    private final SplittableRandom random = new SplittableRandom(1);

    private static DatasetBuilder builder(Shape shape) {
        return new DatasetBuilder(DatasetCard.named("test"), shape);
    }

    private static CheckReport check(Dataset data) {
        return DataCheck.run(data, List.of(), 1, 0.9);
    }

    private static Optional<Finding> find(CheckReport report, String check) {
        return report.findings().stream().filter(f -> f.check().equals(check)).findFirst();
    }

    private static Finding found(Dataset data, String check) {
        CheckReport report = check(data);
        return find(report, check).orElseThrow(() -> new AssertionError(check + " is none of " + report.findings()));
    }

    private float[] noise(int length) {
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = (float) random.nextDouble(-1, 1);
        }
        return noise;
    }

    /** Samples of noise, of two classes in turn. */
    private DatasetBuilder noisy(int size) {
        DatasetBuilder builder = builder(Shape.of(VALUES));
        for (int i = 0; i < size; i++) {
            builder.add(noise(VALUES), "c" + i % 2);
        }
        return builder;
    }

    @Test
    void findsNothingWhereNothingIs() {
        CheckReport report = check(noisy(2000).build());

        assertThat(report.hasWarnings()).isFalse();
        assertThat(report.findings()).extracting(Finding::check).containsExactly("part-size", "part-size");
        assertThat(report.parts())
                .containsEntry(PartName.TRAINING, 1280)
                .containsEntry(PartName.VALIDATION, 320)
                .containsEntry(PartName.TEST, 400);
    }

    @Test
    void findsCopiesThatAreTestedAndTrainedOn() {
        DatasetBuilder builder = noisy(100);
        float[] copy = noise(VALUES);
        builder.add(copy, "c0").add(copy, "c0").add(copy, "c1").beginTestPart();
        for (int i = 0; i < 20; i++) {
            builder.add(noise(VALUES), "c" + i % 2);
        }
        Dataset data = builder.add(copy, "c0").build();

        Finding leaked = found(data, "leaked-duplicates");
        assertThat(leaked.severity()).isEqualTo(Severity.WARNING);
        assertThat(leaked.places()).extracting(Place::sample).contains(123);
        Place place = leaked.places().stream()
                .filter(p -> p.sample() == 123)
                .findFirst()
                .orElseThrow();
        assertThat(place.part()).isEqualTo(PartName.TEST);
        assertThat(place.label()).contains("c0");
        assertThat(place.like().orElseThrow()).isBetween(100, 102);
        assertThat(found(data, "duplicates").count()).isEqualTo(3);
        Finding conflict = found(data, "conflicting-labels");
        assertThat(conflict.places()).extracting(Place::sample).contains(102);
        assertThat(find(check(data), "near-duplicates")).isEmpty();
    }

    /** Rows of a few columns are equal by chance. */
    @Test
    void copiesOfFewValuesAreANote() {
        DatasetBuilder builder = builder(Shape.of(2));
        for (int i = 0; i < 600; i++) {
            builder.add(new float[] {i % 7, i % 5}, "c" + i % 2);
        }
        assertThat(found(builder.build(), "leaked-duplicates").severity()).isEqualTo(Severity.NOTE);
    }

    /** Louder, with an offset, and with noise 26 dB below: the correlation is 0.9988. */
    @ParameterizedTest
    @ValueSource(ints = {16, 32, 100, 784})
    void findsNearlyAllNearDuplicatesAndNoOthers(int values) {
        DatasetBuilder builder = builder(Shape.of(values));
        int pairs = 300;
        int size = 6000;
        float[][] first = new float[pairs][];
        for (int i = 0; i < size; i++) {
            float[] sample = noise(values);
            if (i < pairs) {
                first[i] = sample;
            } else if (i >= size - pairs) {
                float[] like = first[i - size + pairs];
                for (int v = 0; v < values; v++) {
                    sample[v] = 3 + 1.7f * (like[v] + 0.05f * sample[v]);
                }
            }
            builder.add(sample, "c" + i % 2);
        }
        Finding near = found(builder.build(), "near-duplicates");

        assertThat(near.count()).isBetween((int) (0.95 * pairs), pairs + (values < 20 ? 30 : 0));
        assertThat(near.severity()).isEqualTo(Severity.NOTE);
    }

    @Test
    void nearDuplicatesOfManyHeldOutSamplesAreAWarning() {
        DatasetBuilder builder = noisy(500);
        Dataset data = builder.build();
        DatasetBuilder twice = builder(Shape.of(VALUES));
        float[] values = new float[VALUES];
        for (int i = 0; i < 1000; i++) {
            data.read(i % 500, values, 0);
            values[3] += i < 500 ? 0 : 0.01f;
            twice.add(values, "c" + i % 2);
        }
        Finding leaked = found(twice.build(), "leaked-near-duplicates");
        assertThat(leaked.severity()).isEqualTo(Severity.WARNING);
        assertThat(leaked.count()).isGreaterThan(100);
        assertThat(leaked.places())
                .hasSize(Finding.MAX_PLACES)
                .allMatch(p -> p.part().isHeldOut());
    }

    /** A crowd of samples that are all alike must not take the time of all its pairs. */
    @Test
    void aCrowdTakesNoLongerThanOthers() {
        DatasetBuilder builder = builder(Shape.of(VALUES));
        float[] one = noise(VALUES);
        for (int i = 0; i < 20_000; i++) {
            float[] sample = one.clone();
            sample[i % VALUES] += 0.01f * (float) random.nextDouble();
            builder.add(sample, "c" + i % 2);
        }
        Dataset data = builder.build();
        assertTimeout(Duration.ofSeconds(60), () -> check(data));
    }

    @Test
    void findsWindowsThatShareReadingsAcrossParts() {
        float[] recording = noise(4000);
        Dataset data = windows(recording, "stratified");
        Finding leaked = found(data, "leaked-overlaps");

        assertThat(leaked.severity()).isEqualTo(Severity.WARNING);
        assertThat(leaked.count()).isGreaterThan(50);
        assertThat(find(check(windows(recording, "forward")), "leaked-overlaps"))
                .isEmpty();
    }

    private static Dataset windows(float[] recording, String plan) {
        DatasetBuilder builder = builder(Shape.of(20, 1, 1)).splitPlan(SplitPlan.parse(plan));
        for (int i = 0; 10 * i + 20 <= recording.length; i++) {
            builder.add(Arrays.copyOfRange(recording, 10 * i, 10 * i + 20), "c" + i % 2);
        }
        return builder.build();
    }

    @Test
    void findsAnAxisThatWasOff() {
        DatasetBuilder builder = builder(Shape.of(10, 1, 3));
        for (int i = 0; i < 100; i++) {
            float[] sample = noise(30);
            // One axis of a sample, and one of all samples of rest, which is what rest means.
            for (int t = 0; t < 10 && (i == 10 || i % 5 == 0); t++) {
                sample[3 * t + (i == 10 ? 1 : 2)] = 0.25f;
            }
            builder.add(sample, i % 5 == 0 && i != 10 ? "rest" : "walk");
        }
        CheckReport report = check(builder.build());
        Finding still = find(report, "still-channels").orElseThrow();

        assertThat(still.count()).isEqualTo(1);
        assertThat(still.places().get(0).sample()).isEqualTo(10);
        assertThat(find(report, "constant-channels")).isEmpty();
    }

    /** They say no more of an axis that stands still than if they were not there. */
    @Test
    void constantSamplesDoNotHideAnAxisThatWasOff() {
        DatasetBuilder builder = builder(Shape.of(10, 1, 3));
        for (int i = 0; i < 100; i++) {
            float[] sample = i < 12 ? new float[30] : noise(30);
            for (int t = 0; t < 10 && i >= 12 && i < 15; t++) {
                sample[3 * t + 1] = 0.25f;
            }
            builder.add(sample, "walk");
        }
        CheckReport report = check(builder.build());

        assertThat(samples(find(report, "still-channels").orElseThrow())).containsExactly(12, 13, 14);
        assertThat(find(report, "constant-samples").orElseThrow().count()).isEqualTo(12);
    }

    @Test
    void findsGroupsInTwoParts() {
        DatasetBuilder builder = builder(Shape.of(VALUES));
        for (int i = 0; i < 200; i++) {
            if (i == 150) {
                builder.beginTestPart();
            }
            builder.add(noise(VALUES), "c" + i % 2).group(i < 150 ? "g" + i / 2 % 10 : i < 180 ? "new" : "g3");
        }
        Finding straddling = found(builder.build(), "straddling-groups");

        assertThat(straddling.severity()).isEqualTo(Severity.WARNING);
        assertThat(straddling.count()).isEqualTo(1);
        assertThat(straddling.what()).endsWith("'g3'");
        assertThat(straddling.places().get(0).sample()).isEqualTo(180);
        assertThat(straddling.places().get(0).group()).contains("g3");
        assertThat(found(
                                builder(Shape.of(1))
                                        .add(new float[] {1}, "a")
                                        .group("x")
                                        .beginTestPart()
                                        .add(new float[] {2}, "a")
                                        .group("y")
                                        .build(),
                                "few-test-groups")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void findsGroupsOfUnusualLength() {
        DatasetBuilder builder = builder(Shape.of(VALUES));
        for (int g = 0; g < 12; g++) {
            for (int i = 0; i < (g == 5 ? 4 : 40 + g); i++) {
                builder.add(noise(VALUES), "c" + i % 2).group("take " + g);
            }
        }
        Finding unusual = found(builder.build(), "unusual-lengths");
        assertThat(unusual.count()).isEqualTo(1);
        assertThat(unusual.what()).contains("'take 5' (4)");
    }

    /** What is said of a recording need not be said again of the group that it alone is. */
    @ParameterizedTest
    @CsvSource({"true, unusual-recordings", "false, unusual-lengths"})
    void tellsTheLengthOfARecordingOnce(boolean alone, String check) {
        DatasetBuilder builder = builder(Shape.of(VALUES));
        List<RecordingLength> recordings = new ArrayList<>();
        for (int g = 0; g < 12; g++) {
            int size = g == 5 ? 4 : 40 + g;
            for (int i = 0; i < size; i++) {
                builder.add(noise(VALUES), "c" + i % 2).group("take " + g);
                if (!alone) {
                    recordings.add(new RecordingLength("take " + g + ", part " + i, 1));
                }
            }
            if (alone) {
                recordings.add(new RecordingLength("take " + g, size));
            }
        }
        assertThat(DataCheck.run(builder.build(), recordings, 1, 0.9).findings())
                .filteredOn(finding -> finding.check().startsWith("unusual-"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo(check);
                    assertThat(finding.what()).contains("'take 5'");
                });
    }

    @Test
    void findsRecordingsOfUnusualLength() {
        DatasetBuilder builder = builder(Shape.of(VALUES));
        List<RecordingLength> recordings = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            builder.add(noise(VALUES), "c" + i % 2);
            recordings.add(new RecordingLength("take " + i, i == 7 ? 0.02 : i == 9 ? 0.4 : 1 + 0.01 * i));
        }
        Dataset data = builder.build();

        Finding unusual = DataCheck.run(data, recordings, 1, 0.9).findings().stream()
                .filter(finding -> finding.check().equals("unusual-recordings"))
                .findFirst()
                .orElseThrow();

        assertThat(unusual.count()).isEqualTo(1);
        assertThat(unusual.what())
                .isEqualTo("recordings are much longer or shorter than the usual 1.2 s: 'take 7' (0.02 s)");
        assertThat(DataCheck.run(data, recordings.subList(0, 7), 1, 0.9).findings())
                .noneMatch(finding -> finding.check().equals("unusual-recordings"));
    }

    @Test
    void writesLongAndShortTimesPlainly() {
        List<RecordingLength> recordings = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            recordings.add(new RecordingLength("night " + i, i == 3 ? 36_000 : i == 4 ? 0.0002 : 1200));
        }
        assertThat(DataCheck.run(noisy(20).build(), recordings, 1, 0.9).findings())
                .filteredOn(finding -> finding.check().equals("unusual-recordings"))
                .extracting(Finding::what)
                .containsExactly("recordings are much longer or shorter than the usual 1,200 s: 'night 3' (36,000 s),"
                        + " 'night 4' (0.0002 s)");
    }

    @Test
    void findsNamesThatAreOne() {
        DatasetBuilder builder = builder(Shape.of(VALUES));
        List<String> labels = List.of("Café", "cafe\u0301", "CAFE ", "on off", "on_off", "1.5", "15");
        for (int i = 0; i < 140; i++) {
            builder.add(noise(VALUES), labels.get(i % 7));
        }
        Finding similar = found(builder.build(), "similar-labels");

        assertThat(similar.severity()).isEqualTo(Severity.WARNING);
        assertThat(similar.count()).isEqualTo(2);
        assertThat(similar.what()).contains("'on off' and 'on_off'");
    }

    @ParameterizedTest
    @CsvSource({"100, NOTE", "20, WARNING", "200, "})
    void findsRareClasses(int rare, Severity severity) {
        DatasetBuilder builder = builder(Shape.of(VALUES));
        for (int i = 0; i < 400 + rare; i++) {
            builder.add(noise(VALUES), i < 400 ? "usual" : "rare");
        }
        assertThat(find(check(builder.build()), "class-imbalance").map(Finding::severity))
                .isEqualTo(Optional.ofNullable(severity));
    }

    @Test
    void findsClassesThatAreNotTested() {
        DatasetBuilder builder = noisy(200);
        builder.beginTestPart();
        for (int i = 0; i < 50; i++) {
            builder.add(noise(VALUES), "c0");
        }
        assertThat(found(builder.build(), "missing-classes").what()).isEqualTo("the test part has no samples of 'c1'");
    }

    /** Sound of int16 with a silent, a clipped and a constant sample among the others. */
    @Test
    void findsSilenceClippingAndWhatIsConstant() {
        DatasetBuilder builder = builder(Shape.of(100, 1, 1));
        for (int i = 0; i < 100; i++) {
            float[] sound = new float[100];
            for (int t = 0; t < 100 && i != 3; t++) {
                double amplitude = i == 1 ? 20 : i == 2 ? 60_000 : 8000;
                double value = amplitude * Math.sin(t * 0.3 + i) + random.nextInt(20);
                sound[t] = (float) Math.max(-32768, Math.min(32767, Math.rint(value)));
            }
            builder.add(sound, i < 10 ? "a" : "b");
        }
        Dataset data = builder.build();

        assertThat(samples(found(data, "silent"))).containsExactly(1);
        assertThat(samples(found(data, "clipped"))).containsExactly(2);
        assertThat(samples(found(data, "constant-samples"))).containsExactly(3);
        assertThat(find(check(data), "constant-channels")).isEmpty();
    }

    private static List<Integer> samples(Finding finding) {
        return finding.places().stream().map(Place::sample).toList();
    }

    /** Nothing is wrong with a silent sample that says so. */
    @Test
    void silenceThatIsLabelledIsNoFinding() {
        DatasetBuilder builder = builder(Shape.of(100, 1, 1));
        for (int i = 0; i < 100; i++) {
            float[] sound = new float[100];
            for (int t = 0; t < 100; t++) {
                sound[t] = Math.round((i % 2 == 0 ? 10_000 : 10) * random.nextDouble(-1, 1));
            }
            builder.add(sound, i % 2 == 0 ? "word" : "silence");
        }
        assertThat(find(check(builder.build()), "silent")).isEmpty();
    }

    @Test
    void silenceThatIsLabelledMayBeOfZeros() {
        DatasetBuilder builder = builder(Shape.of(100, 1, 1));
        for (int i = 0; i < 200; i++) {
            float[] sound = new float[100];
            for (int t = 0; t < 100 && i % 10 != 0; t++) {
                sound[t] = Math.round((i % 2 == 1 ? 10_000 : 10) * random.nextDouble(-1, 1));
            }
            builder.add(sound, i % 2 == 1 ? "word" : "silence");
        }
        assertThat(find(check(builder.build()), "silent")).isEmpty();
    }

    /** Whatever their shape would tell: an accelerometer hears a machine, and a slow sensor of one channel does not. */
    @ParameterizedTest
    @CsvSource({"1, 16000, true", "3, 6667, true", "3, 4000, true", "3, 3999, false", "1, 3999, false", "2, 50, false"})
    void whatIsReadOftenEnoughIsSound(int channels, double rateHz, boolean sound) {
        int moments = 100;
        int size = 50;
        Int16Store.HeapSink sink = new Int16Store.HeapSink(moments * channels, size);
        for (int i = 0; i < size; i++) {
            short[] window = new short[moments * channels];
            for (int v = 0; v < window.length; v++) {
                // The last axis is that of gravity.
                int rest = v % channels == channels - 1 ? 4000 : 0;
                int most = i == 7 ? 10 : 8000;
                window[v] = (short) (rest + random.nextInt(-most, most + 1));
            }
            sink.put(i, window);
        }
        SignalFormat signal = new SignalFormat(rateHz, 0.01, SignalFormat.numberedChannels(channels), "m/s2");
        DatasetBuilder builder =
                new DatasetBuilder(DatasetCard.named("machine"), Shape.of(moments, 1, channels), sink.store(), signal);
        for (int i = 0; i < size; i++) {
            builder.addStored("c" + i % 2);
        }
        assertThat(find(check(builder.build()), "silent").map(DataCheckTest::samples))
                .isEqualTo(sound ? Optional.of(List.of(7)) : Optional.empty());
    }

    @Test
    void findsChannelsThatNeverChange() {
        DatasetBuilder builder = builder(Shape.of(20, 1, 3));
        for (int i = 0; i < 100; i++) {
            float[] motion = noise(60);
            for (int t = 1; t < 60; t += 3) {
                motion[t] = 7;
            }
            builder.add(motion, "c" + i % 2);
        }
        Finding constant = found(builder.build(), "constant-channels");
        assertThat(constant.severity()).isEqualTo(Severity.WARNING);
        assertThat(constant.what()).endsWith("counted from 0: 1");
    }

    @Test
    void saysHowWellAScoreIsKnown() {
        CheckReport report = check(noisy(100).build());
        Finding small = find(report, "small-part").orElseThrow();

        assertThat(small.severity()).isEqualTo(Severity.WARNING);
        assertThat(small.what())
                .isEqualTo("of 16 validation samples, an accuracy of 90 % is known to 15.3 points either way (95 %)");
        assertThat(small.suggestion()).startsWith("add data: 141 samples would bring it to 5 points");
    }

    /** The values are those of scipy's binomtest(...).proportion_ci(method="wilson"), halved. */
    @ParameterizedTest
    @CsvSource({"100, 0.9, 0.0595683", "1000, 0.95, 0.0135918", "10, 0.5, 0.2634069", "5, 1, 0.2172412"})
    void halfWidthsAreThoseOfWilson(int samples, double share, double halfWidth) {
        assertThat(PartSizes.halfWidth(samples, share)).isCloseTo(halfWidth, within(2e-6));
    }

    @Test
    void whatCannotBeDividedIsAFindingToo() {
        DatasetBuilder builder = noisy(50);
        builder.add(noise(VALUES), "once");
        CheckReport report = check(builder.build());

        assertThat(find(report, "not-divisible").orElseThrow().what())
                .startsWith("it cannot be divided for training: label 'once' of 'test' has 1 sample");
        assertThat(report.parts()).containsExactly(Map.entry(PartName.NONE, 51));
        assertThat(report.findings().get(0).severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void otherTasksAreCheckedToo() {
        DatasetBuilder regression = builder(Shape.of(VALUES)).quantities(List.of("y"));
        float[] copy = noise(VALUES);
        IntStream.range(0, 100).forEach(i -> regression.add(i % 10 == 0 ? copy : noise(VALUES), new float[] {i}));
        assertThat(found(regression.build(), "leaked-duplicates")
                        .places()
                        .get(0)
                        .label())
                .isEmpty();

        DatasetBuilder anomalies = builder(Shape.of(VALUES)).normalLabel("ok");
        IntStream.range(0, 100).forEach(i -> anomalies.add(noise(VALUES), i < 90 ? "ok" : "broken"));
        assertThat(found(anomalies.build(), "small-part").what()).startsWith("of 10 test samples");
    }

    @Test
    void givesTheSameEachTime() {
        Dataset data = windows(noise(2000), "stratified");
        assertThat(check(data)).isEqualTo(check(data));
    }
}
