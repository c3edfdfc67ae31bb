package org.tinytune.data.reader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.Int16Store;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.recording.Readings;
import org.tinytune.data.recording.RecordingScale;

/**
 * Reads samples that are arrays: {@code X} with a sample in each row, {@code y} with its class or quantities, perhaps
 * {@code groups}; in an {@code .npz} file, or in {@code .npy} or CSV files of these names. With {@code X_train} and
 * {@code X_test}, or folders {@code train} and {@code test}, the second is the test part; {@code X_val} is for training
 * too, as a validation part is drawn by us.
 *
 * <p>{@code X} is {@code [N, features]}, {@code [N, time, channels]}, which becomes {@code [time, 1, channels]}, or
 * {@code [N, H, W, C]}. With a declared rate, {@code [N, time]} and {@code [N, time, channels]} are windows of sensor
 * data and stored as int16.
 */
final class NpyReader {
    private static final List<String> VALUES = List.of("x", "data", "features", "samples", "inputs");
    private static final List<String> TARGETS = List.of("y", "label", "labels", "target", "targets");
    private static final List<String> GROUPS = List.of("groups", "group", "subjects", "subject");
    private static final List<String> VALIDATION = List.of("val", "valid", "validation", "dev");
    private static final String PARTS = "train|training|test|testing|val|valid|validation|dev";

    private static final String ONLY_NUMBERS = "an array holds numbers only";

    /** Some archives label recordings, each of many rows of X, in a table of its own. */
    private static final String ONE_LABEL_A_SAMPLE =
            "targets are numbers, or words in a single column, one for each row"
                    + " of X; if these are of recordings of several rows, add them to the table of X as a column called label, and"
                    + " leave this file out";

    /** A name of an array that says its part, before or behind. */
    private static final Pattern NAMED_PART = Pattern.compile("(?:(.+)_(" + PARTS + ")|(" + PARTS + ")_(.+))");

    private final String shown;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, DataFile> files = new TreeMap<>();
    private final DatasetDescriptor descriptor;
    private final String name;

    private NpyReader(String shown, List<DataFile> arrays, DatasetDescriptor descriptor, String name) {
        this.shown = shown;
        this.descriptor = descriptor;
        this.name = name;
        arrays.forEach(f -> files.put(ArrayName.of(f).key(), f));
    }

    /**
     * What an array is called.
     *
     * @param base such as x, in lower case
     * @param part train, val, test, or nothing
     */
    private record ArrayName(String base, String part) {
        /** What lies in a folder for one part is called after it, unless its own name says the part. */
        static ArrayName of(DataFile file) {
            String own = file.baseName().toLowerCase(Locale.ROOT);
            Matcher named = NAMED_PART.matcher(own);
            if (named.matches()) {
                return named.group(1) != null
                        ? new ArrayName(named.group(1), part(named.group(2)))
                        : new ArrayName(named.group(4), part(named.group(3)));
            }
            String[] folders = file.name().split("/");
            return new ArrayName(
                    own, folders.length > 1 ? part(folders[folders.length - 2].toLowerCase(Locale.ROOT)) : "");
        }

        private static String part(String word) {
            return VALIDATION.contains(word)
                    ? "val"
                    : Stream.of("train", "test")
                            .filter(word::startsWith)
                            .findFirst()
                            .orElse("");
        }

        String key() {
            return part.isEmpty() ? base : base + "_" + part;
        }
    }

    /** Samples of one part. */
    record PartArrays(NpyArray values, NpyArray targets, Optional<NpyArray> groups) {}

    /** Whether arrays of these names can be samples and their classes. */
    static boolean areSamples(List<DataFile> arrays) {
        return arrays.stream().anyMatch(f -> VALUES.contains(bare(f)));
    }

    /** Whether they are both. */
    static boolean areSamplesAndTargets(List<DataFile> arrays) {
        return areSamples(arrays) && arrays.stream().anyMatch(f -> TARGETS.contains(bare(f)));
    }

    /** Whether an array of this name has a meaning. */
    static boolean isKnown(DataFile array) {
        return VALUES.contains(bare(array)) || TARGETS.contains(bare(array)) || GROUPS.contains(bare(array));
    }

    private static String bare(DataFile array) {
        return ArrayName.of(array).base();
    }

    /**
     * Reads a data set.
     *
     * @param shown the folder or file, as messages call it
     */
    static DataInspection read(
            String shown, List<DataFile> arrays, String format, DatasetDescriptor descriptor, String name) {
        NpyReader reader = new NpyReader(shown, arrays, descriptor, name);
        return DataInspection.of(reader.read(), format, arrays.size()).with(reader.notes);
    }

    /**
     * Makes a data set of arrays that come from elsewhere.
     *
     * @param shown the folder or file, as messages call it
     * @param parts for training and perhaps for testing, each of one file
     */
    static DataInspection of(
            String shown, List<PartArrays> parts, String format, DatasetDescriptor descriptor, String name) {
        NpyReader reader = new NpyReader(shown, List.of(), descriptor, name);
        Dataset dataset =
                reader.dataset(parts.subList(0, 1), parts.stream().skip(1).findFirst());
        return DataInspection.of(dataset, format, parts.size()).with(reader.notes);
    }

