package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.data.reader.TestFiles.concat;
import static org.tinytune.data.reader.TestFiles.npy;
import static org.tinytune.data.reader.TestFiles.wav;
import static org.tinytune.data.reader.TestFiles.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.recording.RecordingOptions;

/** Data as people bring them who have read nothing: what works, and what the others are told. */
class LayoutsTest {
    private static final String SERIES = "time_ms,x,y\n0,1,2\n10,3,4\n20,5,6\n";

    @TempDir
    Path folder;

    @Test
    void aFolderASubjectWithAFileAnActivity() {
        for (String subject : new String[] {"subject01", "subject02"}) {
            write(subject + "/walking.csv", SERIES);
            write(subject + "/running.csv", SERIES);
        }

        refused()
                .endsWith(
                        ": files are called alike in all folders, as is subject01/running.csv: if running is its label,"
                                + " give label_pattern = \"{group}/{label}\" (or --label-pattern); if subject01 is,"
                                + " \"{label}/{group}\"");
        Dataset data = load("label_pattern", "{group}/{label}");
        assertThat(data.labels()).containsExactly("running", "walking");
        assertThat(data.groups()).containsExactly("subject01", "subject02");
    }

    @Test
    void aFolderAPersonWithFilesOfActivities() {
        for (String person : new String[] {"anna", "ben", "carl", "dora"}) {
            write(person + "/walk_01.csv", SERIES);
            write(person + "/walk_02.csv", SERIES);
            write(person + "/sit_01.csv", SERIES);
        }
        write("anna/jump_01.csv", SERIES);

        DataInspection found = inspect();
        assertThat(found.dataset().labels()).containsExactly("anna", "ben", "carl", "dora");
        assertThat(found.notes())
                .contains("the folders are taken for labels, though files are called alike in all folders, as is"
                        + " anna/sit_01.csv: if sit is its label, give label_pattern = \"{group}/{label}_{n}\" (or"
                        + " --label-pattern); if they are labels and sit is who or what was recorded,"
                        + " \"{label}/{group}_{n}\"");
        assertThat(load("label_pattern", "{group}/{label}_{n}").labels()).containsExactly("jump", "sit", "walk");
        assertThat(load("label_pattern", "{label}/{group}_{n}").labels())
                .containsExactly("anna", "ben", "carl", "dora");
    }

    /** As an app of phones exports them. */
    @Test
    void aFolderARecordingWithAFileASensor() {
        String[] folders = {"run-2024-05-01_12-00-00", "walk-2024-05-01_12-01-00", "walk-2024-05-01_12-02-00"};
        for (String name : folders) {
            write(name + "/Accelerometer.csv", SERIES);
            write(name + "/Gyroscope.csv", SERIES);
            write(name + "/Metadata.csv", "version,device name\n3,Phone\n");
        }

        refused()
                .endsWith(": folders hold a file for each sensor, Accelerometer, Gyroscope: which one is meant? Give a"
                        + " pattern, as in label_pattern = \"{label}-*-*-*_*-*-*/Accelerometer.csv\" (or"
                        + " --label-pattern)");
        DataInspection found = inspect("label_pattern", "{label}-*-*-*_*-*-*/Accelerometer.csv");
        assertThat(found.dataset().labels()).containsExactly("run", "walk");
        assertThat(found.dataset().size()).isEqualTo(3);
        assertThat(found.notes())
                .contains(
                        "left out: 3 of 6 files do not fit the pattern '{label}-*-*-*_*-*-*/Accelerometer.csv', as is"
                                + " the case of run-2024-05-01_12-00-00/Gyroscope.csv",
                        "left out: 3 files called Metadata.csv, which hold no readings");
    }

    @Test
    void labelsThatDifferByDatesAreNoted() {
        write("run-2024-05-01/1.csv", SERIES);
        write("walk-2024-05-01/1.csv", SERIES);
        write("walk-2024-05-02/1.csv", SERIES);

        assertThat(inspect().notes())
                .contains("the labels walk-2024-05-01 and walk-2024-05-02 differ by a number or date alone: if both are"
                        + " walk, give label_pattern = \"{label}-*-*-*/*\" (or --label-pattern)");
        assertThat(load("label_pattern", "{label}-*-*-*/*").labels()).containsExactly("run", "walk");
    }

    @Test
    void whatDoesNotFitAPatternIsLeftOutUnlessItLooksLikeData() {
        write("yes_jo_1.csv", SERIES);
        write("no_jo_2.csv", SERIES);
        write("calibration.csv", SERIES);
        assertThat(load("label_pattern", "{label}_{group}_{n}").size()).isEqualTo(2);

        write("no-jo-3.csv", SERIES);
        Expect.invalidInput(() -> load("label_pattern", "{label}_{group}_{n}"))
                .isEqualTo("no-jo-3.csv does not fit the pattern '{label}_{group}_{n}'");
    }

