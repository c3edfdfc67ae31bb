package org.tinytune.cli.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ProjectFilesTest {
    private static ProjectFiles files() {
        ProjectFiles files = new ProjectFiles();
        files.add("src/b.c", "int b;\n");
        files.add("README.md", "# ü\n");
        return files;
    }

    @Test
    void anArchiveHasTheSameBytesEverywhereAndAtAnyTime() {
        TimeZone before = TimeZone.getDefault();
        byte[] zip = files().zip();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            assertThat(files().zip()).isEqualTo(zip);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void anArchiveHoldsTheFilesInOrderWithoutTimes() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(files().zip()))) {
            for (String path : new String[] {"README.md", "src/b.c"}) {
                ZipEntry entry = zip.getNextEntry();
                assertThat(entry.getName()).isEqualTo(path);
                assertThat(entry.getTimeLocal()).isEqualTo(LocalDateTime.of(1980, 2, 1, 0, 0));
                assertThat(new String(zip.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(path.equals("README.md") ? "# ü\n" : "int b;\n");
            }
            assertThat(zip.getNextEntry()).isNull();
        }
    }

    @Test
    void aNameIsGivenOnce() {
        ProjectFiles files = files();
        assertThatThrownBy(() -> files.add("README.md", "")).hasMessageContaining("README.md");
    }
}
