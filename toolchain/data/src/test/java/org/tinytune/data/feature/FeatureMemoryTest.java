package org.tinytune.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.CacheFolder;
import org.tinytune.data.Dataset;
import org.tinytune.data.Parallel;
import org.tinytune.data.augmentation.Gain;

class FeatureMemoryTest {
    private static final int ROW_BYTES = 7;
    private static final Parallel PARALLEL = Parallel.of(3);

    @TempDir
    private Path folder;

    /** @param mappedBytes of one segment */
    private FeatureMemory files(int mappedBytes) {
        return new FeatureMemory(new CacheFolder(folder.resolve("cache")), 0, mappedBytes);
    }

    private static FeatureMemory heap() {
        return new FeatureMemory(new CacheFolder(Path.of("unused")), Long.MAX_VALUE, 1);
    }

    private static byte[] row(int i) {
        byte[] row = new byte[ROW_BYTES];
        Arrays.fill(row, (byte) i);
        row[i % ROW_BYTES] = -128;
        return row;
    }

    /** Rows that fill segments to the byte, leave some over, and are longer than one. */
    @Test
    void rowsAreWhatThreadsHavePutThere() {
        for (FeatureMemory memory : new FeatureMemory[] {heap(), files(3 * ROW_BYTES), files(25), files(1)}) {
            int count = memory.maxHeapBytes() == 0 ? 1001 : 40_001;
            FeatureRows rows = memory.rows(ROW_BYTES, count);
            assertThat(rows.get(count - 1)).containsOnly(0);

            PARALLEL.forEach(count, i -> rows.put(i, row(i)));

            assertThat(IntStream.range(0, count)).allMatch(i -> Arrays.equals(rows.get(i), row(i)));
        }
        assertThat(files(3 * ROW_BYTES).rows(ROW_BYTES, 7).blocks()).hasSize(3);
    }

    @Test
    void whatIsFewIsOnTheHeapAndMakesNoFolder() {
        FeatureMemory memory = new FeatureMemory(new CacheFolder(folder.resolve("cache")), 70, 1 << 20);

        assertThat(memory.rows(ROW_BYTES, 10).blocks()).allMatch(block -> !block.isDirect());
        assertThat(folder).isEmptyDirectory();
        assertThat(memory.rows(ROW_BYTES, 11).blocks()).allMatch(block -> block.isDirect());
    }

    @Test
    void aMappedFileHasNoNameAndWhatWasLeftIsRemoved() throws IOException {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Files.write(cache.resolve("1-1.features"), new byte[9]);
        Files.write(cache.resolve("a.windows"), new byte[9]);

        FeatureRows rows = files(1 << 20).rows(ROW_BYTES, 3);
        rows.put(2, row(2));

        assertThat(rows.get(2)).isEqualTo(row(2));
        try (Stream<Path> left = Files.list(cache)) {
            assertThat(left).containsExactly(cache.resolve("a.windows"));
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Files.createFile(folder.resolve("cache"));

        assertThatThrownBy(() -> files(1 << 20).rows(1 << 20, 3))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT))
                .hasMessageStartingWith(folder.resolve("cache") + " cannot hold another 3 MiB of features")
                .hasMessageContaining("TINYTUNE_CACHE");
    }

    @Test
    void featuresInAFileAreThoseInMemory() {
        Dataset windows = SyntheticWindows.tones(12, 600, 1.0 / 32768, 1);
        FeatureSamples inMemory = FeatureSamples.of(
                        FeatureDesign.READINGS.fit(windows, PARALLEL), windows, PARALLEL, heap())
                .varied(new Gain(12), 5);
        FeatureSamples inFile = FeatureSamples.of(
                        FeatureDesign.READINGS.fit(windows, PARALLEL), windows, PARALLEL, files(5000))
                .varied(new Gain(12), 5);
        float[] expected = new float[inMemory.shape().elements()];
        float[] read = new float[expected.length];
        for (int i = 0; i < windows.size(); i++) {
            inMemory.read(i, expected, 0);
            inFile.read(i, read, 0);
            assertThat(read).isEqualTo(expected);
            for (int epoch : new int[] {0, 1, 17}) {
                inMemory.readVaried(i, epoch, expected);
                inFile.readVaried(i, epoch, read);
                assertThat(read).as("window %d, epoch %d", i, epoch).isEqualTo(expected);
            }
        }
        assertThat(folder.resolve("cache")).isEmptyDirectory();
    }
}
