package org.tinytune.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFilesTest {
    @TempDir
    private Path folder;

    private final class Files16 {
        private final ScratchFiles files = new ScratchFiles(new CacheFolder(folder), "values");

        /** Room for one number, which is still there once all others have theirs. */
        int written(int number) {
            List<ByteBuffer> blocks = files.map(16, 8);
            blocks.get(1).putInt(4, number);
            return blocks.get(1).getInt(4);
        }
    }

    /** Each takes away the names that it finds, those of the others among them. */
    @Test
    void manyThreadsMakeFilesAtOnce() {
        Files16 files = new Files16();

        assertThat(IntStream.range(0, 2000).parallel().map(files::written).toArray())
                .containsExactly(IntStream.range(0, 2000).toArray());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void takesAwayWhatProcessesLeftAndNothingElse() throws IOException {
        for (String name : List.of("12-3.values", "sensor.values", "12-3.features", "a-1.values")) {
            Files.createFile(folder.resolve(name));
        }
        Files.createDirectory(folder.resolve("mine.values"));

        new Files16().written(1);

        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("sensor.values", "12-3.features", "a-1.values", "mine.values");
    }
}
