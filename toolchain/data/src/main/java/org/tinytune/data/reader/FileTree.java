package org.tinytune.data.reader;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * The files of a data set: those of a folder and all that is in it, or of a zip archive, which is read in place. Their
 * order is that of their names, in Unicode's normal form C, whatever the file system thinks.
 *
 * <p>Hidden files are left out, as is what operating systems leave beside them. A link to a folder that it lies in is
 * not followed.
 */
final class FileTree implements Closeable {
    private static final int MAX_FILES = 500_000;
    private static final int MAX_DEPTH = 32;

    /** What operating systems leave in folders. */
    private static final Set<String> LITTER =
            Set.of("__macosx", "thumbs.db", "desktop.ini", "$recycle.bin", "system volume information");

    private final Path shown;
    private final String name;
    private final Closeable archive;
    private final List<DataFile> files;
    private final Optional<DataFile> descriptor;
    private final Map<String, DataFile> byName = new HashMap<>();
    private final Map<DataFile, FileKind> kinds = new HashMap<>();

    private FileTree(Path shown, String name, List<DataFile> all, Closeable archive) {
        this.shown = shown;
        this.name = name;
        this.archive = archive;
        this.descriptor = all.stream()
                .filter(f -> f.name().equals(DatasetDescriptor.FILE_NAME))
                .findFirst();
        this.files = all.stream()
                .filter(f -> !f.fileName().equals(DatasetDescriptor.FILE_NAME))
                .sorted(Comparator.comparing((DataFile f) -> normal(f.name())).thenComparing(DataFile::name))
                .toList();
        files.forEach(f -> byName.put(normal(f.name()), f));
    }

    /** The files of a folder. */
    static FileTree ofFolder(Path shown, Path folder) {
        List<DataFile> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                    return !dir.equals(folder) && isHidden(dir.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()
                            && !isHidden(file.getFileName().toString())) {
                        found.add(new DataFile(relative(folder, file), DataFile.onDisk(file)));
                    }
                    if (found.size() > MAX_FILES) {
                        throw invalid(shown + " holds more than " + MAX_FILES + " files: name the folder of the data");
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                    if (why instanceof FileSystemLoopException) {
                        return FileVisitResult.CONTINUE;
                    }
                    if (why instanceof AccessDeniedException) {
                        throw invalid(relative(folder, file)
                                + " may not be read (permission denied): allow it, or move it away");
                    }
                    throw why;
                }
            });
        } catch (IOException e) {
            throw new TinytuneException(ExitCode.INVALID_INPUT, shown + " cannot be listed: " + e.getMessage(), e);
        }
        return new FileTree(shown, String.valueOf(folder.getFileName()), found, () -> {});
    }

    /** The files of an archive, which is open until the tree is closed. */
    static FileTree ofZip(Path shown, Path file) {
        ZipArchive zip = ZipArchive.open(new DataFile(file), file);
        List<DataFile> visible = zip.files().stream()
                .filter(f -> List.of(f.name().split("/")).stream().noneMatch(FileTree::isHidden))
                .toList();
        return new FileTree(shown, new DataFile(file).baseName(), withoutCommonFolder(visible), zip);
    }

    /** An archive often holds nothing but one folder, in which everything is. */
    private static List<DataFile> withoutCommonFolder(List<DataFile> files) {
        int slash = files.isEmpty() ? -1 : files.get(0).name().indexOf('/');
        if (slash < 0) {
            return files;
        }
        String folder = files.get(0).name().substring(0, slash + 1);
        boolean described = files.stream().anyMatch(f -> f.name().equals(folder + DatasetDescriptor.FILE_NAME));
        boolean deeper = files.stream().anyMatch(f -> f.name().indexOf('/', slash + 1) > 0);
        if (!files.stream().allMatch(f -> f.name().startsWith(folder)) || !(described || deeper)) {
            return files;
        }
        return files.stream()
                .map(f -> new DataFile(f.name().substring(slash + 1), f.source()))
                .toList();
    }

    private static String relative(Path folder, Path file) {
        String name =
                folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        if (name.indexOf('\uFFFD') >= 0) {
            throw invalid("the name of " + name + " cannot be read in this locale: set LC_ALL=C.UTF-8, or another of"
                    + " UTF-8, and run it again");
        }
        return name;
    }

    private static boolean isHidden(String fileName) {
        return fileName.startsWith(".") || LITTER.contains(fileName.toLowerCase(Locale.ROOT));
    }

    private static String normal(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** The folder or archive, as the user called it. */
    Path shown() {
        return shown;
    }

    /** Its own name. */
    String name() {
        return name;
    }

    /** What says what the data cannot say themselves. */
    Optional<DataFile> descriptor() {
        return descriptor;
    }

    /** All files but the descriptor, in order. */
    List<DataFile> files() {
        return files;
    }

    /** Those of some kinds. */
    List<DataFile> files(FileKind... wanted) {
        List<FileKind> kindsWanted = List.of(wanted);
        return files.stream().filter(f -> kindsWanted.contains(kind(f))).toList();
    }

    /** Those that lie in no folder. */
    List<DataFile> topFiles() {
        return files.stream().filter(f -> f.name().indexOf('/') < 0).toList();
    }

    /** The file of that name, with slashes. */
    Optional<DataFile> find(String relativeName) {
        return Optional.ofNullable(byName.get(normal(relativeName)));
    }

    /** What a file of this tree is. */
    FileKind kind(DataFile file) {
        return kinds.computeIfAbsent(file, DataFile::kind);
    }

    @Override
    public void close() {
        try {
            archive.close();
        } catch (IOException e) {
            throw new TinytuneException(ExitCode.INVALID_INPUT, shown + " cannot be closed: " + e.getMessage(), e);
        }
    }

    private static TinytuneException invalid(String message) {
        return new TinytuneException(ExitCode.INVALID_INPUT, message);
    }
}
