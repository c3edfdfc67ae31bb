package org.tinytune.data.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Dataset;
import org.tinytune.data.reader.Layout.Placed;
import org.tinytune.data.reader.Layout.Placement;
import org.tinytune.data.recording.DataPart;
import org.tinytune.data.recording.RecordingOptions;

/**
 * The way from a folder, a zip archive or a file to a data set. What is there is found by content, in this order:
 *
 * <ul>
 *   <li>IDX files of images and labels, under any name;
 *   <li>recordings of Edge Impulse, as it exports them;
 *   <li>a manifest: a CSV file that lists the others;
 *   <li>WAV files;
 *   <li>a CSV file ({@code .csv}, {@code .tsv}, {@code .txt}, {@code .dat} or {@code .data}, also {@code .gz}), or
 *       {@code train.csv} and {@code test.csv}, with a sample or a moment a row;
 *   <li>NumPy arrays;
 *   <li>images;
 *   <li>CSV files in folders, each a recording.
 * </ul>
 *
 * A file {@code dataset.toml} beside the data may add what they cannot say themselves.
 */
public final class DataSets {
    private static final int MAX_FILES_SHOWN = 5;
    private static final String READABLE =
            "a CSV file with a label column, or IDX files of images and labels, or a folder"
                    + " a label of WAV, CSV, NPY or image files, or an export of Edge Impulse";

    /** How the test part of rows is chosen. */
    static final String HOLD_GROUP_BACK =
            "which rows of a table are not: group_column = \"COLUMN\" and split = \"group:VALUE\" (or --group-column,"
                    + " --split) keep one of its values for testing";

