package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.ValueRange;
import org.tinytune.data.recording.RecordingOptions;

class CsvReaderTest {
    @TempDir
    Path folder;

    @Test
    void readsAHeaderAndALabelColumnByItsName() throws IOException {
        Dataset data = load("x,Label,y\n1,yes,2.5\n-3,no,4\n");

        assertThat(data.card().name()).isEqualTo("data");
        assertThat(data.shape()).isEqualTo(Shape.of(2));
        assertThat(data.labels()).containsExactly("no", "yes");
        assertThat(data.target(0)).isEqualTo(1);
        assertThat(values(data, 0)).containsExactly(1, 2.5f);
        assertThat(values(data, 1)).containsExactly(-3, 4);
    }

    @Test
    void takesTheLastColumnOtherwise() throws IOException {
        assertThat(load("1,2,setosa\n3,4,other\n").labels()).containsExactly("other", "setosa");
        assertThat(load("1,2,0\n3,4,1\n").size()).isEqualTo(2);
        assertThat(load("a,b,c\n3,4,1\n").size()).isEqualTo(1);
    }

    @Test
    void takesAHeaderOfNumbersIfItNamesTheLabel() throws IOException {
        Dataset data = load("0,1,target\n5,6,1\n7,8,2\n");

        assertThat(data.size()).isEqualTo(2);
        assertThat(values(data, 0)).containsExactly(5, 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind", "2"})
    void takesTheColumnThatTheUserNames(String column) throws IOException {
        Dataset data = DataSets.load(write("data.csv", "x,kind,label\n1,a,2\n3,b,4\n"), labelColumn(column));

        assertThat(data.labels()).containsExactly("a", "b");
        assertThat(values(data, 1)).containsExactly(3, 4);
    }

    @Test
    void countsColumnsFromOneWhereThereIsNoHeader() throws IOException {
        Dataset data = DataSets.load(write("data.csv", "7,1,2\n8,3,4\n"), labelColumn("1"));

        assertThat(data.labels()).containsExactly("7", "8");
        assertThat(values(data, 0)).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x;y;label\r\n1;2;a\r\n\r\n3;4;b",
                "x\ty\tlabel\n1\t2\ta\n3\t4\tb\n",
                "\ufeffx, y ,label\n1, 2 ,a\n \n\"3\",4,b\n"
            })
    void readsOtherSeparatorsLineEndsSpacesAndQuotes(String text) throws IOException {
        Dataset data = load(text);

        assertThat(data.labels()).containsExactly("a", "b");
        assertThat(values(data, 0)).containsExactly(1, 2);
        assertThat(values(data, 1)).containsExactly(3, 4);
    }

    @Test
    void keepsLabelsOfAnyScript() throws IOException {
        assertThat(load("1,grün\n2,two words\n3,左\n").labels()).containsExactly("grün", "two words", "左");
    }

    @Test
    void readsGzipAsTheSameDataSet() throws IOException {
        String text = "x,label\n1,a\n2,b\n";
        Dataset zipped = DataSets.load(writeGzip("data.csv.gz", text));

        assertThat(zipped.fingerprint()).isEqualTo(load(text).fingerprint());
        assertThat(zipped.card().name()).isEqualTo("data");
    }

    @Test
    void readsWhatTheDescriptorSays() throws IOException {
        write("dataset.toml", """
                name = "Corners"
                shape = [2, 2, 1]
                label_column = "kind"
                group_column = "who"
                labels = ["up", "down"]
                value_range = [0, 9]
                licence = "CC0"
                """);
        Dataset data = load("who,a,b,c,d,kind\nAnn,1,2,3,4,down\nBob,5,6,7,8,up\n");

        assertThat(data.card().name()).isEqualTo("Corners");
        assertThat(data.card().licence()).contains("CC0");
        assertThat(data.shape()).isEqualTo(Shape.of(2, 2, 1));
        assertThat(data.labels()).containsExactly("up", "down");
        assertThat(data.target(0)).isEqualTo(1);
        assertThat(data.groups()).containsExactly("Ann", "Bob");
        assertThat(data.declaredRange()).contains(new ValueRange(0, 9));
        assertThat(values(data, 1)).containsExactly(5, 6, 7, 8);
    }

    @Test
    void aMissingGroupIsRefused() throws IOException {
        write("dataset.toml", "group_column = 'who'\n");

        Expect.invalidInput(() -> load("who,a,b,label\nAnn,1,2,up\n,3,4,down\n"))
                .isEqualTo("data.csv line 3, column 1 ('who'): the group is missing (give one, or remove the row)");
    }

    @Test
    void takesSquareImagesWhenToldTo() throws IOException {
        write("dataset.toml", "square_image = true\n");

        assertThat(load("1,2,3,4,a\n").shape()).isEqualTo(Shape.of(2, 2, 1));
        Expect.invalidInput(() -> load("1,2,3,a\n")).contains("data.csv has 3 value columns", "no square image");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x,label;1,a;2,b;q,c           | data.csv line 4, column 1 ('x'): 'q' is not a number (only the label may be a word)",
                "1,2,a;1,3O,b                  | data.csv line 2, column 2: '3O' is not a number (only the label may be a word)",
                "1,2,a;1,0x10,b                | data.csv line 2, column 2: '0x10' is not a number (only the label may be a word)",
                "1,2,a;1,1f,b                  | data.csv line 2, column 2: '1f' is not a number (only the label may be a word)",
                "1,2,a;1,1e99,b                | data.csv line 2, column 2: '1e99' is not a number (only the label may be a word)",
                "1,2,a;1,Infinity,b            | data.csv line 2, column 2: 'Infinity' is not a number (only the label may be a word)",
                "1,2,a;1,NaN,b                 | data.csv line 2, column 2: 'NaN' stands for a value that is missing (fill the gap, remove the row, or leave the column out: columns, or --columns, names the others)",
                "1,2,a;1,,b                    | data.csv line 2, column 2: the value is missing (fill the gap, remove the row, or leave the column out: columns, or --columns, names the others)",
                "1,2,a;1,\"1,234.5\",b         | data.csv line 2, column 2: '1,234.5' is not a number (write it without separators of thousands)",
                "1,2,a;1,2,                    | data.csv line 2, column 3: the label is missing (give one, or remove the row)",
                "1,2,a;;1,b                    | data.csv line 3 has 2 columns, the rows before have 3: all rows must have the same",
                "x,label;1,2,3                 | data.csv line 2 has 3 columns, the header has 2: both must have the same (if commas are decimal, separate columns by semicolons)",
                "1,2,a;1,\"3,b                 | data.csv from line 2 on: a quote is not closed, or followed by more than a separator",
                "1;2;3                         | data.csv has 1 column: a label and at least one value are needed, separated by commas, semicolons or tabs",
            })
    void namesLineAndColumnOfAMistake(String rows, String message) {
        Expect.invalidInput(() -> load(rows.replace(';', '\n'))).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "NaN", "inf", "-Inf", "Infinity", "1e999", "-1e39"})
    void refusesWhatIsNoFiniteNumber(String cell) throws IOException {
        Expect.invalidInput(() -> load("x,y,label\n1,2,a\n3," + cell + ",b\n"))
                .startsWith("data.csv line 3, column 2 ('y'): ");
        write("dataset.toml", "task = \"regression\"\n");
        Expect.invalidInput(() -> load("x,target\n1,2\n3," + cell + "\n"))
                .startsWith("data.csv line 3, column 2 ('target'): ");
    }

    @Test
    void readsTheTargetOfARegression() throws IOException {
        Path file = write("data.csv", "x,y,target\n1,2,-0.5\n3,4,1e3\n");
        Dataset data = DataSets.load(file, ReadOptions.task(TaskKind.REGRESSION));

        assertThat(data.task()).isEqualTo(TaskKind.REGRESSION);
        assertThat(data.quantities()).containsExactly("target");
        assertThat(data.labels()).isEmpty();
        assertThat(quantities(data, 0)).containsExactly(-0.5f);
        assertThat(quantities(data, 1)).containsExactly(1000);
        assertThat(values(data, 1)).containsExactly(3, 4);
        assertThatIllegalStateException().isThrownBy(() -> data.target(0));
    }

    @Test
    void readsSeveralTargetsAndGroups() throws IOException {
        write("dataset.toml", "target_columns = [\"hPa\", \"C\"]\ngroup_column = \"who\"\n");
        Dataset data = load("C,who,x,hPa\n20,Ann,1,1013\n21,Bob,2,990\n");

        assertThat(data.quantities()).containsExactly("hPa", "C");
        assertThat(quantities(data, 1)).containsExactly(990, 21);
        assertThat(values(data, 1)).containsExactly(2);
        assertThat(data.groups()).containsExactly("Ann", "Bob");
    }

    @Test
    void aRegressionNeedsNoHeaderAndHasNoLimitOfValues() throws IOException {
        write("dataset.toml", "task = \"regression\"\n");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            text.append("1,").append(i).append(".25\n");
        }
        Dataset data = load(text.toString());

        assertThat(data.size()).isEqualTo(2000);
        assertThat(data.quantities()).containsExactly("column 2");
        assertThat(quantities(data, 1999)).containsExactly(1999.25f);
    }

    /** As an image of 96 by 96 colours is: what a row costs must not grow with its square. */
    @Test
    void readsWideRowsInTimeThatIsInProportion() throws IOException {
        Path file = write("data.csv", ("0,".repeat(100_000) + "a\n").repeat(2));

        Dataset data = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> DataSets.load(file));

        assertThat(data.shape().elements()).isEqualTo(100_000);
    }

    @Test
    void readsSeriesOfManyChannelsInTimeThatIsInProportion() throws IOException {
        String names = IntStream.range(0, 30_000).mapToObj(c -> ",p" + c).collect(Collectors.joining());
        Files.createDirectory(folder.resolve("walk"));
        write("walk/1.csv", "time" + names + "\n0" + ",7".repeat(30_000) + "\n0.1" + ",5".repeat(30_000));

        Dataset data = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> DataSets.load(folder));

        assertThat(data.signal().orElseThrow().channels()).hasSize(30_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x,target;1,2;3,warm | data.csv line 3, column 2 ('target'): 'warm' is not a number (a regression's target is one)",
                "x,target;1,2;3,     | data.csv line 3, column 2 ('target'): the value is missing (fill the gap or remove the row)",
                "x,target;1,2;3,\"1 234 567\" | data.csv line 3, column 2 ('target'): '1 234 567' is not a number (write it without separators of thousands)",
            })
    void saysWhichTargetIsNoNumber(String rows, String message) throws IOException {
        write("dataset.toml", "task = \"regression\"\n");
        Expect.invalidInput(() -> load(rows.replace(';', '\n'))).isEqualTo(message);
    }

    @Test
    void readsWhichSamplesAreNormal() throws IOException {
        Path file = write("data.csv", "x,label\n1,normal\n2,broken\n");

        Dataset data = DataSets.load(file, ReadOptions.task(TaskKind.ANOMALY_DETECTION));
        assertThat(data.task()).isEqualTo(TaskKind.ANOMALY_DETECTION);
        assertThat(data.labels()).containsExactly("broken", "normal");
        assertThat(data.normalClass()).hasValue(1);

        write("dataset.toml", "normal_label = \"broken\"\n");
        assertThat(DataSets.load(file).normalClass()).hasValue(0);
        write("dataset.toml", "task = \"anomaly\"\nnormal_label = \"ok\"\n");
        Expect.invalidInput(() -> DataSets.load(file))
                .isEqualTo("'data' has no samples of the normal label 'ok' (its labels are normal, broken: say in"
                        + " dataset.toml which one is, normal_label = \"...\")");
    }

    @Test
    void countsLinesAcrossQuotedLineEnds() {
        Expect.invalidInput(() -> load("1,\"a\nb\"\nx,c\n")).startsWith("data.csv line 3, column 1: 'x'");
    }

    @Test
    void refusesWhatHoldsNoSamples() {
        Expect.invalidInput(() -> load("")).isEqualTo("data.csv is empty");
        Expect.invalidInput(() -> load("\n \n\n")).isEqualTo("data.csv is empty");
        Expect.invalidInput(() -> load("x,label\n")).isEqualTo("data.csv has a header but no samples");
    }

    @Test
    void refusesImagesOfTwoSizes() throws IOException {
        write("dataset.toml", "shape = [2, 2, 1]\n");

        Expect.invalidInput(() -> load("1,2,3,4,a\n1,2,3,4,5,6,7,8,9,b\n"))
                .isEqualTo(
                        "data.csv line 2 holds an image of 9 values, the images before have 4 [2, 2, 1]: all images of a"
                                + " set must be of one size");
        Expect.invalidInput(() -> load("1,2,3,a\n"))
                .isEqualTo("data.csv has 3 value columns, but the shape [2, 2, 1] in dataset.toml has 4 values");
    }

    @Test
    void refusesWhatContradictsTheDescriptor() throws IOException {
        write("dataset.toml", "value_range = [0, 16]\nlabels = [\"a\", \"b\"]\n");

        Expect.invalidInput(() -> load("3,a\n17,b\n"))
                .isEqualTo("data.csv line 2, column 1: 17 is outside the value_range of dataset.toml, 0.0 to 16.0");
        Expect.invalidInput(() -> load("3,a\n4,c\n"))
                .isEqualTo(
                        "data.csv line 2, column 2: 'c' is none of the labels that dataset.toml names (add it there, or correct or remove the row)");
    }

    @Test
    void refusesAColumnThatIsNotThere() throws IOException {
        Path file = write("data.csv", "x,y,label\n1,2,a\n");

        Expect.invalidInput(() -> DataSets.load(file, labelColumn("kind")))
                .isEqualTo("data.csv has no column 'kind' to take as label_column (its columns are x, y, label)");
        Expect.invalidInput(() -> DataSets.load(file, labelColumn("4"))).contains("has no column '4'");
    }

    @Test
    void refusesAColumnOfMeasurementsAsLabel() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1200; i++) {
            text.append("1,").append(i).append(".25\n");
        }

        Expect.invalidInput(() -> load(text.toString())).contains("line 1001, column 2", "is this the label column?");
    }

    @Test
    void refusesTextThatIsNotWhatItBeganAs() throws IOException {
        Path file = folder.resolve("data.csv");
        Files.write(
                file,
                TestFiles.concat(
                        "1,gr\u00fcn\n".getBytes(StandardCharsets.UTF_8),
                        "2,gr\u00fcn\n".getBytes(StandardCharsets.ISO_8859_1)));

        Expect.invalidInput(() -> DataSets.load(file)).isEqualTo("data.csv is not UTF-8 text: save it as UTF-8");
    }

    @Test
    void refusesADamagedOrCutGzipFile() throws IOException {
        Path file = writeGzip("data.csv.gz", "1,a\n".repeat(50_000));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        Expect.invalidInput(() -> DataSets.load(file)).startsWith("data.csv.gz ends too early");

        bytes[bytes.length / 2] ^= 0x55;
        Files.write(file, bytes);
        Expect.invalidInput(() -> DataSets.load(file)).startsWith("data.csv.gz ");
    }

    @Test
    void refusesARowWithoutEndBeforeItFillsTheMemory() throws IOException {
        Path file = folder.resolve("data.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            byte[] commas = "1,".repeat(1 << 19).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 64; i++) {
                out.write(commas);
            }
        }

        Expect.invalidInput(() -> DataSets.load(file)).contains("line 1 is longer than 4194304 characters");
    }

    private static ReadOptions labelColumn(String column) {
        return ReadOptions.NONE.with(
                new RecordingOptions(new TreeMap<>(Map.of(RecordingOptions.LABEL_COLUMN, column))));
    }

    private Dataset load(String text) throws IOException {
        return DataSets.load(write("data.csv", text));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path writeGzip(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static float[] quantities(Dataset data, int i) {
        float[] values = new float[data.quantities().size()];
        data.readQuantities(i, values, 0);
        return values;
    }

    private static float[] values(Dataset data, int i) {
        float[] values = new float[data.shape().elements()];
        data.read(i, values, 0);
        return values;
    }
}
