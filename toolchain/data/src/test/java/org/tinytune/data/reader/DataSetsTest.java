package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.data.Dataset;

class DataSetsTest {
    @TempDir
    Path folder;

    @Test
    void readsTheOneTableOfAFolder() throws IOException {
        write("readings.csv", "1,a\n2,b\n");
        write("README.md", "# Readings\n");
        write(".hidden.csv", "not,for,us\n");

        Dataset data = DataSets.load(folder);

        assertThat(data.size()).isEqualTo(2);
        assertThat(data.card().name()).isEqualTo(folder.getFileName().toString());
        assertThat(data.predefinedTest()).isEmpty();
    }

    @Test
    void readsTrainAndTestTables() throws IOException {
        write("train.csv", "x,label\n1,a\n2,b\n");
        write("test.csv", "x,label\n3,c\n");

        Dataset data = DataSets.load(folder);

        assertThat(data.predefinedTest()).containsExactly(2);
        assertThat(data.labels()).containsExactly("a", "b", "c");
    }

    @Test
    void refusesTrainAndTestTablesThatDiffer() throws IOException {
        write("train.csv", "x,y,label\n1,1,a\n");
        write("test.csv", "x,label\n3,c\n");

        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo(
                        "test.csv has 2 columns with the label in column 2, the training file has 3 with the label in"
                                + " column 3: both must be alike");
    }

    @Test
    void readsTheTableThatTheDescriptorNames() throws IOException {
        write("a.csv", "1,a\n");
        write("b.csv", "1,a\n2,b\n");
        Expect.invalidInput(() -> DataSets.load(folder)).contains("holds several tables, a.csv, b.csv:");

        write("dataset.toml", "name = \"B\"\nfile = \"b.csv\"\n");

        assertThat(DataSets.load(folder).size()).isEqualTo(2);
        assertThat(DataSets.load(folder.resolve("b.csv")).card().name()).isEqualTo("B");
        assertThat(DataSets.load(folder.resolve("a.csv")).card().name()).isEqualTo("a");
        Files.delete(folder.resolve("b.csv"));
        Expect.invalidInput(() -> DataSets.load(folder)).contains("has no file 'b.csv', which its dataset.toml names");
    }

    @Test
    void saysWhatIsWrongWithAFolder() throws IOException {
        Expect.invalidInput(() -> DataSets.load(folder.resolve("nowhere")))
                .endsWith("nowhere does not exist (give a folder, or a CSV file)");
        Expect.invalidInput(() -> DataSets.load(folder)).contains(" is empty (put a CSV file");

        for (int i = 0; i < 8; i++) {
            Files.write(folder.resolve("part" + i + ".bin"), new byte[] {(byte) 0x89, 0, 0});
        }
        Expect.invalidInput(() -> DataSets.load(folder))
                .contains("holds no data that can be read, only part0.bin", " and 3 more (readable are a CSV file");
        Expect.invalidInput(() -> DataSets.load(folder.resolve("part0.bin")))
                .startsWith("part0.bin is of a kind that is not read here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task = 'regression'   | regression | ANOMALY_DETECTION",
                "target_columns = ['a'] | regression | CLASSIFICATION",
                "normal_label = 'x'    | anomaly    | REGRESSION",
            })
    void aUserCannotWantAnotherTaskThanTheDescriptor(String toml, String stated, TaskKind wanted) throws IOException {
        write("data.csv", "a,label\n1,x\n2,3\n");
        write("dataset.toml", toml + "\n");

        Expect.invalidInput(() -> DataSets.load(folder, ReadOptions.task(wanted)))
                .isEqualTo("dataset.toml beside the data asks for the task \"" + stated + "\", but \"" + wanted.id()
                        + "\" is wanted of them (change one of the two)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "colour = 'x'                        | dataset.toml: unknown field 'colour' (known: citation, file,",
                "nmae = 'x'                          | dataset.toml: unknown field 'nmae' (did you mean 'name'?)",
                "window_strid = '1s'                 | dataset.toml: unknown field 'window_strid' (did you mean 'window_stride'?)",
                "window = '1'                        | dataset.toml: window '1' is not a length such as 1s, 500ms or 128 samples",
                "rate = [8000]                       | dataset.toml: field 'rate' is of the wrong type: give one value",
                "shape = '8x8'                       | dataset.toml: field 'shape' is of the wrong type: give a list of whole numbers, as in shape = [8, 8, 1]",
                "name = [3]                          | dataset.toml: field 'name' is of the wrong type: give a text in quotes",
                "shape = [8, 8]                      | dataset.toml: shape [8, 8] is neither",
                "shape = [0]                         | dataset.toml: shape [0] is none that samples can have",
                "shape = [2000000000, 2000000000, 1] | dataset.toml: shape",
                "value_range = [1]                   | dataset.toml: value_range [1.0] is not [min, max]",
                "value_range = [5, 1]                | dataset.toml: value_range [5.0, 1.0] is not [min, max]",
                "labels = ['a', 'a']                 | dataset.toml: labels names a label twice",
                "file = '../x.csv'                   | dataset.toml: file '../x.csv' must be a file in the same folder",
                "square_image = 1                    | dataset.toml: field 'square_image' is of the wrong type: give true or false",
                "task = 'ranking'                    | dataset.toml: task 'ranking' is none of classification, regression, anomaly",
                "task = 'anomaly'\\ntarget_columns = ['x'] | dataset.toml: target_columns are for task = \"regression\"",
                "target_columns = []                 | dataset.toml: give one label_column, or one or more target_columns",
                "target_columns = ['x']\\nlabel_column = 'y' | dataset.toml: give one label_column, or one or more",
                "task = 'regression'\\nnormal_label = 'x' | dataset.toml: normal_label is for task = \"anomaly\"",
                "task = 'regression'\\nlabels = ['x'] | dataset.toml: a regression has no labels",
                "name = [                            | dataset.toml line 1:",
            })
    void saysWhatIsWrongWithADescriptor(String toml, String message) throws IOException {
        write("data.csv", "1,a\n");
        write("dataset.toml", toml.replace("\\n", "\n"));

        Expect.invalidInput(() -> DataSets.load(folder)).startsWith(message);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
