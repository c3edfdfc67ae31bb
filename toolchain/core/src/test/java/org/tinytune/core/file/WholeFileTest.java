package org.tinytune.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    private Path folder;

    @Test
    void replacesWhatIsThereAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("x.txt");
        WholeFile.write(file, "first, and longer");
        WholeFile.write(file, "zwei: ä");
        assertThat(file).hasContent("zwei: ä");
        assertThat(folder.toFile().list()).containsExactly("x.txt");
    }

    @Test
    void othersMayReadItAsTheyMayAnyNewFile() throws IOException {
        Path file = folder.resolve("x.txt");
        WholeFile.write(file, "content");
        Path ordinary = Files.writeString(folder.resolve("y.txt"), "content");
        if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(ordinary));
        }
    }

    @Test
    void leavesWhatIsThereIfItCannotBeReplaced() throws IOException {
        Path occupied = Files.createDirectory(folder.resolve("x"));
        Files.writeString(occupied.resolve("inside"), "kept");
        assertThatThrownBy(() -> WholeFile.write(occupied, "content")).isInstanceOf(IOException.class);
        assertThat(occupied.resolve("inside")).hasContent("kept");
        assertThat(folder.toFile().list()).containsExactly("x");
    }
}
