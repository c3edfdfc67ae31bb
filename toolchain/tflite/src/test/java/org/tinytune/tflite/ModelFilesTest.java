package org.tinytune.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;

class ModelFilesTest {
    @TempDir
    private Path folder;

    private void assertRefused(Path path, String message) {
        assertThatThrownBy(() -> ModelFiles.load(path))
                .isInstanceOf(TinytuneException.class)
                .hasMessage(path + ": " + message)
                .extracting(e -> ((TinytuneException) e).exitCode())
                .isEqualTo(ExitCode.INVALID_INPUT);
    }

    @Test
    void loadsWhatItSaved() throws IOException {
        Graph graph = SampleGraphs.described();
        Path path = folder.resolve("best.tflite");
        Files.writeString(path, "an older file");
        ModelFiles.save(graph, path);
        assertThat(ModelFiles.load(path)).isEqualTo(graph);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(path);
        }
    }

    @Test
    void refusesAFileThatIsMissing() {
        assertRefused(folder.resolve("none.tflite"), "there is no such file");
    }

    @Test
    void refusesAFolder() {
        assertRefused(folder, "is a folder, not a .tflite file");
    }

    @Test
    void refusesAnotherKindOfFile() throws IOException {
        Path path = folder.resolve("data.csv");
        Files.writeString(path, "1,2,3\n");
        assertRefused(path, "is no TFLite model (6 bytes, no 'TFL3' at byte 4)");
    }

    @Test
    void refusesAFileThatIsCut() throws IOException {
        byte[] whole = TfliteWriter.write(SampleGraphs.described());
        Path path = folder.resolve("cut.tflite");
        Files.write(path, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> ModelFiles.load(path))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith(path + ": is cut or damaged: ");
    }

    @Test
    void leavesNothingBehindWhenItCannotSave() throws IOException {
        Path path = folder.resolve("occupied");
        Files.createDirectories(path.resolve("inside"));
        assertThatThrownBy(() -> ModelFiles.save(SampleGraphs.described(), path))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith(path + ": cannot be written");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(path);
        }
    }
}
