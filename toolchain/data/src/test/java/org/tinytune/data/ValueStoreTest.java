package org.tinytune.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

class ValueStoreTest {
    private static final int VALUES = 7;

    /** Three blocks, of which the last is not full. */
    private static final int SAMPLES = 400_000;

    private static final long BLOCK_BYTES = 1 << 20;

    @TempDir
    private Path folder;

    private ValueStore store(long maxHeapBytes) {
        return store(maxHeapBytes, folder.resolve("c"));
    }

    private static ValueStore store(long maxHeapBytes, Path files) {
        return new ValueStore(VALUES, maxHeapBytes, new ScratchFiles(new CacheFolder(files), "values"));
    }

    /** @param firstFloats the first sample that is not of bytes */
    private static void fill(ValueStore store, int firstFloats) {
        float[] floats = new float[VALUES];
        byte[] bytes = new byte[VALUES];
        for (int i = 0; i < SAMPLES; i++) {
            for (int v = 0; v < VALUES; v++) {
                bytes[v] = (byte) (i + 31 * v);
                floats[v] = expected(i, v, firstFloats);
            }
            if (i % 2 == 0 && i != firstFloats) {
                store.add(bytes);
            } else {
                store.add(floats);
            }
        }
        store.trim();
    }

    private static float expected(int sample, int value, int firstFloats) {
        int unsigned = (sample + 31 * value) & 0xff;
        return sample == firstFloats ? -0.5f - unsigned : unsigned;
    }

    private static String digest(ValueStore store) {
        MessageDigest digest = Sha256.create();
        store.digest(digest);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** On the heap, in files, and begun on the heap; of bytes, and with a float in the first block, or in the last. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1001, SAMPLES - 1})
    void valuesAreTheSameInFilesAndInMemory(int firstFloats) {
        ValueStore heap = store(Long.MAX_VALUE);
        fill(heap, firstFloats);
        String expected = digest(heap);
        long width = firstFloats < 0 ? 1 : Float.BYTES;
        assertThat(heap.storedBytes()).isEqualTo(width * SAMPLES * VALUES);
        assertThat(folder).isEmptyDirectory();
        for (int maxBlocks : new int[] {0, 1, 4, 6, 13}) {
            long maxHeapBytes = maxBlocks * BLOCK_BYTES;
            Path files = folder.resolve("heap of " + maxBlocks);
            ValueStore store = store(maxHeapBytes, files);
            fill(store, firstFloats);

            assertThat(digest(store)).as("%d bytes of heap", maxHeapBytes).isEqualTo(expected);
            assertThat(store.size()).isEqualTo(SAMPLES);
            float[] read = new float[VALUES + 2];
            for (int i = 0; i < SAMPLES; i++) {
                store.read(i, read, 1);
                for (int v = 0; v < VALUES; v++) {
                    if (read[1 + v] != expected(i, v, firstFloats)) {
                        assertThat(read[1 + v])
                                .as("value %d of sample %d", v, i)
                                .isEqualTo(expected(i, v, firstFloats));
                    }
                }
            }
            assertThat(Files.exists(files))
                    .as("files beside %d bytes of heap", maxHeapBytes)
                    .isEqualTo(3 * width * BLOCK_BYTES > maxHeapBytes);
            if (Files.exists(files)) {
                assertThat(files).isEmptyDirectory();
            }
        }
    }

    /** Fingerprints of data sets, which are in models, must not change. */
    @ParameterizedTest
    @CsvSource({
        "-1, 582b27bdfb9e8c8e88a1995af86b2c6b6e832f65de0d7c565dab3ba06ec3ecc5",
        "0, 9f97f537baf3a038f4b993ad61831b84d5fa6da31c5750f77b9b497250c8edb9"
    })
    void digestsAreThoseOfTheValuesAlone(int firstFloats, String expected) {
        ValueStore store = store(0);
        fill(store, firstFloats);

        assertThat(digest(store)).isEqualTo(expected);
    }

    @Test
    void whatTheHeapHoldsMakesNoFolder() {
        ValueStore store = store(BLOCK_BYTES);
        store.add(new byte[VALUES]);
        store.trim();

        assertThat(folder).isEmptyDirectory();
        assertThat(store.storedBytes()).isEqualTo(VALUES);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Files.createFile(folder.resolve("c"));

        assertThatThrownBy(() -> store(0).add(new byte[VALUES]))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT))
                .hasMessageStartingWith(folder.resolve("c") + " cannot hold another 63 MiB of values");
    }
}