    private Dataset read() {
        List<PartArrays> training = new ArrayList<>();
        training.add(part("_train")
                .or(() -> part(""))
                .orElseThrow(() -> invalid(shown + " holds the arrays "
                        + CsvTable.shown(String.join(", ", files.keySet())) + ": call samples X and their classes y")));
        part("_val").ifPresent(training::add);
        return dataset(training, part("_test"));
    }

    /** @param all for training, at least one */
    private Dataset dataset(List<PartArrays> all, Optional<PartArrays> ofTest) {
        Stream.concat(all.stream(), ofTest.stream()).forEach(other -> requireAlike(all.get(0), other));
        UnaryOperator<PartArrays> chosen = channels(all.get(0).values());
        List<PartArrays> training = all.stream().map(chosen).toList();
        Optional<PartArrays> test = ofTest.map(chosen);
        PartArrays first = training.get(0);
        int[] extents = first.values().shape();
        Shape shape = shape(first.values(), extents);
        DatasetBuilder builder = isSignal(extents) ? windows(training, test, shape) : descriptor.builder(name, shape);
        if (descriptor.taskKind() == TaskKind.REGRESSION) {
            builder.quantities(quantities(first.targets()));
        }
        training.forEach(part -> add(builder, part, shape, isSignal(extents)));
        test.ifPresent(t -> {
            builder.beginTestPart();
            add(builder, t, shape, isSignal(extents));
        });
        builder.forgetSingleGroup().map(CsvReader::ofAll).ifPresent(notes::add);
        return descriptor.build(builder, name);
    }

    /** Takes the channels of a model, if there is one; what has a declared shape is as that says. */
    private UnaryOperator<PartArrays> channels(NpyArray first) {
        int[] extents = first.shape();
        if (!isSignal(extents) || descriptor.sampleShape().isPresent()) {
            return part -> part;
        }
        List<String> names = names(first, extents.length == 2 ? 1 : extents[2]);
        Optional<List<Integer>> wanted = descriptor.modelChannels().chosen(names);
        if (wanted.isEmpty()) {
            descriptor.modelChannels().check(first.file().name(), names, Readings.Kind.SERIES);
        }
        if (wanted.isEmpty() || extents.length == 2) {
            return part -> part;
        }
        List<String> taken = wanted.get().stream().map(names::get).toList();
        return part ->
                new PartArrays(part.values().elements(wanted.get()).withChannels(taken), part.targets(), part.groups());
    }

    private static List<String> names(NpyArray array, int channels) {
        List<String> stated = array.channels();
        return stated.size() == channels ? stated : SignalFormat.numberedChannels(channels);
    }

    private Optional<PartArrays> part(String suffix) {
        Optional<NpyArray> values = find(VALUES, suffix);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        NpyArray x = values.get();
        NpyArray y = find(TARGETS, suffix)
                .orElseThrow(() -> invalid(shown + " holds samples, " + x.file().fileName()
                        + ", but not what they are: an array called y" + suffix + " is missing"));
        Optional<NpyArray> groups = find(GROUPS, suffix);
        requireLength(x, y);
        groups.ifPresent(g -> requireLength(x, g));
        return Optional.of(new PartArrays(x, y, groups));
    }

    private Optional<NpyArray> find(List<String> names, String suffix) {
        for (String base : names) {
            String prefix = suffix.isEmpty() ? "" : suffix.substring(1) + "_";
            DataFile file = files.getOrDefault(base + suffix, files.get(prefix + base));
            if (file != null) {
                String ifWord = names.equals(TARGETS) ? ONE_LABEL_A_SAMPLE : ONLY_NUMBERS;
                return Optional.of(file.kind() == FileKind.TEXT ? TableArray.read(file, ifWord) : NpyArray.read(file));
            }
        }
        return Optional.empty();
    }

    private static void requireLength(NpyArray x, NpyArray other) {
        if (x.length() != other.length()) {
            throw other.file()
                    .invalid(" has " + other.length() + " rows, " + x.file().fileName() + " has " + x.length()
                            + ": both must have the same");
        }
    }

    private static void requireAlike(PartArrays first, PartArrays other) {
        DataFile file = first.values().file();
        DataFile otherFile = other.values().file();
        int[] a = first.values().shape();
        int[] b = other.values().shape();
        if (!Arrays.equals(a, 1, a.length, b, 1, b.length)) {
            throw otherFile.invalid(" has the shape " + Arrays.toString(b) + ", " + file.fileName() + " has "
                    + Arrays.toString(a) + ": all but the first extent must be the same");
        }
        boolean grouped = first.groups().isPresent();
        if (grouped != other.groups().isPresent()) {
            PartArrays with = grouped ? first : other;
            DataFile without = grouped ? otherFile : file;
            DataFile groups = with.groups().orElseThrow().file();
            ArrayName missing = new ArrayName(
                    ArrayName.of(groups).base(), ArrayName.of(without).part());
            throw without.invalid(" has samples without groups, those of "
                    + with.values().file().fileName() + " have some: add an array called " + missing.key()
                    + ", or remove " + groups.fileName());
        }
    }

