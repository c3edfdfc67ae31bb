package org.tinytune.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.LinkedHashMap;
import java.util.Map;
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
    void followsALinkAndWritesToADevice() throws IOException {
        Path file = Files.writeString(folder.resolve("x.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        WholeFile.write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");

        WholeFile.write(Path.of("/dev/null"), "nothing");
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void saysWhichFileCannotBeWritten() {
        Path file = folder.resolve("absent/x.txt");
        assertThatThrownBy(() -> WholeFile.write(file, "content"))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": its folder does not exist");
    }

    /** As a disk that is full: the system names no file. */
    @Test
    void saysWhichFileThereIsNoRoomFor() {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        assertThatThrownBy(() -> WholeFile.write(full, "content"))
                .isInstanceOf(FileSystemException.class)
                .hasMessage("/dev/full: No space left on device");
    }

    @Test
    void leavesWhatIsThereIfItCannotBeReplaced() throws IOException {
        Path occupied = Files.createDirectory(folder.resolve("x"));
        Files.writeString(occupied.resolve("inside"), "kept");
        assertThatThrownBy(() -> WholeFile.write(occupied, "content")).isInstanceOf(IOException.class);
        assertThat(occupied.resolve("inside")).hasContent("kept");
        assertThat(folder.toFile().list()).containsExactly("x");
    }

    @Test
    void filesThatBelongTogetherReplaceTheOldOnesTogether() throws IOException {
        Path first = Files.writeString(folder.resolve("first"), "old");
        Path second = folder.resolve("second");
        WholeFile.writeAll(contents(first, "new", second, "too"));
        assertThat(first).hasContent("new");
        assertThat(second).hasContent("too");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("first", "second");
    }

    /** The last one cannot be written: nothing of the first ones is lost. */
    @Test
    void filesThatBelongTogetherAreLeftTogether() throws IOException {
        Path first = Files.writeString(folder.resolve("first"), "old");
        Path last = Files.createDirectory(folder.resolve("last"));
        assertThatThrownBy(() -> WholeFile.writeAll(contents(first, "new", last, "too")))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(last + ": is a folder");
        assertThat(first).hasContent("old");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("first", "last");
    }

    /** One of the old ones cannot be taken away, as in a folder where only a file's owner may: the others come back. */
    @Test
    void filesThatBelongTogetherComeBackTogether() throws IOException {
        Path first = Files.writeString(folder.resolve("first"), "old");
        Path last = Files.writeString(folder.resolve("last"), "kept");
        Path inTheWay = folder.resolve(".last." + ProcessHandle.current().pid() + ".old.part");
        Files.createFile(Files.createDirectory(inTheWay).resolve("x"));
        assertThatThrownBy(() -> WholeFile.writeAll(contents(first, "new", last, "too")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageStartingWith(last + ": ");
        assertThat(first).hasContent("old");
        assertThat(last).hasContent("kept");
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(
                        "first", "last", inTheWay.getFileName().toString());
    }

    private static Map<Path, byte[]> contents(Path first, String content, Path second, String other) {
        Map<Path, byte[]> contents = new LinkedHashMap<>();
        contents.put(first, content.getBytes(StandardCharsets.UTF_8));
        contents.put(second, other.getBytes(StandardCharsets.UTF_8));
        return contents;
    }
}
