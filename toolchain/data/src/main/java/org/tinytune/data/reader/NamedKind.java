package org.tinytune.data.reader;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What the endings of file names promise. A file is read by its content, but one that is called as the data around it
 * and holds something else has been damaged, or saved as something else: to leave it out in silence would be wrong.
 */
enum NamedKind {
    SOUND(
            "a WAV file",
            FileKind.WAV,
            List.of(".wav"),
            "WAV",
            List.of(".mp3", ".flac", ".ogg", ".opus", ".m4a", ".aac", ".wma", ".aif", ".aiff")),
    TABLE("a CSV file", FileKind.TEXT, List.of(".csv", ".tsv"), "CSV", List.of(".xlsx", ".xls", ".ods")),
    ARRAY("a NumPy array", FileKind.NPY, List.of(".npy"), "NPY", List.of(".mat", ".h5", ".hdf5")),
    IMAGE(
            "an image",
            FileKind.IMAGE,
            List.of(".png", ".jpg", ".jpeg", ".bmp"),
            "PNG",
            List.of(".heic", ".heif", ".webp", ".avif", ".gif", ".tif", ".tiff"));

    private static final int MAX_SHOWN = 3;

    private final String called;
    private final FileKind kind;
    private final List<String> endings;
    private final String format;
    private final List<String> foreign;

    /**
     * A kind of data.
     *
     * @param called what files of these endings are called
     * @param kind what they have to hold
     * @param format to convert others to
     * @param foreign endings of the same kind of data in formats that are not read
     */
    NamedKind(String called, FileKind kind, List<String> endings, String format, List<String> foreign) {
        this.called = called;
        this.kind = kind;
        this.endings = endings;
        this.format = format;
        this.foreign = foreign;
    }

    /**
     * The files of this kind, by content.
     *
     * @throws org.tinytune.core.TinytuneException with {@link org.tinytune.core.ExitCode#INVALID_INPUT} if another is
     *     called as if it were one
     */
    List<DataFile> files(FileTree tree) {
        for (DataFile file : tree.files()) {
            if (endings.stream().anyMatch(file.plainName()::endsWith) && tree.kind(file) != kind) {
                throw file.invalid(" is called " + called + ", but is none (" + instead(file, tree.kind(file)) + ")");
            }
        }
        return tree.files(kind);
    }

    /** The note of files of the same kind of data that are not read; empty if there are none. */
    Optional<String> leftOut(FileTree tree) {
        List<String> names = tree.files().stream()
                .filter(f -> foreign.stream().anyMatch(f.plainName()::endsWith))
                .map(DataFile::name)
                .toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String shown = ColumnNames.list(names.subList(0, Math.min(MAX_SHOWN, names.size())))
                + (names.size() > MAX_SHOWN ? ", ..." : "");
        return Optional.of("left out: " + names.size() + (names.size() == 1 ? " file (" : " files (") + shown
                + "): convert " + (names.size() == 1 ? "it" : "them") + " to " + format);
    }

    private static String instead(DataFile file, FileKind kind) {
        return file.foreign()
                .or(() -> Optional.ofNullable(
                        switch (kind) {
                            case ZIP -> "it is a zip archive, as workbooks are: save it as CSV";
                            case TEXT -> "it is text";
                            case IMAGE -> "it is an image";
                            case WAV -> "it is a WAV file";
                            case NPY -> "it is a NumPy array";
                            default -> isBareUtf16(file) ? "it is UTF-16 without a mark: save it as UTF-8" : null;
                        }))
                .orElse("it is damaged");
    }

    /** Whether every second byte is zero where the text is ASCII, as its first characters are. */
    private static boolean isBareUtf16(DataFile file) {
        try {
            String head = new String(file.head(8), StandardCharsets.ISO_8859_1);
            return head.matches("([^\0]\0){4}") || head.matches("(\0[^\0]){4}");
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }
}
