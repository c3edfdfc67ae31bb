package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.data.Dataset;
import org.tinytune.data.recording.RecordingOptions;

/** Tables as loggers and table programs of many countries write them. */
class ForeignTablesTest {
    @TempDir
    Path folder;

    @Test
    void readsAnExportOfAGermanTableProgram() {
        String text = """
                # Messung 12, Ger\u00e4t: Logger 3
                # Ort: K\u00fcche; Zimmer 2
                "Zeit [ms]";ax;ay;"Aktivit\u00e4t";label
                ms;m/s\u00b2;m/s\u00b2;;
                0;1,5;-2,25;"a;b";gr\u00fcn
                10;1,75;1e-1;x;gr\u00fcn
                20;0;,5;x;wei\u00df
                30;3;4;x;wei\u00df
                """.replace("\n", "\r\n");
        TestFiles.write(folder, "daten.csv", text.getBytes(Charset.forName("windows-1252")));

        Dataset data = load(folder, "window", "2 samples", "scale", "0.01");

        assertThat(data.labels()).containsExactly("gr\u00fcn", "wei\u00df");
        assertThat(data.signal().orElseThrow().channels()).containsExactly("ax", "ay");
        assertThat(data.signal().orElseThrow().unit()).isEqualTo("m/s\u00b2");
        assertThat(data.signal().orElseThrow().rateHz()).isEqualTo(100);
        assertThat(window(data, 0)).containsExactly(150, -225, 175, 10);
        assertThat(window(data, 1)).containsExactly(0, 50, 300, 400);
    }

    /** As WISDM is published. */
    @Test
    void aSemicolonMayEndLinesOfCommas() {
        String rows =
                "33,Walking,0,-0.5,12.5,0.5;\n33,Walking,50,1,2,3;\n33,Sitting,100,1,2,3;\n33,Sitting,150,1,2,3;\n";
        TestFiles.write(folder, "data.txt", rows);
        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo("data.txt line 1, column 2: 'Walking' is not a number (only the label may be a word: add a"
                        + " header line that names the columns, such as user,activity,timestamp,x,y,z)");

        for (String end : new String[] {"", ";"}) {
            TestFiles.write(folder, "data.txt", "user,activity,time_ms,x,y,z" + end + "\n" + rows);
            Dataset data = load(folder, "window", "2 samples", "scale", "0.5");
            assertThat(data.labels()).containsExactly("Sitting", "Walking");
            assertThat(data.signal().orElseThrow().channels()).containsExactly("x", "y", "z");
            assertThat(window(data, 0)).startsWith(-1, 25, 1);
        }
    }

    /** As PAMAP2 is published. */
    @Test
    void recordingsOfManyColumnsWithoutAHeader() {
        String rows = "8.38 1 NaN 30.5 2\n8.39 1 100 31.5 3\n8.40 2 NaN 30.5 4\n8.41 2 NaN 31.5 5\n";
        TestFiles.write(folder, "subject101.dat", rows);
        TestFiles.write(folder, "subject102.dat", rows);

        Expect.invalidInput(() -> DataSets.load(folder))
                .contains("holds several tables, subject101.dat, subject102.dat: if rows are samples,")
                .endsWith("if each is a recording, say time_column or rate, and label_column or label_pattern");
        TestFiles.write(folder, "dataset.toml", "time_column = '1'\nlabel_column = '2'\nwindow = '2 samples'\n");
        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo("subject101.dat line 1, column 3: 'NaN' stands for a value that is missing (fill the gap,"
                        + " remove the row, or leave the column out: columns, or --columns, names the others)");
        Dataset data = load(folder, "columns", "4,5", "scale", "0.5");
        assertThat(data.labels()).containsExactly("1", "2");
        assertThat(window(data, 0)).containsExactly(61, 4, 63, 6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x;y;label\n1,5;2,25;a\n3;4;b\n",
                "x\ty\tlabel\n1,5\t2,25\ta\n3\t4\tb\n",
                "sep=;\nx;y;label\n1,5;2,25;a\n3;4;b\n",
                "x;y;label;\n1,5;2,25;a;\n3;4;b;\n",
                "x;y;label\n1,5;2,25;a;\n3;4;b;\n",
                "x,y,label\n\"1,5\",\"2,25\",a\n3,4,b\n",
                "x;y;label\n[mm];[%];\n1,5;2,25;a\n3;4;b\n",
                "% made by hand\n\n// twice\nx;y;label\n1,5;2,25;a\n3;4;b\n",
                "#x;y;label\n1,5;2,25;a\n3;4;b\n",
                "\ufeffx;y;label\r\n1,5;2,25;a\r\n3;4;b\r\n",
            })
    void readsDecimalCommas(String text) {
        TestFiles.write(folder, "data.csv", text);

        Dataset data = DataSets.load(folder);

        assertThat(window(data, 0)).containsExactly(1.5f, 2.25f);
        assertThat(window(data, 1)).containsExactly(3, 4);
        assertThat(data.labels()).containsExactly("a", "b");
    }

    @Test
    void readsUtf16AndSpaces() {
        TestFiles.write(
                folder, "data.txt", "\ufeffx\ty\tlabel\n1\t2\t\u0142\n3\t4\tb\n".getBytes(StandardCharsets.UTF_16LE));
        assertThat(DataSets.load(folder).labels()).containsExactly("b", "\u0142");

        TestFiles.write(folder, "data.txt", "  1.5e0  -2   1\n -3.25   4   2 \n");
        Dataset data = DataSets.load(folder);
        assertThat(window(data, 1)).containsExactly(-3.25f, 4);
        assertThat(data.labels()).containsExactly("1", "2");
    }

    @Test
    void keepsTheLineNumbersOfTheFile() {
        TestFiles.write(folder, "data.csv", "# one\n# two\nx;label\nmm;\n1;a\nhand;b\n");

        Expect.invalidInput(() -> DataSets.load(folder)).startsWith("data.csv line 6, column 1 ('x'): 'hand' is");
    }

    /** Neither 1 and 5 nor 1.5 would be more than a guess. */
    @Test
    void commasCannotBeBoth() {
        TestFiles.write(folder, "data.csv", "x,y,label\n1,5,2,25,a\n");

        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo("data.csv line 2 has 5 columns, the header has 3: both must have the same (if commas are"
                        + " decimal, separate columns by semicolons)");
    }

    @Test
    void aTableHasTheColumnsThatTheUserChooses() {
        TestFiles.write(folder, "data.csv", "id,x,kind,y,label\n1,5,q,6,a\n2,7,r,8,b\n");

        assertThat(window(load(folder, "columns", "y,x"), 1)).containsExactly(8, 7);
        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo("data.csv line 2, column 3 ('kind'): 'q' is not a number (only the label may be a word)");
    }

    private static Dataset load(Path path, String... keysAndTexts) {
        TreeMap<String, String> texts = new TreeMap<>();
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            texts.put(keysAndTexts[i], keysAndTexts[i + 1]);
        }
        return DataSets.load(path, ReadOptions.NONE.with(new RecordingOptions(texts)));
    }

    private static float[] window(Dataset data, int i) {
        float[] values = new float[data.shape().elements()];
        data.read(i, values, 0);
        return values;
    }
}
