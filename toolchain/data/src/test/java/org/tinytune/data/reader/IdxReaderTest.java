package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.ValueRange;

class IdxReaderTest {
    private static final int BYTES = 0x08;

    @TempDir
    Path folder;

    @Test
    void readsTrainingAndTestFiles() throws IOException {
        writeValidSet();

        Dataset data = DataSets.load(folder);

        assertThat(data.shape()).isEqualTo(Shape.of(2, 2, 1));
        assertThat(data.size()).isEqualTo(3);
        assertThat(data.predefinedTest()).containsExactly(2);
        assertThat(data.labels()).containsExactly("3", "7");
        assertThat(values(data, 0)).containsExactly(1, 2, 3, 255);
        assertThat(values(data, 2)).containsExactly(9, 10, 11, 12);
        assertThat(data.target(2)).isZero();
        assertThat(data.declaredRange()).contains(ValueRange.BYTES);
    }

    @Test
    void readsGzipAndOtherNames() throws IOException {
        writeValidSet();
        String fingerprint = DataSets.load(folder).fingerprint();
        for (String name : new String[] {"train-images-idx3-ubyte", "train-labels-idx1-ubyte"}) {
            byte[] bytes = Files.readAllBytes(folder.resolve(name));
            Files.delete(folder.resolve(name));
            Files.write(
                    folder.resolve(name.contains("images") ? "pictures.gz" : "answers"),
                    name.contains("images") ? gzip(bytes) : bytes);
        }

        assertThat(DataSets.load(folder).fingerprint()).isEqualTo(fingerprint);
    }

    @Test
    void readsVectorsAndColourImages() throws IOException {
        write("train-labels", idx(BYTES, new int[] {2}, 0, 1));
        write("train-images", idx(BYTES, new int[] {2, 3}, 1, 2, 3, 4, 5, 6));
        assertThat(DataSets.load(folder).shape()).isEqualTo(Shape.of(3));

        write("train-images", idx(BYTES, new int[] {2, 1, 1, 3}, 1, 2, 3, 4, 5, 6));
        assertThat(DataSets.load(folder).shape()).isEqualTo(Shape.of(1, 1, 3));
    }

    @Test
    void namesLabelsAsTheDescriptorSays() throws IOException {
        writeValidSet();
        Files.writeString(
                folder.resolve("dataset.toml"), "labels = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\"]\n");
        Dataset data = DataSets.load(folder);
        assertThat(data.labels().get(data.target(0))).isEqualTo("d");

        Files.writeString(folder.resolve("dataset.toml"), "labels = [\"a\", \"b\", \"c\", \"d\"]\n");
        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo("train-labels-idx1-ubyte: label 7 at position 1 has no name in dataset.toml, which names 4");
    }

    @Test
    void refusesCountsThatDisagree() throws IOException {
        writeValidSet();
        write("train-labels-idx1-ubyte", idx(BYTES, new int[] {3}, 3, 7, 3));

        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo("train-images-idx3-ubyte holds 2 images, but train-labels-idx1-ubyte 3 labels: they do not"
                        + " belong together");
    }

    @Test
    void refusesImagesOfTwoSizes() throws IOException {
        writeValidSet();
        write("t10k-images-idx3-ubyte", idx(BYTES, new int[] {1, 2, 3}, 1, 2, 3, 4, 5, 6));

        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo(
                        "t10k-images-idx3-ubyte holds images of [2, 3], train-images-idx3-ubyte of [2, 2]: all images"
                                + " of a set must be of one size");
    }

    @Test
    void refusesCutAndOverlongFiles() throws IOException {
        writeValidSet();
        Path images = folder.resolve("train-images-idx3-ubyte");
        byte[] bytes = Files.readAllBytes(images);

        Files.write(images, Arrays.copyOf(bytes, bytes.length - 1));
        Expect.invalidInput(() -> DataSets.load(folder)).startsWith("train-images-idx3-ubyte ends too early");

        Files.write(images, Arrays.copyOf(bytes, bytes.length + 1));
        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo("train-images-idx3-ubyte holds 25 bytes, its header announces 24: it is damaged");

        Files.write(images, gzip(Arrays.copyOf(bytes, bytes.length - 1)));
        Expect.invalidInput(() -> DataSets.load(folder)).startsWith("train-images-idx3-ubyte ends too early");

        Files.write(images, gzip(Arrays.copyOf(bytes, bytes.length + 1)));
        Expect.invalidInput(() -> DataSets.load(folder)).contains("goes on after the 2 items");

        Files.write(images, Arrays.copyOf(bytes, 10));
        Expect.invalidInput(() -> DataSets.load(folder)).startsWith("train-images-idx3-ubyte ends too early");
    }