    @Test
    void aFolderALabelWithFilesThatSayNothing() {
        for (String label : new String[] {"walk", "sit"}) {
            write(label + "/rec_01.csv", SERIES);
            write(label + "/take_01.csv", SERIES);
            write(label + "/" + label + "_01.csv", SERIES);
        }

        assertThat(load().labels()).containsExactly("sit", "walk");
    }

    /** Numbers alone are what a folder of recordings usually holds, so that folders are labels. */
    @Test
    void aFolderALabelWithNumberedFiles() {
        write("s1/1.csv", SERIES);
        write("s2/1.csv", SERIES);

        assertThat(load().labels()).containsExactly("s1", "s2");
    }

    @Test
    void theLabelInTheName() {
        write("walking.csv", SERIES);
        write("running.csv", SERIES);

        refused()
                .endsWith(
                        " has no label: put it into a folder called so, give it a column called label (or label_column"
                                + " = \"...\", or --label-column), or say how names are made (label_pattern = \"{label}_{n}\", or --label-pattern)");
        assertThat(load("label_pattern", "{label}").labels()).containsExactly("running", "walking");
    }

    @Test
    void aLabelColumnThatChangesAlongTheTime() {
        StringBuilder rows = new StringBuilder("timestamp,x,activity\n");
        for (int i = 0; i < 30; i++) {
            rows.append(1_700_000_000_000L + 20L * i).append(',').append(i).append(i < 13 ? ",sit\n" : ",stand\n");
        }
        write("log.csv", rows.toString());

        Dataset data = load("window", "4 samples", "window_stride", "2 samples");

        assertThat(data.labels()).containsExactly("sit", "stand");
        float[] window = new float[4];
        for (int i = 0; i < data.size(); i++) {
            data.read(i, window, 0);
            boolean sits = data.labels().get(data.target(i)).equals("sit");
            assertThat(window[0] < 13).isEqualTo(sits);
            assertThat(window[3] < 13).as("windows do not cross").isEqualTo(sits);
        }
    }

    @Test
    void labelsInAFileOfTheirOwn() {
        write("train/X.csv", "a,b\n1,2\n3,4\n5,6\n");
        write("train/y.csv", "walk\nrun\nwalk\n");
        write("train/subject.csv", "subject\n1\n1\n2\n");
        write("test/X.csv", "a,b\n7,8\n");
        write("test/y.csv", "run\n");
        write("test/subject.csv", "subject\n3\n");
        write("activity_labels.txt", "1 WALKING\n2 RUNNING\n");
        write("README.txt", "Recorded by hand, twice.\n");

        Dataset data = load();

        assertThat(data.shape()).isEqualTo(Shape.of(2));
        assertThat(data.labels()).containsExactly("run", "walk");
        assertThat(data.groups()).containsExactly("1", "2", "3");
        assertThat(data.predefinedTest()).containsExactly(3);

        write("test/y.csv", "run\nwalk\n");
        refused().isEqualTo("test/y.csv has 2 rows, X.csv has 1: both must have the same");
    }

    @Test
    void labelsInAFileOfTheirOwnSeparatedBySpaces() {
        write("UCI/train/X_train.txt", "  1.0e-1 -2.0\n  3.0 4.0\n");
        write("UCI/train/y_train.txt", "5\n1\n");
        write("UCI/test/X_test.txt", " 1.0 2.0\n");
        write("UCI/test/y_test.txt", "5\n");
        write("UCI/features.txt", "1 tBodyAcc-mean()-X\n2 tBodyAcc-mean()-Y\n");

        Dataset data = load();

        assertThat(data.labels()).containsExactly("1", "5");
        assertThat(data.predefinedTest()).containsExactly(2);
        assertThat(values(data, 0)).containsExactly(0.1f, -2);
    }

    @Test
    void whatHasNoEffectOnArraysIsNoted() {
        write("X.csv", "a,b\n1,2\n3,4\n");
        write("y.csv", "1\n2\n");
        write("activity_labels.txt", "1 WALKING\n2 RUNNING\n");

        assertThat(inspect("window", "2s", "window_stride", "1s").notes())
                .containsExactly(
                        "without effect on arrays, which have a sample a row: window, window_stride",
                        "labels are the numbers that the arrays have: what activity_labels.txt calls them is not read");
        assertThat(inspect().notes()).hasSize(1);
    }

