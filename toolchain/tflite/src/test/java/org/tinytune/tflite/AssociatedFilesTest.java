package org.tinytune.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.TinytuneException;

class AssociatedFilesTest {
    private static final byte[] MODEL = "not really a model".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LABELS = "yes\nno\n".getBytes(StandardCharsets.UTF_8);

    private static UntrustedFile file(byte[] bytes) {
        return new UntrustedFile("m.tflite", ByteBuffer.wrap(bytes));
    }

    private static byte[] appended() {
        return AssociatedFiles.append(MODEL, new TreeMap<>(Map.of("labels.txt", LABELS, "a.json", new byte[0])));
    }

    @Test
    void javasZipReaderListsAndReadsThem(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("m.tflite");
        Files.write(path, appended());
        try (ZipFile zip = new ZipFile(path.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("a.json", "labels.txt");
            assertThat(zip.getInputStream(zip.getEntry("labels.txt")).readAllBytes())
                    .isEqualTo(LABELS);
            assertThat(zip.getEntry("labels.txt").getMethod()).isEqualTo(ZipEntry.STORED);
        }
    }

    @Test
    void theModelStaysInFront() {
        assertThat(appended()).startsWith(MODEL);
        assertThat(AssociatedFiles.append(MODEL, new TreeMap<>())).isEqualTo(MODEL);
    }

    @Test
    void readsWhatItWrote() {
        assertThat(AssociatedFiles.read(file(appended()), "labels.txt")).contains(LABELS);
        assertThat(AssociatedFiles.read(file(appended()), "a.json")).contains(new byte[0]);
        assertThat(AssociatedFiles.read(file(appended()), "b.json")).isEmpty();
        assertThat(AssociatedFiles.read(file(MODEL), "labels.txt")).isEmpty();
    }

    @Test
    void readsCompressedFilesWithACommentBehindThem() throws IOException {
        assertThat(AssociatedFiles.read(file(compressed("labels.txt", LABELS)), "labels.txt"))
                .contains(LABELS);
    }

    @Test
    void refusesAFileThatUnpacksToFarMore() throws IOException {
        byte[] bomb = compressed("labels.txt", new byte[1 << 24]);
        assertThat(bomb).hasSizeLessThan(1 << 16);
        assertThatThrownBy(() -> AssociatedFiles.read(file(bomb), "labels.txt"))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("m.tflite: is cut or damaged: 'labels.txt' has more than 4194304 bytes");
    }

    @Test
    void refusesContentThatWasAltered() {
        byte[] altered = appended();
        altered[new String(altered, StandardCharsets.ISO_8859_1).indexOf("yes")] = 'Y';
        assertThatThrownBy(() -> AssociatedFiles.read(file(altered), "labels.txt"))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("'labels.txt' cannot be unpacked");
    }

    private static byte[] compressed(String name, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setComment("a comment");
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return out.toByteArray();
    }
}
