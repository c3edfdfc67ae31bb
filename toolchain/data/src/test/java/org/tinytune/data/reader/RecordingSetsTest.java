package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.data.reader.TestFiles.edgeImpulse;
import static org.tinytune.data.reader.TestFiles.wav;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.recording.RecordingOptions;

/** Folders and archives of recordings, by all the ways in which they say what they hold. */
class RecordingSetsTest {
    @TempDir
    Path folder;

    @Test
    void aFolderIsALabel() {
        write("yes/b.wav", wav(8, 3, 4));
        write("yes/a.wav", wav(8, 1, 2));
        write("no thanks/a.wav", wav(8, 5, 6));
        write("README.md", "# Words");

        Dataset data = DataSets.load(folder);

        assertThat(data.labels()).containsExactly("no thanks", "yes");
        assertThat(data.shape()).isEqualTo(Shape.of(2, 1, 1));
        assertThat(samples(data)).isEqualTo("no thanks 5 6, yes 1 2, yes 3 4");
        assertThat(data.groups()).isEmpty();
        assertThat(data.predefinedTest()).isEmpty();
        assertThat(data.signal().orElseThrow().rateHz()).isEqualTo(8);
        assertThat(data.declaredRange().orElseThrow().min()).isEqualTo(-32768);
    }

    @Test
    void foldersOfPartsAreTheSplit() {
        write("data/testing/yes/a.wav", wav(8, 1));
        write("data/training/yes/b.wav", wav(8, 2));
        write("data/training/no/c.wav", wav(8, 3));
        write("data/validation/no/d.wav", wav(8, 4));

        Dataset data = DataSets.load(folder);

        assertThat(samples(data)).isEqualTo("no 3, yes 2, no 4, yes 1");
        assertThat(data.predefinedTest()).containsExactly(3);
    }

    @Test
    void aPatternSaysWhatNamesMean() {
        for (String name : new String[] {"0_jo_0", "0_jo_7", "1_jo_3", "1_al_9", "0_al_12"}) {
            write(name + ".wav", wav(8, name.hashCode() & 0xff));
        }

        Dataset data = load("label_pattern", "{label}_{group}_{index}.wav", "test", "index < 5");

        assertThat(data.labels()).containsExactly("0", "1");
        assertThat(data.groups()).containsExactlyInAnyOrder("al", "jo");
        assertThat(data.predefinedTest()).containsExactly(3, 4);
        Expect.invalidInput(() -> load("label_pattern", "{label}_{group}_{index}.wav", "test", "number < 5"))
                .isEqualTo("0_al_12.wav: test = \"number < 5\" asks for its 'number', which it does not have (fields"
                        + " come from label_pattern, or the columns of a manifest)");
        Expect.invalidInput(() -> load("label_pattern", "{label}-{n}.wav"))
                .isEqualTo("0_al_12.wav does not fit the pattern '{label}-{n}.wav'");
    }

    @Test
    void theDescriptorCanSayTheSame() {
        for (String name : new String[] {"0_jo_0", "0_jo_7", "1_jo_3", "1_al_9"}) {
            write(name + ".wav", wav(8, 1, 2, 3));
        }
        write(
                "dataset.toml",
                "label_pattern = '{label}_{group}_{index}'\ntest = 'index < 5'\nrate = 8\nwindow = '250ms'\n");

        Dataset data = DataSets.load(folder);

        assertThat(data.shape()).isEqualTo(Shape.of(2, 1, 1));
        assertThat(data.predefinedTest()).containsExactly(2, 3);
    }

    @Test
    void plainNumberedNamesNeedNoPattern() {
        for (int i = 1; i <= 3; i++) {
            write("yes." + i + ".wav", wav(8, i));
            write("no (" + i + ").wav", wav(8, i));
        }

        assertThat(DataSets.load(folder).labels()).containsExactly("no", "yes");

        write("0_george_1.wav", wav(8, 1));
        Expect.invalidInput(() -> DataSets.load(folder))
                .contains(": the name of 0_george_1.wav does not say plainly what it holds: put the files of each label"
                        + " into a folder called so");
    }

