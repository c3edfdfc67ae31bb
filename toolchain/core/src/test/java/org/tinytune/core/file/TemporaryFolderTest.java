package org.tinytune.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
    @TempDir
    private Path outside;

    @Test
    void isGoneWithAllThatIsInItWhenClosed() throws IOException {
        Path path;
        try (TemporaryFolder folder = TemporaryFolder.create("test")) {
            path = folder.path();
            Files.createDirectories(path.resolve("a/b"));
            Files.writeString(path.resolve("a/b/c"), "content");
            assertThat(path.getFileName().toString()).startsWith("tinytune-test-");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void deletesLinksAndNotWhatTheyPointAt() throws IOException {
        Path kept = Files.writeString(outside.resolve("kept"), "content");
        Path folder = Files.createDirectory(outside.resolve("folder"));
        Files.createSymbolicLink(folder.resolve("link"), outside);
        TemporaryFolder.delete(folder);
        assertThat(folder).doesNotExist();
        assertThat(kept).exists();
    }
}
