package org.tinytune.data.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Int16Store;
import org.tinytune.data.recording.RecordingSource.Content;
import org.tinytune.data.recording.RecordingSource.Take;

class RecordingWindowsTest {
    private static final double FULL_SCALE = 1.0 / 32768;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "centre, 0 0 1 2 3 0 0 0",
        "zero, 1 2 3 0 0 0 0 0",
        "repeat, 1 2 3 1 2 3 1 2",
    })
    void padsWhatIsShorterThanAWindow(String padding, String expected) {
        List<Source> sources = List.of(audio("a", 8, 1, 2, 3));
        RecordingWindows windows = plan(sources, Map.of("window", "8 samples", "window_padding", padding));

        assertThat(read(windows, 0)).isEqualTo(expected);
        assertThat(windows.shape()).isEqualTo(Shape.of(8, 1, 1));
    }

    @Test
    void cutsOneWindowEveryStride() {
        List<Source> sources = List.of(audio("a", 8, 1, 2, 3, 4, 5, 6, 7), audio("b", 8, 9, 9));
        RecordingWindows windows = plan(sources, Map.of("window", "4 samples", "window_stride", "2 samples"));

        assertThat(windows.size()).isEqualTo(3);
        assertThat(read(windows, 0)).isEqualTo("1 2 3 4");
        assertThat(read(windows, 1)).isEqualTo("3 4 5 6");
        assertThat(read(windows, 2)).isEqualTo("0 9 9 0");
    }

    @Test
    void aStrideLongerThanEverythingGivesOneWindow() {
        RecordingWindows windows =
                plan(List.of(audio("a", 8, 1, 2, 3, 4, 5)), Map.of("window", "2 samples", "window_stride", "99999min"));

        assertThat(windows.size()).isOne();
        assertThat(read(windows, 0)).isEqualTo("1 2");
    }

    @Test
    void whatIsForTestingComesLast() {
        List<Source> sources = List.of(
                audio("a", 8, 1).in(DataPart.TEST),
                audio("b", 8, 2),
                audio("c", 8, 3).in(DataPart.TRAINING));
        RecordingWindows windows = plan(sources, Map.of("window", "1 samples"));

        assertThat(Stream.of(0, 1, 2).map(i -> read(windows, i))).containsExactly("2", "3", "1");
        assertThat(windows.cuts()).extracting(RecordingWindows.Cut::recording).containsExactly(1, 2, 0);
    }

    @Test
    void mixesChannelsToTheirMean() {
        Readings stereo = Readings.ofCounts(
                Readings.Kind.AUDIO,
                List.of("left", "right"),
                "",
                8,
                new short[] {32767, 32767, -3, 0, -32768, -32768, 1, 2},
                FULL_SCALE);
        List<Source> sources = List.of(new Source("a", stereo), audio("b", 8, 1, 2, 3, 4));

        RecordingWindows windows = plan(sources, Map.of("mono", "true"));

        assertThat(read(windows, 0)).isEqualTo("32767 -1 -32768 2");
        assertThat(windows.format().channels()).containsExactly("mono");
    }

    @Test
    void takesTheRateOfMostAndSaysSo() {
        List<Source> sources = List.of(audio("a", 8, 1, 1), audio("b", 16, 5, 5, 5, 5), audio("c", 8, 1, 1));

        RecordingWindows windows = plan(sources, Map.of("window", "2 samples"));

        assertThat(windows.format().rateHz()).isEqualTo(8);
        assertThat(read(windows, 1)).isEqualTo("5 5");
        assertThat(windows.notes()).containsExactly("1 recording of 16 Hz resampled to 8 Hz");
    }

    @Test
    void ratesThatFollowFromTimesAreNotTakenForDifferent() {
        List<Source> sources = List.of(series("a", 104, 1, 2), series("b", 103.9, 3, 4));

        RecordingWindows windows = plan(sources, Map.of("window", "2 samples", "rate", "104"));

        assertThat(read(windows, 1)).isEqualTo("3 4");
        assertThat(windows.notes()).isEmpty();
    }

    /** Rates that follow from the times of a phone nearly all differ. */
    @Test
    void theRateOfMostIsTheMiddleOfThoseThatLieTogether() {
        List<Source> sources = new ArrayList<>();
        sources.add(series("slow", 25.3, waves(1, 60)));
        for (int i = 0; i < 11; i++) {
            sources.add(series("phone " + i, 94 + 1.2 * i, waves(1, 300)));
        }

        RecordingWindows windows = plan(sources, Map.of("window", "1s"));

        assertThat(windows.format().rateHz()).isEqualTo(100);
        assertThat(windows.notes())
                .filteredOn(note -> note.contains("resampled"))
                .containsExactly("11 recordings of 25.3 to 106 Hz resampled to 100 Hz");
    }

    @Test
    void theRateOfSoundIsExact() {
        List<Source> sources = List.of(audio("a", 44_100, 1), audio("b", 48_000, 1), audio("c", 48_000, 1));

        assertThat(plan(sources, Map.of("window", "1 samples")).format().rateHz())
                .isEqualTo(48_000);
    }

    /** What is predicted later goes the same way as what was trained on. */
    @Test
    void aCutterOfTheSameFormatCutsTheSameWindows() {
        Readings readings = Readings.ofValues(Readings.Kind.SERIES, List.of("x", "y", "z"), "g", 80, waves(3, 200));
        RecordingOptions options = new RecordingOptions(
                new TreeMap<>(Map.of("rate", "100", "window", "40 samples", "window_stride", "25 samples")));
        RecordingWindows windows =
                new RecordingWindows(RecordingSurvey.of(List.of(new Source("a", readings)), false), options);

        List<short[]> cut = WindowCutter.of(windows.format(), 40, Readings.Kind.SERIES, options)
                .cut(readings);

        assertThat(cut).hasSize(windows.size()).hasSize(9);
        for (int k = 0; k < cut.size(); k++) {
            StringBuilder text = new StringBuilder();
            for (short count : cut.get(k)) {
                text.append(count).append(' ');
            }
            assertThat(read(windows, k)).isEqualTo(text.toString().strip());
        }
    }

    @Test
    void theTestPartHasNoSayInTheScale() {
        List<Source> sources = List.of(
                series("a", 100, 0.25f, -1.5f),
                series("b", 100, 0.5f, -8).in(DataPart.TEST),
                series("c", 100, 0.5f, 1).in(DataPart.TEST));

        RecordingWindows windows = plan(sources, Map.of("window", "2 samples"));

        assertThat(windows.format().scale()).isEqualTo(0.00005);
        assertThat(read(windows, 1)).isEqualTo("10000 -32768");
        assertThat(windows.notes())
                .contains("the test part holds readings up to 8, as in b, beyond the 1.6384 that counts can say by the"
                        + " other recordings: they saturate (scale = ..., or --scale, says another range)");
        assertThat(plan(sources, Map.of("window", "2 samples", "scale", "0.001"))
                        .notes())
                .noneMatch(note -> note.contains("saturate"));
    }

    @ParameterizedTest
    @CsvSource({"19.62, 0.001", "1, 0.00005", "32767.5, 2", "32.767, 0.001", "32.768, 0.002"})
    void theScaleIsTheNextStepThatHoldsTheLargestReading(float peak, double scale) {
        RecordingWindows windows = plan(List.of(series("a", 100, 0.25f, -peak), series("b", 100, 0)), Map.of());

        assertThat(windows.format().scale()).isEqualTo(scale);
    }

    @Test
    void integersStayAsTheyAre() {
        RecordingWindows windows = plan(List.of(series("a", 100, 17, -32768, 32767)), Map.of("window", "3 samples"));

        assertThat(windows.format().scale()).isEqualTo(1);
        assertThat(read(windows, 0)).isEqualTo("17 -32768 32767");
    }

    @Test
    void soundAboveFullScaleDoublesTheScale() {
        Readings loud = Readings.ofValues(Readings.Kind.AUDIO, List.of("audio"), "", 8, new float[] {1.5f, -0.5f});
        RecordingWindows windows =
                plan(List.of(new Source("a", loud), audio("b", 8, 1000, 0)), Map.of("window", "2 samples"));

        assertThat(windows.format().scale()).isEqualTo(2 * FULL_SCALE);
        assertThat(read(windows, 0)).isEqualTo("24576 -8192");
        assertThat(read(windows, 1)).isEqualTo("500 0");
    }

    @Test
    void aRateThatFewSensorsHaveIsTold() {
        String note =
                "Hz a reading is taken every %s s, and a window holds 1 reading: if times are of another unit, say"
                        + " time_unit = \"ms\" (or s, us, ns), or --time-unit, otherwise how long windows are (window = \"...\")";

        assertThat(plan(List.of(series("a", 0.02, 1, 2)), Map.of()).notes())
                .contains("at 0.02 " + note.formatted("50"));
        assertThat(plan(List.of(series("a", 0.5, 1, 2)), Map.of()).notes()).contains("at 0.5 " + note.formatted("2"));
        assertThat(plan(List.of(series("a", 0.5, 1, 2)), Map.of("window", "2 samples"))
                        .notes())
                .isEmpty();
        assertThat(plan(List.of(series("a", 0.02, 1, 2)), Map.of("rate", "0.02", "window", "2 samples"))
                        .notes())
                .isEmpty();
    }

    @Test
    void oneWrongReadingLeavesNothingOfTheOthers() {
        float[] wrong = waves(3, 200);
        wrong[300] = 1e30f;

        expect(List.of(channels("a", waves(3, 200)), channels("b", wrong)), Map.of())
                .withMessage("b holds a reading of magnitude 1.00E+30 in the channel x, beside which all readings round"
                        + " to one value in 16 bits: correct it if it is wrong, or leave out the file, or the channel"
                        + " (columns = \"...\", or --columns)");
    }

    @Test
    void aChannelOfAnotherSizeIsTold() {
        float[] values = waves(3, 200);
        for (int f = 0; f < 200; f++) {
            values[3 * f + 1] = 101_325.5f + 100 * values[3 * f];
        }

        assertThat(plan(List.of(channels("a", values)), Map.of()).notes())
                .anyMatch(note -> note.startsWith("a holds a reading of magnitude 1014")
                        && note.contains(
                                " in the channel y, beside which those of x, z round to one value in 16 bits"));
    }

    @Test
    void aScaleThatIsTooCoarseIsRefused() {
        expect(List.of(channels("a", waves(3, 200))), Map.of("scale", "100"))
                .withMessage("at the scale 100, all readings round to one value: give a smaller one, or none (scale ="
                        + " ..., or --scale)");
    }

    /** As of a machine that stands still in one recording, and of events that are seldom. */
    @Test
    void quietRecordingsAndSeldomEventsAreNoLoss() {
        float[] quiet = waves(3, 200);
        float[] loud = waves(3, 200);
        float[] events = new float[600];
        for (int i = 0; i < quiet.length; i++) {
            quiet[i] *= 1e-6f;
        }
        events[31] = 1.5f;
        events[62] = 1;

        assertThat(plan(List.of(channels("quiet", quiet), channels("loud", loud)), Map.of("window", "1s"))
                        .notes())
                .noneMatch(note -> note.contains("one value"));
        assertThat(plan(List.of(channels("events", events)), Map.of("window", "1s"))
                        .notes())
                .noneMatch(note -> note.contains("one value"));
    }

    @Test
    void saysWhatDoesNotGoTogether() {
        Readings stereo =
                Readings.ofCounts(Readings.Kind.AUDIO, List.of("left", "right"), "", 8, new short[2], FULL_SCALE);
        expect(List.of(audio("a.wav", 8, 1), new Source("b.wav", stereo)), Map.of())
                .withMessage("b.wav has 2 channels, a.wav has 1: all must have the same (mono = true, or --mono, mixes"
                        + " each to one)");
        expect(List.of(audio("a.wav", 8, 1), audio("empty.wav", 8)), Map.of())
                .withMessage("empty.wav holds no samples: record it again, or remove it");
        expect(List.of(audio("a.wav", 8, 1), series("b.csv", 8, 1)), Map.of())
                .withMessageStartingWith("b.csv and a.wav are sound and a series of another sensor");
        expect(List.of(audio("a.wav", 8, 1), audio("b.wav", 48_000, 1)), Map.of("rate", "8"))
                .withMessageStartingWith("b.wav has a rate of 48000 Hz, too far from the 8 Hz of the set");
        expect(List.of(series("a.csv", 100, 40)), Map.of("scale", "0.001"))
                .withMessageStartingWith("a.csv holds a reading of magnitude 40.0, more than the scale 0.001");
        expect(List.of(audio("a.wav", 8000, 1)), Map.of("window", "10min"))
                .withMessageStartingWith("a window of 600 s at 8000 Hz holds 4800000 values");
    }

    @Test
    void windowsInAFileAreThoseInMemory() throws IOException {
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int[] samples = new int[100 + 7 * i];
            for (int s = 0; s < samples.length; s++) {
                samples[s] = 31 * i - s;
            }
            sources.add(audio("r" + i, 8, samples));
        }
        RecordingWindows windows = plan(sources, Map.of("window", "64 samples", "window_stride", "3 samples"));
        Int16Store inMemory = windows.store(new WindowCache(folder, Long.MAX_VALUE));

        Int16Store inFile = windows.store(new WindowCache(folder, 0));

        assertThat(values(inFile)).isEqualTo(values(inMemory));
        assertThat(cached()).hasSize(1);
        assertThat(values(windows.store(new WindowCache(folder, 0)))).isEqualTo(values(inMemory));
        assertThat(cached()).as("files").hasSize(1);
    }

    /** To hash all files takes longer than to cut few windows, so that they are not worth a file. */
    @Test
    void filesOfWindowsInMemoryAreNotHashed() {
        Source source = audio("a", 8, 1, 2, 3, 4);
        RecordingSource once = new RecordingSource() {
            @Override
            public String name() {
                return source.name();
            }

            @Override
            public Content read() {
                return source.read();
            }

            @Override
            public String sha256() {
                throw new AssertionError("it is read once more");
            }
        };
        RecordingWindows windows = new RecordingWindows(
                RecordingSurvey.of(List.of(once), false),
                new RecordingOptions(new TreeMap<>(Map.of("window", "2 samples"))));

        assertThat(values(windows.store(new WindowCache(folder, 8)))).isEqualTo("1 2 3 4");
        assertThatThrownBy(() -> windows.store(new WindowCache(folder, 7))).hasMessage("it is read once more");
    }

    @Test
    void aCutCacheFileIsMadeAgain() throws IOException {
        RecordingWindows windows = plan(List.of(audio("a", 8, 1, 2, 3, 4)), Map.of("window", "2 samples"));
        WindowCache cache = new WindowCache(folder, 0);
        windows.store(cache);
        Path file = cached().get(0);
        Files.write(file, new byte[] {1, 2, 3});

        assertThat(values(windows.store(cache))).isEqualTo("1 2 3 4");
        assertThat(file).hasSize(64 + 8);
    }

    @Test
    void aFileFollowsFromContentAndOptions() throws IOException {
        WindowCache cache = new WindowCache(folder, 0);
        plan(List.of(audio("a", 8, 1, 2, 3, 4)), Map.of("window", "2 samples")).store(cache);
        plan(List.of(audio("a", 8, 1, 2, 3, 5)), Map.of("window", "2 samples")).store(cache);
        plan(List.of(audio("a", 8, 1, 2, 3, 4)), Map.of("window", "2 samples", "window_stride", "1 samples"))
                .store(cache);

        assertThat(cached()).hasSize(3);
    }

    @Test
    void aFileFollowsFromTheNamesOfChannels() throws IOException {
        WindowCache cache = new WindowCache(folder, 0);
        for (List<String> names : List.of(List.of("x", "y"), List.of("y", "x"))) {
            Readings readings = Readings.ofValues(Readings.Kind.SERIES, names, "g", 8, new float[] {1, 2, 3, 4});
            plan(List.of(new Source("a", readings)), Map.of()).store(cache);
        }

        assertThat(cached()).hasSize(2);
    }

    /** No process has so high a number. */
    @Test
    void whatAKilledProcessLeftOfAFileIsRemoved() throws IOException {
        Path abandoned = Files.write(folder.resolve(".0f.windows.99999999999.part"), new byte[10]);
        Path written = Files.write(
                folder.resolve(".0f.windows." + ProcessHandle.current().pid() + ".part"), new byte[10]);
        Path foreign = Files.write(folder.resolve("notes.part"), new byte[10]);

        plan(List.of(audio("a", 8, 1, 2)), Map.of("window", "2 samples")).store(new WindowCache(folder, 0));

        assertThat(abandoned).doesNotExist();
        assertThat(written).exists();
        assertThat(foreign).exists();
    }

    @Test
    void theFileThatHasNotBeenUsedForLongestMakesRoom() throws IOException {
        WindowCache cache = new WindowCache(folder, 0);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            store(cache, i);
            List<Path> all = new ArrayList<>(cached());
            all.removeAll(files);
            Files.setLastModifiedTime(all.get(0), FileTime.fromMillis(1_000_000L + 10_000L * i));
            files.addAll(all);
        }

        store(cache, 0);
        store(cache, 8);

        assertThat(files.get(0)).exists();
        assertThat(files.get(1)).doesNotExist();
        assertThat(cached()).hasSize(8);
    }

    private static void store(WindowCache cache, int sample) {
        plan(List.of(audio("a", 8, sample)), Map.of("window", "1 samples")).store(cache);
    }

    private List<Path> cached() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static String values(Int16Store store) {
        StringBuilder text = new StringBuilder();
        int values = (int) (store.storedBytes() / 2 / store.size());
        float[] window = new float[values];
        for (int i = 0; i < store.size(); i++) {
            store.read(i, window, 0);
            for (float v : window) {
                text.append((int) v).append(' ');
            }
        }
        return text.toString().strip();
    }

    private static ThrowableAssertAlternative<TinytuneException> expect(
            List<Source> sources, Map<String, String> options) {
        return assertThatExceptionOfType(TinytuneException.class).isThrownBy(() -> plan(sources, options));
    }

    private static RecordingWindows plan(List<Source> sources, Map<String, String> texts) {
        RecordingOptions options = new RecordingOptions(new TreeMap<>(texts));
        return new RecordingWindows(RecordingSurvey.of(sources, options.mono()), options);
    }

    private static String read(RecordingWindows windows, int i) {
        Int16Store store = windows.store(new WindowCache(Path.of("unused"), Long.MAX_VALUE));
        float[] window = new float[windows.shape().elements()];
        store.read(i, window, 0);
        StringBuilder text = new StringBuilder();
        for (float v : window) {
            text.append((int) v).append(' ');
        }
        return text.toString().strip();
    }

    private static Source audio(String name, double rate, int... samples) {
        short[] counts = new short[samples.length];
        for (int i = 0; i < samples.length; i++) {
            counts[i] = (short) samples[i];
        }
        return new Source(name, Readings.ofCounts(Readings.Kind.AUDIO, List.of("audio"), "", rate, counts, FULL_SCALE));
    }

    private static Source series(String name, double rate, float... values) {
        return new Source(name, Readings.ofValues(Readings.Kind.SERIES, List.of("x"), "g", rate, values));
    }

    private static Source channels(String name, float... values) {
        return new Source(name, Readings.ofValues(Readings.Kind.SERIES, List.of("x", "y", "z"), "g", 100, values));
    }

    /** Readings between -1 and 1 that rise and fall. */
    private static float[] waves(int channels, int frames) {
        float[] values = new float[channels * frames];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * i % 41 - 20) / 20f;
        }
        return values;
    }

    private record Source(String name, Readings readings, Optional<DataPart> part) implements RecordingSource {
        Source(String name, Readings readings) {
            this(name, readings, Optional.empty());
        }

        Source in(DataPart other) {
            return new Source(name, readings, Optional.of(other));
        }

        @Override
        public Content read() {
            return new Content(
                    List.of(new Take(name, "label", Optional.empty(), Optional.empty(), part, readings)), List.of());
        }

        @Override
        public String sha256() {
            return RecordingSurvey.sha256(Arrays.toString(readings.quantize(FULL_SCALE)));
        }
    }
}
