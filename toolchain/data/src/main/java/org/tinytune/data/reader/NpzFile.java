package org.tinytune.data.reader;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * An {@code .npz} file among other files, or in an archive: NumPy's arrays in a zip archive of their own. They are
 * unpacked into memory, and only as far as a limit.
 */
final class NpzFile {
    private static final int MAX_BYTES = 1 << 29;
    private static final int MAX_ARRAYS = 1000;

    private NpzFile() {}

    /** Whether a file is one, by its name and content. */
    static boolean isOne(DataFile file, FileKind kind) {
        return kind == FileKind.ZIP && file.plainName().endsWith(".npz");
    }

    /**
     * Its arrays, each as a file.
     *
     * @param prefix before their names
     */
    static List<DataFile> arrays(DataFile file, String prefix) {
        return arrays(
                file, prefix, (int) Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / 4));
    }

    /** @param maxBytes of all arrays together, unpacked */
    static List<DataFile> arrays(DataFile file, String prefix, int maxBytes) {
        List<DataFile> arrays = new ArrayList<>();
        int left = maxBytes;
        try (ZipInputStream zip = new ZipInputStream(file.open())) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.getName().endsWith(".npy") || entry.getName().contains("/")) {
                    continue;
                }
                byte[] content = zip.readNBytes(left + 1);
                left -= content.length;
                if (left < 0 || arrays.size() == MAX_ARRAYS) {
                    throw file.invalid(" holds more than " + (maxBytes >> 20) + " MiB, or " + MAX_ARRAYS
                            + " arrays, when unpacked: unpack it into .npy files, or name it as the data");
                }
                arrays.add(new DataFile(prefix + entry.getName(), new InMemory(content)));
            }
        } catch (IOException e) {
            throw file.unreadable(e);
        }
        if (arrays.isEmpty()) {
            throw file.invalid(" holds no arrays: it is damaged, or no file of NumPy");
        }
        return arrays;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record InMemory(byte[] content) implements DataFile.Source {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content);
        }

        @Override
        public long size() {
            return content.length;
        }
    }
}
