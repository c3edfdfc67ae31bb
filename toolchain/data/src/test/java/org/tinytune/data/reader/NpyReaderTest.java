package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.data.reader.TestFiles.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.recording.RecordingOptions;

class NpyReaderTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "|i1, 0280, 2 -128",
        "|u1, 02ff, 2 255",
        "<i2, 0200ff7f, 2 32767",
        ">i2, 00027fff, 2 32767",
        "<u2, 0200ffff, 2 65535",
        "<i4, 02000000ffffffff, 2 -1",
        ">u4, 00000002ffffffff, 2 4294967295",
        "<i8, 0200000000000000ffffffffffffffff, 2 -1",
        "<f2, 00400038, 2 0.5",
        "<f4, 000000400000003f, 2 0.5",
        ">f4, 400000003f000000, 2 0.5",
        "<f8, 0000000000000040000000000000e03f, 2 0.5",
        "|b1, 0100, 1 0",
        "<f2, 01000084, 5.9604645e-8 -6.1035156e-5",
    })
    void readsNumbersOfAnyKind(String type, String hex, String expected) {
        NpyArray array = read(npy(type, false, "2,", HexFormat.of().parseHex(hex)));

        String[] values = expected.split(" ");
        assertThat(array.numbers()).containsExactly(Float.parseFloat(values[0]), Float.parseFloat(values[1]));
    }

    @Test
    void columnOrderBecomesRowOrder() {
        NpyArray array = read(npy("|u1", true, "2, 3", new byte[] {1, 4, 2, 5, 3, 6}));

        assertThat(array.numbers()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void readsTexts() {
        byte[] texts = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt('j')
                .putInt(0xe4)
                .putInt('n')
                .putInt(0)
                .array();
        NpyArray array = read(npy("<U2", false, "2,", texts));

        assertThat(array.label(0)).isEqualTo("j\u00e4");
        assertThat(array.label(1)).isEqualTo("n");
    }

    @Test
    void saysWhatIsWrong() {
        refuses(npy("|O", false, "2,", new byte[20]))
                .startsWith("X.npy holds Python objects, which are not read, for to load them is to run them");
        refuses(npy("<c8", false, "2,", new byte[16])).startsWith("X.npy holds elements of type 'c8'");
        refuses(npy("<f4", false, "2,", new byte[7]))
                .contains("its header announces")
                .endsWith("cut off or damaged");
        refuses(npy("<f4", false, "99999, 99999", new byte[8])).contains("one array may have 134217728");
        refuses(npy("<f4", false, "99999999999, 2", new byte[8])).contains("more than can be held");
        refuses(npy("<f4", false, "0, 4", new byte[0])).isEqualTo("X.npy is empty: its shape is [0, 4]");
        refuses(npy("<f4", false, "1,", new byte[] {0, 0, (byte) 0xc0, 0x7f}))
                .isEqualTo("X.npy: element 0 is NaN, which is no reading (fill the gap)");
        refuses(npy("<f4", false, "x", new byte[4])).startsWith("X.npy: its header is damaged");
        refuses(Arrays.copyOf(npy("<f4", false, "1,", new byte[4]), 30)).startsWith("X.npy ends too early");
    }

    @Test
    void readsSamplesAndTheirClasses() {
        write("X.npy", npy("|u1", false, "3, 2", new byte[] {1, 2, 3, 4, 5, 6}));
        write("y.npy", npy("<i4", false, "3,", new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0}));
        write("groups.npy", npy("|S1", false, "3,", "aab".getBytes(StandardCharsets.US_ASCII)));

        Dataset data = DataSets.load(folder);

        assertThat(data.shape()).isEqualTo(Shape.of(2));
        assertThat(data.labels()).containsExactly("0", "1");
        assertThat(data.target(0)).isOne();
        assertThat(data.groups()).containsExactly("a", "b");
    }

    @Test
    void readsAnArchiveOfArrays() {
        Path npz = TestFiles.write(
                folder,
                "set.npz",
                TestFiles.zip(Map.of(
                        "x_train.npy", npy("|u1", false, "2, 2, 1", new byte[] {1, 2, 3, 4}),
                        "y_train.npy", npy("|u1", false, "2,", new byte[] {0, 1}),
                        "x_test.npy", npy("|u1", false, "1, 2, 1", new byte[] {5, 6}),
                        "y_test.npy", npy("|u1", false, "1,", new byte[] {1}))));

        Dataset data = DataSets.load(npz);

        assertThat(data.shape()).isEqualTo(Shape.of(2, 1, 1));
        assertThat(data.predefinedTest()).containsExactly(2);
    }

    @Test
    void withARateWindowsAreInt16() {
        write("X.npy", npy("<f4", false, "2, 1", HexFormat.of().parseHex("000000400000003f")));
        write("y.npy", npy("|u1", false, "2,", new byte[] {0, 1}));

        Dataset data = DataSets.load(
                folder, ReadOptions.NONE.with(new RecordingOptions(new TreeMap<>(Map.of("rate", "100")))));

        assertThat(data.signal().orElseThrow().scale()).isEqualTo(0.0001);
        float[] window = new float[1];
        data.read(1, window, 0);
        assertThat(window).containsExactly(5000);
    }

    @Test
    void groupsOfOnePartAloneAreRefused() {
        write("X_train.npy", npy("|u1", false, "2, 1", new byte[] {1, 2}));
        write("y_train.npy", npy("|u1", false, "2,", new byte[] {0, 1}));
        write("subject_train.npy", npy("|u1", false, "2,", new byte[] {7, 8}));
        write("X_test.npy", npy("|u1", false, "1, 1", new byte[] {3}));
        write("y_test.npy", npy("|u1", false, "1,", new byte[] {1}));

        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo("X_test.npy has samples without groups, those of X_train.npy have some: add an array called"
                        + " subject_test, or remove subject_train.npy");

        write("subject_test.npy", npy("|u1", false, "1,", new byte[] {9}));
        assertThat(DataSets.load(folder).groups()).containsExactly("7", "8", "9");
    }

    @ParameterizedTest
    @CsvSource({"X_val.npy, y_val.npy", "dev_X.npy, dev_y.npy", "validation/X.npy, validation/y.npy"})
    void aValidationPartIsForTrainingToo(String values, String targets) {
        write("X_train.npy", npy("|u1", false, "2, 1", new byte[] {1, 2}));
        write("y_train.npy", npy("|u1", false, "2,", new byte[] {0, 1}));
        write(values, npy("|u1", false, "1, 1", new byte[] {3}));
        write(targets, npy("|u1", false, "1,", new byte[] {1}));
        write("X_test.npy", npy("|u1", false, "1, 1", new byte[] {4}));
        write("y_test.npy", npy("|u1", false, "1,", new byte[] {0}));

        Dataset data = DataSets.load(folder);

        assertThat(data.size()).isEqualTo(4);
        assertThat(data.predefinedTest()).containsExactly(3);
        float[] value = new float[1];
        data.read(2, value, 0);
        assertThat(value).containsExactly(3);
        assertThat(data.target(2)).isOne();
    }

    @Test
    void theTestPartHasNoSayInTheScale() {
        write("X_train.npy", npy("<f4", false, "2, 1", HexFormat.of().parseHex("000000400000003f")));
        write("y_train.npy", npy("|u1", false, "2,", new byte[] {0, 1}));
        write("X_test.npy", npy("<f4", false, "1, 1", HexFormat.of().parseHex("00000041")));
        write("y_test.npy", npy("|u1", false, "1,", new byte[] {0}));

        DataInspection found = DataSets.inspect(
                folder, ReadOptions.NONE.with(new RecordingOptions(new TreeMap<>(Map.of("rate", "100")))));

        assertThat(found.dataset().signal().orElseThrow().scale()).isEqualTo(0.0001);
        float[] window = new float[1];
        found.dataset().read(2, window, 0);
        assertThat(window).containsExactly(32767);
        assertThat(found.notes()).anyMatch(note -> note.startsWith("the test part holds readings up to 8"));
    }

    @Test
    void saysWhichArraysAreMissing() {
        write("X.npy", npy("|u1", false, "2, 1", new byte[] {1, 2}));
        Expect.invalidInput(() -> DataSets.load(folder))
                .endsWith("holds samples, X.npy, but not what they are: an array called y is missing");
        write("y.npy", npy("|u1", false, "3,", new byte[3]));
        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo("y.npy has 3 rows, X.npy has 2: both must have the same");
    }

    private void write(String name, byte[] content) {
        TestFiles.write(folder, name, content);
    }

    private NpyArray read(byte[] content) {
        return NpyArray.read(new DataFile(TestFiles.write(folder, "X.npy", content)));
    }

    private AbstractStringAssert<?> refuses(byte[] content) {
        return Expect.invalidInput(() -> read(content));
    }
}