    @Test
    void refusesEmptyFilesByName() throws IOException {
        for (String name : List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte")) {
            writeValidSet();
            write(name, new byte[0]);
            Expect.invalidInput(() -> DataSets.load(folder)).isEqualTo(name + " is empty (bring it here again)");
        }
    }

    @Test
    void refusesMissingAndDoubledFiles() throws IOException {
        writeValidSet();
        Files.copy(folder.resolve("train-images-idx3-ubyte"), folder.resolve("train-images (copy)"));
        Expect.invalidInput(() -> DataSets.load(folder)).contains("both hold images of the same part: keep one");

        Files.delete(folder.resolve("train-images (copy)"));
        Files.delete(folder.resolve("train-labels-idx1-ubyte"));
        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo("train-images-idx3-ubyte has no label file beside it");

        Files.delete(folder.resolve("train-images-idx3-ubyte"));
        Expect.invalidInput(() -> DataSets.load(folder)).contains("holds test files but no training files");
    }

    @Test
    void refusesOtherElementTypesAndOneFileAlone() throws IOException {
        write("train-images", idx(0x0d, new int[] {1, 1, 1}, 0, 0, 0, 0));
        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo("train-images: IDX elements of type 0x0d are not read, only unsigned bytes (0x08)");
        Expect.invalidInput(() -> DataSets.load(folder.resolve("train-images")))
                .contains("one IDX file of several: give the folder");
    }

    @Test
    void refusesClaimsThatTheFileCannotHoldWithoutTakingMemoryForThem() throws IOException {
        write("train-labels", gzip(idx(BYTES, new int[] {1 << 29}, 1, 2, 3)));
        write("train-images", gzip(idx(BYTES, new int[] {1 << 29, 1, 1}, 1, 2, 3)));
        Expect.invalidInput(() -> DataSets.load(folder)).startsWith("train-").contains("ends too early");

        write("train-images", idx(BYTES, new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE}, 1));
        write("train-labels", idx(BYTES, new int[] {1}, 1));
        Expect.invalidInput(() -> DataSets.load(folder)).contains("more than the 1024 MiB that one file may hold");

        write("train-images", idx(BYTES, new int[] {-5, 1, 1}, 1));
        Expect.invalidInput(() -> DataSets.load(folder)).contains("announces an extent of -5");

        write("train-images", idx(BYTES, new int[] {0, 1, 1}));
        Expect.invalidInput(() -> DataSets.load(folder)).contains("announces an extent of 0");
    }

    @Test
    void refusesABombOfOneHugeImage() throws IOException {
        int side = 1 << 12;
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bomb)) {
            out.write(idx(BYTES, new int[] {1, side, side}));
            for (int y = 0; y < side; y++) {
                out.write(new byte[side]);
            }
        }
        write("train-images", bomb.toByteArray());
        write("train-labels", idx(BYTES, new int[] {1}, 1));

        Expect.invalidInput(() -> DataSets.load(folder)).contains("larger than the 4194304 values");
    }

    private void writeValidSet() throws IOException {
        write("train-images-idx3-ubyte", idx(BYTES, new int[] {2, 2, 2}, 1, 2, 3, 255, 5, 6, 7, 8));
        write("train-labels-idx1-ubyte", idx(BYTES, new int[] {2}, 3, 7));
        write("t10k-images-idx3-ubyte", idx(BYTES, new int[] {1, 2, 2}, 9, 10, 11, 12));
        write("t10k-labels-idx1-ubyte", idx(BYTES, new int[] {1}, 3));
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private static byte[] idx(int type, int[] extents, int... elements) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * extents.length + elements.length);
        buffer.putShort((short) 0).put((byte) type).put((byte) extents.length);
        Arrays.stream(extents).forEach(buffer::putInt);
        Arrays.stream(elements).forEach(e -> buffer.put((byte) e));
        return buffer.array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    private static float[] values(Dataset data, int i) {
        float[] values = new float[data.shape().elements()];
        data.read(i, values, 0);
        return values;
    }
}
