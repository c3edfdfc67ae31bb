package org.tinytune.data.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Dataset;

/**
 * The way from a folder or file to a data set. What is there is found by content:
 *
 * <ul>
 *   <li>a CSV file ({@code .csv}, {@code .tsv}, {@code .txt} or {@code .data}, also {@code .gz}), or {@code train.csv}
 *       and {@code test.csv};
 *   <li>IDX files of images and labels, under any name.
 * </ul>
 *
 * A file {@code dataset.toml} beside the data may add what they cannot say themselves.
 */
public final class DataSets {
    private static final int HEAD_BYTES = 4096;
    private static final int MAX_FILES_SHOWN = 5;
    private static final String READABLE = "a CSV file with a label column, or IDX files of images and labels";

    private DataSets() {}

    /**
     * Reads the data set in a folder, or that of a single CSV file.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if there is none, or it has a mistake; the message
     *     names file, line and column
     */
    public static Dataset load(Path folderOrFile) {
        return load(folderOrFile, ReadOptions.NONE);
    }

    /**
     * The same with what the user says of it.
     *
     * @throws TinytuneException as above
     */
    public static Dataset load(Path folderOrFile, ReadOptions options) {
        Path path = folderOrFile.toAbsolutePath().normalize();
        if (Files.isRegularFile(path)) {
            return loadFile(folderOrFile, new DataFile(path), options);
        }
        if (Files.isDirectory(path)) {
            return loadFolder(folderOrFile, path, options);
        }
        throw invalid(folderOrFile + " does not exist (give a folder, or a CSV file)");
    }

    private static Dataset loadFile(Path shown, DataFile file, ReadOptions options) {
        if (kind(file) == Kind.IDX) {
            throw invalid(shown + " is one IDX file of several: give the folder that holds them");
        }
        DatasetDescriptor found = DatasetDescriptor.ofFolder(file.path().getParent());
        boolean ofThisFile = found.file().map(file.name()::equals).orElse(true);
        return loadTable(file, (ofThisFile ? found : DatasetDescriptor.NONE).with(options), baseName(file));
    }

    private static Dataset loadFolder(Path shown, Path folder, ReadOptions options) {
        DatasetDescriptor descriptor = DatasetDescriptor.ofFolder(folder).with(options);
        String name = String.valueOf(folder.getFileName());
        if (descriptor.file().isPresent()) {
            DataFile file = new DataFile(folder.resolve(descriptor.file().get()));
            if (!Files.isRegularFile(file.path())) {
                throw invalid(shown + " has no file '" + file.name() + "', which its " + DatasetDescriptor.FILE_NAME
                        + " names");
            }
            return loadTable(file, descriptor, name);
        }
        List<DataFile> files = files(shown, folder);
        if (files.isEmpty()) {
            throw invalid(shown + " is empty (put " + READABLE + " there)");
        }
        List<DataFile> idx = files.stream().filter(f -> kind(f) == Kind.IDX).toList();
        if (!idx.isEmpty()) {
            requireContent(files);
            return IdxReader.read(idx, descriptor, name);
        }
        List<DataFile> csv = files.stream()
                .filter(f -> isNamedAsTable(f) && kind(f) == Kind.TEXT)
                .toList();
        if (csv.isEmpty()) {
            throw invalid(shown + " holds no data that can be read, only " + names(files) + " (readable are " + READABLE
                    + ")");
        }
        return loadTables(shown, csv, descriptor, name);
    }

    /** An empty file would be taken for none: as an IDX file, it is known by its name alone. */
    private static void requireContent(List<DataFile> files) {
        for (DataFile file : files) {
            if (isEmpty(file) && Stream.of("-ubyte", "images", "labels").anyMatch(file.plainName()::contains)) {
                throw file.invalid(" is empty (bring it here again)");
            }
        }
    }

    private static boolean isEmpty(DataFile file) {
        try {
            return file.head(1).length == 0;
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    private static Dataset loadTable(DataFile file, DatasetDescriptor descriptor, String name) {
        if (kind(file) != Kind.TEXT) {
            throw file.invalid(" is of a kind that is not read here (readable are " + READABLE + ")");
        }
        return CsvReader.read(file, Optional.empty(), descriptor, name);
    }

    /** One table, or one for training and one for testing. */
    private static Dataset loadTables(Path shown, List<DataFile> csv, DatasetDescriptor descriptor, String name) {
        if (csv.size() == 1) {
            return CsvReader.read(csv.get(0), Optional.empty(), descriptor, name);
        }
        Optional<DataFile> training =
                csv.stream().filter(f -> baseName(f).equalsIgnoreCase("train")).findFirst();
        Optional<DataFile> test =
                csv.stream().filter(f -> baseName(f).equalsIgnoreCase("test")).findFirst();
        if (csv.size() > 2 || training.isEmpty() || test.isEmpty()) {
            throw invalid(shown + " holds several tables, " + names(csv) + ": call them train.csv and test.csv, or say"
                    + " in " + DatasetDescriptor.FILE_NAME + " which one is meant (file = \"...\")");
        }
        return CsvReader.read(training.get(), test, descriptor, name);
    }

    /** All plain files of a folder but the descriptor and hidden ones, by name. */
    private static List<DataFile> files(Path shown, Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .filter(p -> !p.getFileName().toString().startsWith("."))
                    .filter(p -> !p.getFileName().toString().equals(DatasetDescriptor.FILE_NAME))
                    .sorted()
                    .map(DataFile::new)
                    .toList();
        } catch (IOException e) {
            throw new TinytuneException(ExitCode.INVALID_INPUT, shown + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static Kind kind(DataFile file) {
        byte[] head;
        try {
            head = file.head(HEAD_BYTES);
        } catch (IOException e) {
            throw file.unreadable(e);
        }
        if (IdxFile.begins(head)) {
            return Kind.IDX;
        }
        return DataFile.isBinary(head) ? Kind.BINARY : Kind.TEXT;
    }

    private static boolean isNamedAsTable(DataFile file) {
        return Stream.of(".csv", ".tsv", ".txt", ".data").anyMatch(file.plainName()::endsWith)
                && !file.plainName().startsWith("readme")
                && !file.plainName().startsWith("licen");
    }

    /** {@code digits} of {@code digits.csv.gz}. */
    private static String baseName(DataFile file) {
        int dot = file.name().indexOf('.');
        return dot > 0 ? file.name().substring(0, dot) : file.name();
    }

    private static String names(List<DataFile> files) {
        String first = files.stream().limit(MAX_FILES_SHOWN).map(DataFile::name).collect(Collectors.joining(", "));
        return files.size() <= MAX_FILES_SHOWN ? first : first + " and " + (files.size() - MAX_FILES_SHOWN) + " more";
    }

    private static TinytuneException invalid(String message) {
        return new TinytuneException(ExitCode.INVALID_INPUT, message);
    }

    /** What a file's first bytes tell. */
    private enum Kind {
        IDX,
        TEXT,
        BINARY
    }
}