    /** A table of one part, as {@code train} and {@code Gun_TEST}, but not the half of an array, as {@code X_train}. */
    private static final Pattern PART = Pattern.compile("(?![xXyY]_)(.*[_-])?(train|test)", Pattern.CASE_INSENSITIVE);

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
        return inspect(folderOrFile, options).dataset();
    }

    /**
     * The same with what was found on the way.
     *
     * @throws TinytuneException as above
     */
    public static DataInspection inspect(Path folderOrFile, ReadOptions options) {
        Path path = folderOrFile.toAbsolutePath().normalize();
        if (Files.isRegularFile(path)) {
            return inspectFile(folderOrFile, path, options);
        }
        if (!Files.isDirectory(path)) {
            throw invalid(folderOrFile + " does not exist (give a folder, or a CSV file)");
        }
        try (FileTree tree = FileTree.ofFolder(folderOrFile, path)) {
            return inspectTree(tree, DatasetDescriptor.of(tree.descriptor()).with(options));
        }
    }

    private static DataInspection inspectFile(Path shown, Path path, ReadOptions options) {
        DataFile file = new DataFile(path);
        FileKind kind = file.kind();
        DatasetDescriptor beside = besides(path, file).with(options);
        return switch (kind) {
            case ZIP -> {
                try (FileTree tree = FileTree.ofZip(shown, path)) {
                    yield inspectTree(
                            tree,
                            tree.descriptor().isPresent()
                                    ? DatasetDescriptor.of(tree.descriptor()).with(options)
                                    : beside);
                }
            }
            case IDX -> throw invalid(shown + " is one IDX file of several: give the folder that holds them");
            case WAV, NPY, EDGE_IMPULSE_JSON, EDGE_IMPULSE_CBOR ->
                throw invalid(shown + " is one file of several: give the folder that holds them");
            case TEXT -> inspectTable(shown, path, file, beside);
            default -> throw unreadable(file);
        };
    }

    private static DatasetDescriptor besides(Path path, DataFile file) {
        Path beside = path.resolveSibling(DatasetDescriptor.FILE_NAME);
        DatasetDescriptor found = DatasetDescriptor.of(
                Files.isRegularFile(beside) ? Optional.of(new DataFile(beside)) : Optional.empty());
        return found.file().map(file.name()::equals).orElse(true) ? found : DatasetDescriptor.NONE;
    }

    private static DataInspection inspectTable(Path shown, Path path, DataFile file, DatasetDescriptor descriptor) {
        if (Manifest.isOne(file, descriptor)) {
            try (FileTree tree = FileTree.ofFolder(shown.resolveSibling(""), path.getParent())) {
                DataFile inTree = tree.find(file.name()).orElse(file);
                return ofManifest(
                        tree, Manifest.among(tree, List.of(inTree), descriptor).orElseThrow(), descriptor);
            }
        }
        return inspectTables(List.of(file), descriptor, file.baseName());
    }

    private static DataInspection inspectTree(FileTree tree, DatasetDescriptor descriptor) {
        if (descriptor.file().isPresent()) {
            return named(tree, descriptor.file().get(), descriptor);
        }
        List<DataFile> top = tree.topFiles();
        if (tree.files().isEmpty()) {
            throw invalid(tree.shown() + " is empty (put " + READABLE + " there)");
        }
        List<DataFile> idx =
                top.stream().filter(f -> tree.kind(f) == FileKind.IDX).toList();
        if (!idx.isEmpty()) {
            requireContent(top);
            descriptor.requireNoTestRule(idx.get(0), "but IDX files have parts of their own: leave it out");
            return DataInspection.of(IdxReader.read(idx, descriptor, tree.name()), "IDX", idx.size());
        }
        Optional<DataFile> labels = EdgeImpulseExport.labels(tree);
        if (labels.isPresent() && isAllData(tree, labels.get().folder())) {
            requireNoGroupColumn(tree, descriptor);
            return imagesOrRecordings(
                    tree, EdgeImpulseExport.listed(tree, labels.get(), descriptor), "Edge Impulse export", descriptor);
        }
        return inspectUnlisted(tree, top, descriptor)
                .with(labels.map(
                        file -> file.name() + " is not used, because it says nothing of the data outside of its"
                                + " folder: if its folder alone is meant, name that"));
    }

    private static DataInspection inspectUnlisted(FileTree tree, List<DataFile> top, DatasetDescriptor descriptor) {
        List<DataFile> tables = top.stream().filter(f -> isTable(tree, f)).toList();
        Optional<Manifest> manifest = Manifest.among(tree, tables, descriptor);
        if (manifest.isPresent()) {
            return ofManifest(tree, manifest.get(), descriptor);
        }
        List<DataFile> edge = tree.files(FileKind.EDGE_IMPULSE_JSON, FileKind.EDGE_IMPULSE_CBOR);
        if (!edge.isEmpty()) {
            requireNoGroupColumn(tree, descriptor);
            return recordings(
                    tree, EdgeImpulseExport.unlisted(tree, edge, descriptor), "Edge Impulse export", descriptor);
        }
        List<DataFile> sounds = NamedKind.SOUND.files(tree);
        if (!sounds.isEmpty()) {
            requireNoGroupColumn(tree, descriptor);
            return recordings(tree, place(tree, sounds, descriptor, false), "WAV", descriptor)
                    .with(NamedKind.SOUND.leftOut(tree));
        }
        List<DataFile> arrays = tree.files(FileKind.TEXT).stream()
                .filter(f -> isNamedAsTable(f) && NpyReader.isKnown(f))
                .toList();
        if (NpyReader.areSamplesAndTargets(arrays)) {
            return arrays(tree, arrays, "CSV arrays", descriptor);
        }
        if (!tables.isEmpty()) {
            NamedKind.TABLE.files(tree);
            return tables(tree, tables, descriptor).with(NamedKind.TABLE.leftOut(tree));
        }
        return inspectOthers(tree, descriptor);
    }

    /** Whether nothing that could be data lies outside a folder. */
    private static boolean isAllData(FileTree tree, String folder) {
        return tree.files().stream().filter(f -> !f.name().startsWith(folder)).allMatch(f -> switch (tree.kind(f)) {
            case TEXT -> !isTable(tree, f);
            case WAV, NPY, IDX, IMAGE, EDGE_IMPULSE_JSON, EDGE_IMPULSE_CBOR -> false;
            default -> true;
        });
    }

    /** What is found only where there is nothing plainer. */
    private static DataInspection inspectOthers(FileTree tree, DatasetDescriptor descriptor) {
        List<DataFile> arrays = numpyArrays(tree);
        if (!arrays.isEmpty()) {
            NamedKind.ARRAY.files(tree);
            requireNoGroupColumn(tree, descriptor);
            return NpyReader.areSamples(arrays)
                    ? arrays(tree, arrays, "NumPy arrays", descriptor)
                    : recordings(tree, place(tree, arrays, descriptor, false), "NumPy arrays", descriptor);
        }
        if (!tree.files(FileKind.IMAGE).isEmpty()) {
            List<DataFile> images = NamedKind.IMAGE.files(tree);
            requireNoGroupColumn(tree, descriptor);
            return images(tree, place(tree, images, descriptor, false), descriptor)
                    .with(NamedKind.IMAGE.leftOut(tree));
        }
        NamedKind.TABLE.files(tree);
        List<DataFile> series = tree.files().stream()
                .filter(f -> isTable(tree, f) && !isMetadata(f))
                .toList();
        boolean inOneFolder = series.stream().map(DataFile::folder).distinct().count() == 1;
        boolean single = series.size() == 1 && !isSeries(series.get(0), descriptor);
        if (single || (inOneFolder && areParts(series))) {
            return tables(tree, series, descriptor);
        }
        if (!series.isEmpty()) {
            return recordings(tree, place(tree, series, descriptor, true), "CSV time series", descriptor)
                    .with(NamedKind.TABLE.leftOut(tree))
                    .with(metadata(tree));
        }
        NamedKind.ARRAY.files(tree);
        NamedKind.IMAGE.files(tree);
        List<DataFile> archives = tree.files(FileKind.ZIP);
        if (!archives.isEmpty()) {
            throw invalid(tree.shown() + " holds an archive, " + archives.get(0).name()
                    + ": name that as the data, or unpack it");
        }
        Optional<String> hint = tree.files().get(0).foreign().or(() -> mayBeTable(tree));
        throw invalid(tree.shown() + " holds no data that can be read, only " + names(tree.files()) + " ("
                + hint.orElse("readable are " + READABLE) + ")");
    }

    /** What to do about a table that is not called as one. */
    private static Optional<String> mayBeTable(FileTree tree) {
        return tree.files().stream()
                .filter(f -> tree.kind(f) == FileKind.TEXT && !isNamedAsTable(f) && CsvTable.hasNumbers(f))
                .findFirst()
                .map(f -> "if " + f.name() + " is a table, call it " + f.name() + ".csv");
    }

    private static DataInspection arrays(
            FileTree tree, List<DataFile> arrays, String format, DatasetDescriptor descriptor) {
        descriptor.requireNoTestRule(
                arrays.get(0), "of which arrays have none: call those of the test part X_test and y_test");
        DataInspection read = NpyReader.read(tree.shown().toString(), arrays, format, descriptor, tree.name());
        List<String> leftOut = arrays.stream()
                .filter(file -> file.kind() == FileKind.TEXT)
                .flatMap(file -> TableArray.leftOut(file).stream())
                .distinct()
                .toList();
        return read.with(leftOut)
                .with(withoutEffect(
                        descriptor.recordings(),
                        "arrays, which have a sample a row",
                        key -> key.equals(RecordingOptions.RATE) || key.equals(RecordingOptions.SCALE)))
                .with(nameOfNumbers(tree, read.dataset(), descriptor));
    }

    /** What is said that changes nothing, for a user who believes it does. */
    private static Optional<String> withoutEffect(RecordingOptions options, String data, Predicate<String> hasEffect) {
        List<String> unused =
                options.texts().keySet().stream().filter(hasEffect.negate()).toList();
        return unused.isEmpty()
                ? Optional.empty()
                : Optional.of("without effect on " + data + ": " + String.join(", ", unused));
    }

    /** Whoever names a column of groups believes that they are kept whole. */
    private static void requireNoGroupColumn(FileTree tree, DatasetDescriptor descriptor) {
        descriptor.groupColumn().ifPresent(column -> {
            throw invalid(tree.shown() + " has no table with a column '" + CsvTable.shown(column)
                    + "', as group_column says: name the {group} in label_pattern (or --label-pattern), or list the"
                    + " files in a CSV file with columns path, label and " + CsvTable.shown(column));
        });
    }

    /** Names of classes lie beside some arrays; which is which is for the user to say. */
    private static Optional<String> nameOfNumbers(FileTree tree, Dataset dataset, DatasetDescriptor descriptor) {
        boolean numbers = descriptor.labels().isEmpty()
                && !dataset.labels().isEmpty()
                && dataset.labels().stream().allMatch(CsvTable::looksNumeric);
        return tree.files().stream()
                .filter(f -> numbers && f.baseName().equalsIgnoreCase("activity_labels"))
                .findFirst()
                .map(f -> "labels are the numbers that the arrays have: what " + f.name() + " calls them is not read");
    }

    /** Arrays in files of their own, and those of {@code .npz} files: if there are several, each is as a folder. */
    private static List<DataFile> numpyArrays(FileTree tree) {
        List<DataFile> arrays = new ArrayList<>(tree.files(FileKind.NPY));
        List<DataFile> packed = tree.files(FileKind.ZIP).stream()
                .filter(f -> NpzFile.isOne(f, FileKind.ZIP))
                .toList();
        packed.forEach(f -> arrays.addAll(NpzFile.arrays(f, packed.size() == 1 ? "" : f.baseName() + "/")));
        return arrays;
    }

    private static DataInspection named(FileTree tree, String name, DatasetDescriptor descriptor) {
        DataFile file = tree.find(name)
                .orElseThrow(() -> invalid(tree.shown() + " has no file '" + name + "', which its "
                        + DatasetDescriptor.FILE_NAME + " names"));
        if (tree.kind(file) != FileKind.TEXT) {
            throw unreadable(file);
        }
        Optional<Manifest> manifest = Manifest.among(tree, List.of(file), descriptor);
        return manifest.isPresent()
                ? ofManifest(tree, manifest.get(), descriptor)
                : inspectTables(List.of(file), descriptor, tree.name());
    }

    private static DataInspection ofManifest(FileTree tree, Manifest manifest, DatasetDescriptor descriptor) {
        List<DataFile> listed = manifest.rows().stream().map(Manifest.Row::file).toList();
        Placement placed = Layout.of(tree, listed, Optional.of(manifest), descriptor.recordings(), false);
        return imagesOrRecordings(
                        tree, placed, "files listed in " + manifest.file().name(), descriptor)
                .with(manifest.notes());
    }

    private static DataInspection imagesOrRecordings(
            FileTree tree, Placement placed, String format, DatasetDescriptor descriptor) {
        return placed.files().stream().allMatch(p -> tree.kind(p.file()) == FileKind.IMAGE)
                ? images(tree, placed, descriptor)
                : recordings(tree, placed, format, descriptor);
    }

    private static Placement place(
            FileTree tree, List<DataFile> files, DatasetDescriptor descriptor, boolean mayLabelThemselves) {
        return Layout.of(tree, files, Optional.empty(), descriptor.recordings(), mayLabelThemselves);
    }

    private static DataInspection recordings(
            FileTree tree, Placement placed, String format, DatasetDescriptor descriptor) {
        List<RecordingFile> files = placed.files().stream()
                .map(p -> new RecordingFile(p, tree.kind(p.file()), descriptor))
                .toList();
        boolean tables = files.stream().anyMatch(f -> f.kind() == FileKind.TEXT);
        return RecordingReader.read(files, format, descriptor, tree.name())
                .with(placed.notes())
                .with(withoutEffect(
                        descriptor.recordings(),
                        "recordings that are no tables",
                        key -> tables || !RecordingOptions.OF_SERIES.contains(key)));
    }

    private static DataInspection images(FileTree tree, Placement placed, DatasetDescriptor descriptor) {
        List<Placed> files = placed.files();
        List<String> notes = new ArrayList<>(placed.notes());
        return DataInspection.of(ImageFolderReader.read(files, descriptor, tree.name(), notes), "images", files.size())
                .with(notes)
                .with(withoutEffect(descriptor.recordings(), "images", RecordingOptions.OF_FILES::contains));
    }

    /** One table, or one for training and one for testing, or one a recording. */
    private static DataInspection tables(FileTree tree, List<DataFile> tables, DatasetDescriptor descriptor) {
        if (areParts(tables)) {
            boolean inOrder = part(tables.get(0)).equals(Optional.of(DataPart.TRAINING));
            return inspectTables(
                    List.of(tables.get(inOrder ? 0 : 1), tables.get(inOrder ? 1 : 0)), descriptor, tree.name());
        }
        if (tables.size() > 1 && isSeries(tables.get(0), descriptor)) {
            return recordings(tree, place(tree, tables, descriptor, true), "CSV time series", descriptor);
        }
        if (tables.size() > 1) {
            throw invalid(tree.shown() + " holds several tables, " + names(tables)
                    + ": if rows are samples, call them train.csv and test.csv, or say in "
                    + DatasetDescriptor.FILE_NAME
                    + " which one is meant (file); if each is a recording, say time_column or rate, and label_column or"
                    + " label_pattern");
        }
        return inspectTables(tables, descriptor, tree.name());
    }

    private static boolean areParts(List<DataFile> tables) {
        if (tables.size() != 2 || tables.stream().anyMatch(f -> part(f).isEmpty())) {
            return false;
        }
        List<Matcher> names = tables.stream().map(DataSets::partName).toList();
        return names.stream().allMatch(Matcher::matches)
                && !names.get(0).group(2).equalsIgnoreCase(names.get(1).group(2))
                && Objects.equals(names.get(0).group(1), names.get(1).group(1));
    }

    private static Matcher partName(DataFile table) {
        return PART.matcher(table.baseName());
    }

    /** The part that a table is, if its name ends so. */
    private static Optional<DataPart> part(DataFile table) {
        Matcher name = partName(table);
        return name.matches() ? DataPart.named(name.group(2)) : Optional.empty();
    }

    /** Axes of a sensor, rather than the rows of an image, whose columns are numbered twice. */
    private static boolean looksLikeWindows(WideColumns wide) {
        return wide.channels().size() > 1
                && wide.channels().stream().noneMatch(name -> name.chars().anyMatch(Character::isDigit));
    }

    /** A training table, and perhaps one for testing, with a sample or a moment a row. */
    private static DataInspection inspectTables(List<DataFile> tables, DatasetDescriptor descriptor, String name) {
        descriptor.requireNoTestRule(tables.get(0), HOLD_GROUP_BACK);
        return inspectRows(tables, descriptor, name)
                .with(withoutEffect(
                        descriptor.recordings(),
                        "a table, whose rows have their labels",
                        key -> !key.equals(RecordingOptions.LABEL_PATTERN)));
    }

    private static DataInspection inspectRows(List<DataFile> tables, DatasetDescriptor descriptor, String name) {
        Optional<WideTable> wide = WideTable.of(tables.get(0), descriptor);
        if (wide.isPresent() && descriptor.recordings().rate().isPresent()) {
            return windows(tables, wide.get(), descriptor, name);
        }
        if (isSeries(tables.get(0), descriptor)) {
            List<RecordingFile> files = tables.stream()
                    .map(f -> new Placed(
                            f, Optional.empty(), Optional.empty(), tables.size() == 1 ? Optional.empty() : part(f)))
                    .map(p -> new RecordingFile(p, FileKind.TEXT, descriptor))
                    .toList();
            return RecordingReader.read(files, "CSV time series", descriptor, name);
        }
        Optional<DataFile> test = tables.size() > 1 ? Optional.of(tables.get(1)) : Optional.empty();
        List<String> notes = new ArrayList<>();
        Dataset dataset = CsvReader.read(tables.get(0), test, descriptor, name, notes);
        wide.filter(w -> looksLikeWindows(w.wide()))
                .map(w -> tables.get(0).name() + " has a window of " + w.wide().moments() + " moments of "
                        + ColumnNames.list(w.wide().channels()) + " in each row, taken for features: with rate = ... in"
                        + " Hz (or --rate) they are windows of recordings")
                .ifPresent(notes::add);
        return new DataInspection(dataset, "CSV, a sample a row", tables.size(), Optional.empty(), notes);
    }

    private static DataInspection windows(
            List<DataFile> tables, WideTable wide, DatasetDescriptor descriptor, String name) {
        List<NpyReader.PartArrays> parts =
                tables.stream().map(f -> wide.read(f, descriptor)).toList();
        return NpyReader.of(tables.get(0).name(), parts, "CSV, a window a row", descriptor, name)
                .with(wide.notes());
    }

    /** Whether rows are moments: the user says something of recordings, or the columns do. */
    private static boolean isSeries(DataFile table, DatasetDescriptor descriptor) {
        RecordingOptions options = descriptor.recordings();
        if (options.speakOfRecordings()) {
            return true;
        }
        try (CsvTable rows = CsvTable.open(table, descriptor.labelColumn())) {
            return rows.header()
                    .filter(header -> SeriesColumns.areMoments(table, descriptor.labelColumn(), header))
                    .isPresent();
        } catch (IOException e) {
            throw table.unreadable(e);
        }
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

    /**
     * Whether a file is named as a table, and is one: what ends in {@code .txt} or {@code .dat} may well be something
     * else.
     */
    private static boolean isTable(FileTree tree, DataFile file) {
        return isNamedAsTable(file)
                && tree.kind(file) == FileKind.TEXT
                && (Stream.of(".txt", ".dat").noneMatch(file.plainName()::endsWith) || CsvTable.hasNumbers(file));
    }

    /** What loggers of phones write beside the tables of a recording: of the device, not of sensors. */
    private static boolean isMetadata(DataFile file) {
        return file.plainName().equals("metadata.csv");
    }

    private static Optional<String> metadata(FileTree tree) {
        long count = tree.files().stream().filter(DataSets::isMetadata).count();
        return count == 0
                ? Optional.empty()
                : Optional.of("left out: " + count + (count == 1 ? " file" : " files")
                        + " called Metadata.csv, which hold no readings");
    }

    private static boolean isNamedAsTable(DataFile file) {
        return Stream.of(".csv", ".tsv", ".txt", ".dat", ".data").anyMatch(file.plainName()::endsWith)
                && !file.plainName().startsWith("readme")
                && !file.plainName().startsWith("licen");
    }

    private static TinytuneException unreadable(DataFile file) {
        return file.invalid(" is of a kind that is not read here (readable are "
                + file.foreign().map(hint -> READABLE + "; it is " + hint).orElse(READABLE) + ")");
    }

    private static String names(List<DataFile> files) {
        String first = files.stream().limit(MAX_FILES_SHOWN).map(DataFile::name).collect(Collectors.joining(", "));
        return files.size() <= MAX_FILES_SHOWN ? first : first + " and " + (files.size() - MAX_FILES_SHOWN) + " more";
    }

    private static TinytuneException invalid(String message) {
        return new TinytuneException(ExitCode.INVALID_INPUT, message);
    }
}