    @Test
    void channelsOfOneNameAreRefused() {
        write("a/1.csv", "time_ms,x,x,y\n0,1,2,3\n10,4,5,6\n");
        write("b/1.csv", "time_ms,x,x,y\n0,1,2,3\n10,4,5,6\n");
        String message =
                "a/1.csv has several columns called 'x' (its columns are time_ms, x, x, y: rename one, or choose"
                        + " by numbers, columns = \"2,3\", or --columns)";

        refused().isEqualTo(message);
        Expect.invalidInput(() -> load("columns", "x,y")).isEqualTo(message);
        assertThat(load("columns", "3,y").signal().orElseThrow().channels()).containsExactly("x", "y");
    }

    @Test
    void aWindowARow() {
        String header = names("acc_x_", 8) + "," + names("acc_y_", 8) + ",label\n";
        String row = IntStream.range(0, 16).mapToObj(Integer::toString).collect(Collectors.joining(","));
        write("wide.csv", header + row + ",a\n" + row + ",b\n");

        assertThat(load().shape()).as("without a rate, they are features").isEqualTo(Shape.of(16));
        DataInspection found = DataSets.inspect(folder, ReadOptions.NONE);
        assertThat(found.notes())
                .containsExactly("wide.csv has a window of 8 moments of acc_x, acc_y in each row, taken for features:"
                        + " with rate = ... in Hz (or --rate) they are windows of recordings");
        Dataset data = load("rate", "50");
        assertThat(data.shape()).isEqualTo(Shape.of(8, 1, 2));
        assertThat(data.signal().orElseThrow().channels()).containsExactly("acc_x", "acc_y");
        assertThat(data.signal().orElseThrow().rateHz()).isEqualTo(50);
        assertThat(values(data, 1)).startsWith(0, 8, 1, 9, 2, 10);
        assertThat(data.labels()).containsExactly("a", "b");
    }

    @Test
    void aWindowARowNeedsItsGroup() {
        String header = "who," + names("acc_x_", 8) + "," + names("acc_y_", 8) + ",label\n";
        String row = IntStream.range(0, 16).mapToObj(Integer::toString).collect(Collectors.joining(","));
        write("dataset.toml", "group_column = 'who'\nrate = 50\n");
        write("wide.csv", header + "jo," + row + ",a\n," + row + ",b\n");

        refused().isEqualTo("wide.csv line 3, column 1 ('who'): the group is missing (give one, or remove the row)");
    }

    @Test
    void whatLiesAroundIsNoData() {
        write("yes/a.wav", wav(8, 1));
        write("no/a.wav", wav(8, 2));
        write("yes/.DS_Store", new byte[] {0, 1});
        write("yes/Thumbs.db", new byte[] {(byte) 0xd0, (byte) 0xcf, 0});
        write("no/desktop.ini", "[ViewState]\n");
        write("__MACOSX/no/._a.wav", new byte[] {0});
        write("README.txt", "These are words, spoken by Jo, in 2026.\n");
        assertThat(load().labels()).containsExactly("no", "yes");
    }

    @Test
    void proseBesideSeriesIsNoTable() {
        write("walk/1.csv", SERIES);
        write("run/1.csv", SERIES);
        write("notes.txt", "Walking, running.\nShoes: old; weather: fine.\n");
        write("walk/about.txt", "Jo walked.\n");

        assertThat(load().labels()).containsExactly("run", "walk");
    }

    @Test
    void tablesInAnArchive() {
        archive("set.zip", Map.of("export/data.csv", bytes("x,label\n1,a\n2,b\n3,a\n")));
        assertThat(DataSets.load(folder.resolve("set.zip")).labels()).containsExactly("a", "b");

        archive(
                "parts.zip",
                Map.of("a/b/train.csv", bytes("x,label\n1,a\n2,b\n"), "a/b/test.csv", bytes("x,label\n1,a\n")));
        assertThat(DataSets.load(folder.resolve("parts.zip")).predefinedTest()).containsExactly(2);

        archive("deep.zip", Map.of("a/b/walk/1.csv", bytes(SERIES), "a/b/run/1.csv", bytes(SERIES)));
        assertThat(DataSets.load(folder.resolve("deep.zip")).labels()).containsExactly("run", "walk");
    }