    private boolean isSignal(int[] extents) {
        return descriptor.recordings().rate().isPresent() && (extents.length == 2 || extents.length == 3);
    }

    private Shape shape(NpyArray x, int[] extents) {
        Shape own = switch (extents.length) {
            case 2 -> isSignal(extents) ? Shape.of(extents[1], 1, 1) : Shape.of(extents[1]);
            case 3 -> Shape.of(extents[1], 1, extents[2]);
            case 4 -> Shape.of(extents[1], extents[2], extents[3]);
            default ->
                throw x.file()
                        .invalid(" has the shape " + Arrays.toString(extents)
                                + ": samples are [N, features], [N, time, channels] or [N, height, width, channels]");
        };
        Shape wanted = descriptor.sampleShape().orElse(own);
        if (wanted.elements() != own.elements()) {
            throw x.file()
                    .invalid(" holds samples of " + own + ", which are not the " + wanted + " of "
                            + DatasetDescriptor.FILE_NAME);
        }
        return wanted;
    }

    /** All samples as counts of one scale. */
    private DatasetBuilder windows(List<PartArrays> training, Optional<PartArrays> test, Shape shape) {
        double rate = descriptor.recordings().rate().orElseThrow();
        int channels = shape.dim(2);
        List<String> names = names(training.get(0).values(), channels);
        List<PartArrays> all = Stream.concat(training.stream(), test.stream()).toList();
        List<Readings> readings =
                all.stream().map(part -> readings(part.values(), names, rate)).toList();
        RecordingScale scaled = RecordingScale.of(
                readings.subList(0, training.size()),
                readings.subList(training.size(), all.size()),
                descriptor.recordings().scale());
        scaled.note().ifPresent(notes::add);
        double scale = scaled.scale();
        int count = all.stream().mapToInt(part -> part.values().length()).sum();
        Int16Store.HeapSink sink = new Int16Store.HeapSink(shape.elements(), count);
        int first = 0;
        for (int p = 0; p < all.size(); p++) {
            put(sink, first, readings.get(p).quantize(scale), shape.elements());
            first += all.get(p).values().length();
        }
        return descriptor.builder(name, shape, sink.store(), new SignalFormat(rate, scale, names, ""));
    }

    private static Readings readings(NpyArray array, List<String> channels, double rate) {
        return Readings.ofValues(Readings.Kind.SERIES, channels, "", rate, array.numbers());
    }

    private static void put(Int16Store.Sink sink, int first, short[] counts, int each) {
        for (int i = 0; i < counts.length / each; i++) {
            sink.put(first + i, Arrays.copyOfRange(counts, i * each, (i + 1) * each));
        }
    }

    private List<String> quantities(NpyArray y) {
        int count = y.numbers().length / y.length();
        return IntStream.rangeClosed(1, count)
                .mapToObj(q -> "y" + (count == 1 ? "" : q))
                .toList();
    }

    private void add(DatasetBuilder builder, PartArrays part, Shape shape, boolean stored) {
        int each = shape.elements();
        float[] sample = new float[each];
        Labels labels = new Labels(descriptor);
        for (int i = 0; i < part.values().length(); i++) {
            if (!stored) {
                System.arraycopy(part.values().numbers(), i * each, sample, 0, each);
            }
            if (descriptor.taskKind() == TaskKind.REGRESSION) {
                int count = part.targets().numbers().length / part.targets().length();
                float[] targets = Arrays.copyOfRange(part.targets().numbers(), i * count, (i + 1) * count);
                if (stored) {
                    builder.addStored(targets);
                } else {
                    builder.add(sample, targets);
                }
            } else {
                String label = label(labels, part.targets(), i);
                if (stored) {
                    builder.addStored(label);
                } else {
                    builder.add(sample, label);
                }
            }
            int row = i;
            part.groups().ifPresent(g -> builder.group(group(g, row)));
        }
    }

    private static String group(NpyArray groups, int row) {
        String group = groups.label(row);
        if (group.isEmpty()) {
            throw groups.file().invalid(": the group of row " + row + " is missing (give one, or remove the row)");
        }
        return group;
    }

    /** The label bytes of a set whose labels are named are indices into these names. */
    private String label(Labels labels, NpyArray y, int i) {
        if (y.shape().length > 1 && y.shape()[1] > 1) {
            throw y.file()
                    .invalid(" has the shape " + Arrays.toString(y.shape())
                            + ": classes are one number or text a sample, not a vector");
        }
        String label = y.label(i);
        if (descriptor.labels().isPresent() && !y.isText()) {
            List<String> names = descriptor.labels().get();
            int index = (int) y.numbers()[i];
            if (index != y.numbers()[i] || index < 0 || index >= names.size()) {
                throw y.file()
                        .invalid(": class " + label + " of row " + i + " has no name in " + DatasetDescriptor.FILE_NAME
                                + ", which names " + names.size());
            }
            label = names.get(index);
        }
        return labels.checked(y.file().fileName() + " row " + i, label);
    }

    private static TinytuneException invalid(String message) {
        return new TinytuneException(ExitCode.INVALID_INPUT, message);
    }
}