    @Test
    void doesNotGuessFromFoldersOfFolders() {
        write("a/b/1.wav", wav(8, 1));
        write("c/d/2.wav", wav(8, 1));
        Expect.invalidInput(() -> DataSets.load(folder))
                .contains(
                        ": files lie in folders of folders, as does a/b/1.wav: if a is its label, give label_pattern ="
                                + " \"{label}/{group}/*\" in dataset.toml (or --label-pattern); if b is,"
                                + " \"{group}/{label}/*\"");
        assertThat(load("label_pattern", "{group}/{label}/*").labels()).containsExactly("b", "d");

        write("c/3.wav", wav(8, 1));
        Expect.invalidInput(() -> DataSets.load(folder)).contains("do not lie equally deep");
    }

    @Test
    void aManifestListsFiles() {
        write("audio/1.wav", wav(8, 1));
        write("audio/2.wav", wav(8, 2));
        write("audio/3.wav", wav(8, 3));
        write("list.csv", "path,label,group,part,fold\naudio/1.wav,gr\u00fcn,jo,train,1\naudio/2.wav,rot,al,test,2\n");

        Dataset data = DataSets.load(folder);

        assertThat(samples(data)).isEqualTo("gr\u00fcn 1, rot 2");
        assertThat(data.predefinedTest()).containsExactly(1);
        assertThat(data.groups()).containsExactly("jo", "al");
        assertThat(samples(DataSets.load(folder.resolve("list.csv")))).isEqualTo("gr\u00fcn 1, rot 2");
        assertThat(load("test", "fold = 1").predefinedTest()).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"speaker", "Subject_ID", "user"})
    void aGroupOfAListMayBeCalledAsInTables(String name) {
        write("1.wav", wav(8, 1, 2));
        write("2.wav", wav(8, 3, 4));
        write("list.csv", "path," + name + ",label\n1.wav,jo,a\n2.wav,al,b\n");

        assertThat(DataSets.load(folder).groups()).containsExactly("jo", "al");

        write("list.csv", "path," + name + ",label,group\n1.wav,jo,a,x\n2.wav,al,b,y\n");
        assertThat(DataSets.load(folder).groups()).containsExactly("x", "y");
    }

    @Test
    void anEmptyGroupOfAListIsNone() {
        write("1.wav", wav(8, 1, 2));
        write("2.wav", wav(8, 3, 4));
        write("3.wav", wav(8, 5, 6));
        write("list.csv", "path,label,group\n1.wav,a,jo\n2.wav,b,\n3.wav,b, \n");

        assertThat(DataSets.load(folder).groups()).containsExactly("jo", "2.wav", "3.wav");
    }

    @Test
    void forwardForetellsEachRecording() {
        for (String label : new String[] {"rest", "walk"}) {
            for (String group : new String[] {"ann", "ben"}) {
                write(
                        label + "/" + group + "_1.wav",
                        wav(8, IntStream.range(0, 20).toArray()));
            }
        }
        Dataset data = load("window", "2 samples", "label_pattern", "{label}/{group}_{n}");

        assertThat(data.groups()).containsExactly("ann", "ben");
        assertThat(IntStream.range(0, 40).map(data::recording))
                .containsExactly(IntStream.range(0, 40).map(i -> i / 10).boxed().toArray(Integer[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audio/9.wav,a     | list.csv line 2, column 1 ('path'): 'audio/9.wav' is not in ",
                "../x.wav,a        | list.csv line 2, column 1 ('path'): '../x.wav' is not in ",
                "audio/1.wav,      | list.csv line 2, column 2 ('label'): the label is missing",
                "audio/1.wav,a,b   | list.csv line 2 has 3 columns, the header has 2",
            })
    void saysWhatIsWrongWithAManifest(String row, String message) {
        write("audio/1.wav", wav(8, 1));
        write("list.csv", "path,label\n" + row + "\n");

        Expect.invalidInput(() -> DataSets.load(folder)).startsWith(message);
    }

    @Test
    void lettersThatLookAlikeAreOneLabel() {
        write("gru\u0308n/a.wav", wav(8, 1));
        write("list/x.txt", "not data");
        write("rot/a.wav", wav(8, 1));

        assertThat(DataSets.load(folder).labels()).containsExactly("gr\u00fcn", "rot");
    }

    @Test
    void windowsOfARecordingShareAGroup() {
        write("a/1.wav", wav(8, 1, 2, 3, 4));
        write("b/1.wav", wav(8, 5, 6));

        Dataset data = load("window", "2 samples");

        assertThat(data.groups()).containsExactly("a/1.wav", "b/1.wav");
        assertThat(IntStream.range(0, 3).map(data::group)).containsExactly(0, 0, 1);
    }

    @Test
    void whatIsCalledAWavFileAndIsNoneIsNotLeftOut() {
        write("a/1.wav", wav(8, 1));
        write("b/1.wav", new byte[0]);
        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo("b/1.wav is called a WAV file, but is none (it is empty)");

        write("b/1.wav", "ID3\u0000\u0000");
        Expect.invalidInput(() -> DataSets.load(folder))
                .startsWith("b/1.wav is called a WAV file, but is none (MP3: convert its files to WAV");
    }

    @Test
    void readsEdgeImpulseJsonAndCbor() throws IOException {
        String json = edgeImpulse(20, "[[1.5,-2],[0.25,4.0]]");
        byte[] cbor = new ObjectMapper(new CBORFactory()).writeValueAsBytes(new ObjectMapper().readTree(json));
        write("testing/wave.json.1.json", json);
        write("training/wave.cbor.2.cbor", cbor);
        write("training/idle.json.3.json", edgeImpulse(20, "[[0,0],[0,0]]"));

        Dataset data = DataSets.load(folder);

        assertThat(data.labels()).containsExactly("idle", "wave");
        assertThat(data.predefinedTest()).containsExactly(2);
        assertThat(data.shape()).isEqualTo(Shape.of(2, 1, 2));
        assertThat(data.signal().orElseThrow().rateHz()).isEqualTo(50);
        assertThat(data.signal().orElseThrow().channels()).containsExactly("accX", "accY");
        assertThat(data.signal().orElseThrow().unit()).isEqualTo("m/s2");
        assertThat(data.signal().orElseThrow().scale()).isEqualTo(0.0002);
        assertThat(samples(data)).isEqualTo("idle 0 0 0 0, wave 7500 -10000 1250 20000, wave 7500 -10000 1250 20000");
    }

    @Test
    void edgeImpulseSaysLabelsInAFileOfItsOwn() {
        write("training/1.json", edgeImpulse(10, "[[1,2]]"));
        write("testing/2.json", edgeImpulse(10, "[[3,4]]"));
        write(
                "info.labels",
                "{\"version\":1,\"files\":[{\"path\":\"testing/2.json\",\"category\":\"testing\",\"label\":\"b\"},"
                        + "{\"path\":\"training/1.json\",\"category\":\"training\","
                        + "\"label\":{\"type\":\"label\",\"label\":\"a\"}}]}");

        assertThat(samples(DataSets.load(folder))).isEqualTo("a 1 2, b 3 4");

        write("info.labels", "{\"files\":[{\"path\":\"gone.json\",\"label\":\"b\"}]}");
        Expect.invalidInput(() -> DataSets.load(folder))
                .startsWith("info.labels lists 'gone.json', which is not there");
        write("info.labels", "{\"files\":[{\"path\":\"training/1.json\",\"label\":{\"type\":\"unlabeled\"}}]}");
        Expect.invalidInput(() -> DataSets.load(folder)).startsWith("training/1.json has no label");
    }

    /** As a program for archives leaves it that makes a folder of each. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExportOfEdgeImpulseMayLieInAFolder(boolean listed) {
        write("export/training/a.1.json", edgeImpulse(10, "[[1,2]]"));
        write("export/testing/b.2.json", edgeImpulse(10, "[[3,4]]"));
        if (listed) {
            write(
                    "export/info.labels",
                    "{\"files\":[{\"path\":\"testing/b.2.json\",\"category\":\"testing\",\"label\":\"b\"},"
                            + "{\"path\":\"training/a.1.json\",\"category\":\"training\",\"label\":\"a\"}]}");
        }

        if (listed) {
            write("export/testing/info.labels", "{\"files\":[]}");
        }
        write("export.zip", "PK");
        write("README.md", "Of 2026");

        Dataset data = DataSets.load(folder);

        assertThat(samples(data)).isEqualTo("a 1 2, b 3 4");
        assertThat(data.predefinedTest()).hasSize(1);
        assertThat(data.labels().get(data.target(data.predefinedTest()[0]))).isEqualTo("b");
    }

    /** A list of something that was put aside says nothing of what lies beside it. */
    @Test
    void labelsOfAFolderAreNotThoseOfAll() {
        write("yes/1.json", edgeImpulse(10, "[[1,2]]"));
        write("no/1.json", edgeImpulse(10, "[[3,4]]"));
        write("old/1.json", edgeImpulse(10, "[[5,6]]"));
        write("old/info.labels", "{\"files\":[{\"path\":\"1.json\",\"label\":\"never\"}]}");

        DataInspection all = DataSets.inspect(folder, ReadOptions.NONE);
        assertThat(all.dataset().labels()).containsExactly("no", "old", "yes");
        assertThat(all.notes())
                .contains(
                        "old/info.labels is not used, because it says nothing of the data outside of its folder: if its"
                                + " folder alone is meant, name that");
    }

    /** Folders within those of the parts may be days or rooms. */
    @Test
    void namesOfAnExportSayLabelsInDeeperFoldersToo() {
        write("training/day1/idle.1.json", edgeImpulse(10, "[[1,2]]"));
        write("training/day2/wave.1.json", edgeImpulse(10, "[[3,4]]"));
        write("testing/day1/wave.2.json", edgeImpulse(10, "[[5,6]]"));

        DataInspection all = DataSets.inspect(folder, ReadOptions.NONE);

        assertThat(samples(all.dataset())).isEqualTo("idle 1 2, wave 3 4, wave 5 6");
        assertThat(all.dataset().predefinedTest()).containsExactly(2);
        assertThat(all.notes())
                .anyMatch(note -> note.startsWith("labels are what names begin with, as in an export, and not folders"
                        + " such as testing/day1/: if these are, label_pattern = \"{part}/{label}/*\""));
        assertThat(DataSets.load(folder, options("label_pattern", "{part}/{label}/*"))
                        .labels())
                .containsExactly("day1", "day2");
    }

    /** Names say the label, the list says who it was. */
    @Test
    void aPatternAndAListGoTogether() {
        write("list.csv", "path,label,speaker\na_1.json,x,jo\nb_1.json,x,jo\nb_2.json,x,flo\n");
        for (String name : List.of("a_1", "b_1", "b_2")) {
            write(name + ".json", edgeImpulse(10, "[[1,2]]"));
        }

        Dataset data = DataSets.load(folder, options("label_pattern", "{label}_{n}.json"));

        assertThat(data.labels()).containsExactly("a", "b");
        assertThat(data.groups()).containsExactly("jo", "flo");
    }

    /** What is one person's over time is one sequence. */
    @Test
    void aGroupOfAllIsOneSequenceForward() {
        write("list.csv", "path,label,user\na.json,a,jo\nb.json,b,jo\n");
        write("a.json", edgeImpulse(10, "[[1,2],[1,3]]"));
        write("b.json", edgeImpulse(10, "[[3,4],[3,5]]"));
        write("dataset.toml", "split = \"forward\"");

        assertThat(DataSets.load(folder).groups()).containsExactly("jo");
    }

    /** The folder around it all may be called as a part is. */
    @ParameterizedTest
    @ValueSource(strings = {"test", "dev", "wave"})
    void partsOfAnExportAreTheInnermostFolders(String around) {
        write(around + "/training/a.1.json", edgeImpulse(10, "[[1,2]]"));
        write(around + "/testing/b.2.json", edgeImpulse(10, "[[3,4]]"));

        Dataset data = DataSets.load(folder);

        assertThat(samples(data)).isEqualTo("a 1 2, b 3 4");
        assertThat(data.predefinedTest()).containsExactly(1);
    }

    @Test
    void recordingsOfEdgeImpulseInFoldersOfLabelsAreAsOthers() throws IOException {
        write("circle/anna.1.json", edgeImpulse(10, "[[1,2]]"));
        write("wave/anna.1.json", edgeImpulse(10, "[[3,4]]"));
        write("wave/ben.1.json", edgeImpulse(10, "[[5,6]]"));

        assertThat(samples(DataSets.load(folder))).isEqualTo("circle 1 2, wave 3 4, wave 5 6");
        assertThat(DataSets.load(folder, options("label_pattern", "{label}/{group}.{n}"))
                        .groups())
                .containsExactly("anna", "ben");
        write("dataset.toml", "label_pattern = \"{label}/{group}.{n}\"\ntest = \"group = ben\"");
        assertThat(DataSets.load(folder).predefinedTest()).containsExactly(2);

        write("wave/0003.json", edgeImpulse(10, "[[7,8]]"));
        Files.delete(folder.resolve("dataset.toml"));
        assertThat(samples(DataSets.load(folder))).contains("wave 7 8");
    }

    /** The list has the labels and parts, names the persons. */
    @Test
    void aPatternAddsGroupsToTheListOfAnExport() {
        write("training/anna.1.json", edgeImpulse(10, "[[1,2]]"));
        write("testing/ben.1.json", edgeImpulse(10, "[[3,4]]"));
        write(
                "info.labels",
                "{\"files\":[{\"path\":\"testing/ben.1.json\",\"category\":\"testing\",\"label\":\"b\"},"
                        + "{\"path\":\"training/anna.1.json\",\"category\":\"training\",\"label\":\"a\"}]}");

        Dataset data = DataSets.load(folder, options("label_pattern", "{group}.{n}"));

        assertThat(data.labels()).containsExactly("a", "b");
        assertThat(data.groups()).containsExactly("anna", "ben");
        assertThat(data.predefinedTest()).containsExactly(1);
        Expect.invalidInput(() -> DataSets.load(folder, options("test", "label = b")))
                .startsWith("info.labels: test = \"label = b\" chooses files by a label_pattern or a list of them, but"
                        + " this one says");
    }

    /** What nothing can come of is refused, rather than another part be tested. */
    @Test
    void aRuleForTheTestPartNeedsFiles() {
        write("all.csv", "time_s,x,label,subject\n0,1,a,s\n0.1,2,a,s\n0,3,b,t\n0.1,4,b,t\n");
        Expect.invalidInput(() -> DataSets.load(folder, options("test", "subject = t")))
                .startsWith("all.csv: test = \"subject = t\" chooses files by a label_pattern or a list of them, which"
                        + " rows of a table are not: group_column");
        write("more.csv", "time_s,x,label,subject\n0,1,a,s\n0.1,2,a,s\n0,3,b,t\n0.1,4,b,t\n");
        Expect.invalidInput(() -> DataSets.load(folder, options("test", "subject = t")))
                .contains(": test = \"subject = t\" chooses files");
    }

    @Test
    void aGroupOfAllRecordingsIsNone() {
        write("list.csv", "path,label,user\na.json,a,jo\nb.json,b,jo\n");
        write("a.json", edgeImpulse(10, "[[1,2],[1,3],[1,4],[1,5]]"));
        write("b.json", edgeImpulse(10, "[[3,4],[3,5],[3,6],[3,7]]"));

        DataInspection all = DataSets.inspect(folder, options("window", "2 samples"));

        assertThat(all.dataset().groups()).containsExactly("a.json", "b.json");
        assertThat(all.notes())
                .contains("all recordings are of the group 'jo', which so tells none from another: each is taken for"
                        + " itself")
                .anyMatch(note -> note.startsWith("what 'user' in list.csv says is the same stays in one part"));

        write("list.csv", "path,label,user\na.json,a,jo\nb.json,b,flo\n");
        assertThat(DataSets.load(folder).groups()).containsExactly("jo", "flo");
    }

    @Test
    void whatHasNoEffectIsSaid() throws IOException {
        write("a/1.wav", wav(8, 1));
        write("b/1.wav", wav(8, 2));

        assertThat(DataSets.inspect(folder, options("time_column", "t")).notes())
                .contains("without effect on recordings that are no tables: time_column");
        Expect.invalidInput(() -> DataSets.load(folder, options("group_column", "speaker")))
                .startsWith(folder + " has no table with a column 'speaker'");
    }

    @Test
    void anExportOfEdgeImpulseMayHoldImages() throws IOException {
        for (String name : List.of("training/a.1.png", "testing/b.2.png")) {
            BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
            Files.createDirectories(folder.resolve(name).getParent());
            ImageIO.write(image, "png", folder.resolve(name).toFile());
        }
        write(
                "info.labels",
                "{\"files\":[{\"path\":\"testing/b.2.png\",\"category\":\"testing\",\"label\":\"b\"},"
                        + "{\"path\":\"training/a.1.png\",\"category\":\"training\",\"label\":\"a\"}]}");

        Dataset data = DataSets.load(folder);

        assertThat(data.shape().dims()).containsExactly(4, 4, 1);
        assertThat(data.labels()).containsExactlyInAnyOrder("a", "b");
        assertThat(data.predefinedTest()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20 | [[1,2],[3]]    | a.1.json: moment 1 has 1 values, those before have 2",
                "20 | [[1,2],[3,null]] | a.1.json: a value of moment 1 is null, not a number",
                "20 | [[1,2],[3,\"x\"]] | a.1.json: a value of moment 1 is x, not a number",
                "20 | [[1],[2]]      | a.1.json has 1 values in a moment, but 2 sensors: accX, accY",
                "20 | []             | a.1.json holds no readings: its payload lacks values",
                "0  | [[1,2]]        | a.1.json is no series: its interval_ms is 0.0",
                "20 | [[1,2],[3      | a.1.json is cut off or damaged:",
                "20 | [[1e300,2]]    | a.1.json: a value of moment 0 is 1.0E300, not a number",
            })
    void saysWhatIsWrongWithARecordingOfEdgeImpulse(double interval, String values, String message) {
        write("a.1.json", edgeImpulse(interval, values));

        Expect.invalidInput(() -> DataSets.load(folder)).startsWith(message);
    }

    @Test
    void readsAnArchiveInPlace() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("set/", new byte[0]);
        entries.put("set/yes/b.wav", wav(8, 2));
        entries.put("set/yes/a.wav", wav(8, 1));
        entries.put("set/n\u00f6/a.wav", wav(8, 3));
        entries.put("__MACOSX/set/yes/._a.wav", new byte[] {1});
        Path zip = TestFiles.write(folder, "words.zip", TestFiles.zip(entries));

        Dataset data = DataSets.load(zip);

        assertThat(samples(data)).isEqualTo("n\u00f6 3, yes 1, yes 2");
        assertThat(data.card().name()).isEqualTo("words");
        assertThat(folder.toFile().list()).as("what was written").containsExactly("words.zip");
    }

    private Dataset load(String... keysAndTexts) {
        TreeMap<String, String> texts = new TreeMap<>();
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            texts.put(keysAndTexts[i], keysAndTexts[i + 1]);
        }
        return DataSets.load(folder, ReadOptions.NONE.with(new RecordingOptions(texts)));
    }

    private void write(String name, byte[] content) {
        TestFiles.write(folder, name, content);
    }

    private void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String samples(Dataset data) {
        StringBuilder text = new StringBuilder();
        float[] values = new float[data.shape().elements()];
        for (int i = 0; i < data.size(); i++) {
            data.read(i, values, 0);
            text.append(i == 0 ? "" : ", ").append(data.labels().get(data.target(i)));
            for (float v : values) {
                text.append(' ').append((int) v);
            }
        }
        return text.toString();
    }

    private static ReadOptions options(String key, String text) {
        return ReadOptions.NONE.with(new RecordingOptions(new TreeMap<>(Map.of(key, text))));
    }
}