    @Test
    void arraysOfNumpyInAnArchive() {
        Map<String, byte[]> arrays = Map.of("X.npy", floats("2, 2", 1, 2, 3, 4), "y.npy", ints(0, 1));
        archive("plain.zip", arrays);
        archive("packed.zip", Map.of("set/data.npz", zip(arrays)));
        archive(
                "parts.zip",
                Map.of(
                        "train.npz",
                        zip(arrays),
                        "test.npz",
                        zip(Map.of("X.npy", floats("1, 2", 5, 6), "y.npy", ints(1)))));
        write("folder/data.npz", zip(arrays));

        for (String name : new String[] {"plain.zip", "packed.zip", "folder"}) {
            Dataset data = DataSets.load(folder.resolve(name));
            assertThat(data.labels()).as(name).containsExactly("0", "1");
            assertThat(values(data, 1)).containsExactly(3, 4);
        }
        assertThat(DataSets.load(folder.resolve("parts.zip")).predefinedTest()).containsExactly(2);
    }

    @Test
    void anArchiveThatLeadsOutIsRefused() {
        archive("out.zip", Map.of("a/../../x.csv", bytes("x,label\n1,a\n")));

        Expect.invalidInput(() -> DataSets.load(folder.resolve("out.zip")))
                .isEqualTo("out.zip: the name 'a/../../x.csv' leads out of the archive: it is not to be trusted");
    }

    @Test
    void anArrayThatUnpacksToTooMuchIsRefused() {
        Path bomb = TestFiles.write(folder, "data.npz", zip(Map.of("X.npy", new byte[3 << 20])));

        Expect.invalidInput(() -> NpzFile.arrays(new DataFile(bomb), "", 2 << 20))
                .isEqualTo(
                        "data.npz holds more than 2 MiB, or 1000 arrays, when unpacked: unpack it into .npy files, or"
                                + " name it as the data");
        assertThat(NpzFile.arrays(new DataFile(bomb), "", 3 << 20)).hasSize(1);
    }

    @Test
    void labelsOfSeveralWordsAndLetters() {
        write("auf und ab/1.csv", SERIES);
        write("\u6b69\u304f/1.csv", SERIES);

        assertThat(load().labels()).containsExactly("auf und ab", "\u6b69\u304f");
    }

    @Test
    void aLinkToAFolderAboveIsNotFollowed() throws IOException {
        write("a/1.wav", wav(8, 1));
        write("b/1.wav", wav(8, 2));
        Files.createSymbolicLink(folder.resolve("b/back"), folder);

        assertThat(load().size()).isEqualTo(2);
    }

    @Test
    void saysWhatIsEmptyOrCut() {
        write("a/1.wav", wav(8));
        write("b/1.wav", wav(8, 2));
        refused().isEqualTo("a/1.wav holds no samples: record it again, or remove it");

        byte[] sound = wav(8, 1, 2, 3, 4);
        write("a/1.wav", Arrays.copyOf(sound, sound.length - 3));
        refused().startsWith("a/1.wav: its data chunk should have 8 bytes, but only 5 follow: it is cut off");

        write("a/1.wav", concat(Arrays.copyOf(sound, 4), new byte[4], bytes("WAVE")));
        refused().startsWith("a/1.wav");

        write("a/1.wav", new byte[0]);
        refused().isEqualTo("a/1.wav is called a WAV file, but is none (it is empty)");
    }

    @Test
    void anEmptySeriesIsTold() {
        write("a/1.csv", "");
        write("b/1.csv", SERIES);
        refused().isEqualTo("a/1.csv is empty");

        write("a/1.csv", "time_ms,x,y\n");
        refused().isEqualTo("a/1.csv has a header but no readings");

        write("a/1.csv", "time_ms,x,y\n0,1,2\n10,NaN,4\n");
        refused().startsWith("a/1.csv line 3, column 2 ('x'): 'NaN' stands for a value that is missing");
    }

    private static String names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.joining(","));
    }

    private static byte[] floats(String shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return npy("<f4", false, shape, bytes.array());
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putLong(value);
        }
        return npy("<i8", false, String.format(Locale.ROOT, "%d,", values.length), bytes.array());
    }

    private static float[] values(Dataset data, int i) {
        float[] values = new float[data.shape().elements()];
        data.read(i, values, 0);
        return values;
    }

    private void archive(String name, Map<String, byte[]> entries) {
        write(name, zip(new LinkedHashMap<>(entries)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write(String name, byte[] content) {
        TestFiles.write(folder, name, content);
    }

    private void write(String name, String text) {
        TestFiles.write(folder, name, text);
    }

    private AbstractStringAssert<?> refused() {
        return Expect.invalidInput(this::load);
    }

    private Dataset load(String... keysAndTexts) {
        return inspect(keysAndTexts).dataset();
    }

    private DataInspection inspect(String... keysAndTexts) {
        TreeMap<String, String> texts = new TreeMap<>();
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            texts.put(keysAndTexts[i], keysAndTexts[i + 1]);
        }
        return DataSets.inspect(folder, ReadOptions.NONE.with(new RecordingOptions(texts)));
    }
}
