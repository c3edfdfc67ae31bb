package org.tinytune.data.reader;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.OptBoolean;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.Int16Store;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.SplitPlan;
import org.tinytune.data.ValueRange;
import org.tinytune.data.recording.RecordingOptions;

/**
 * The file {@code dataset.toml}, which may lie beside the data and say what the data itself cannot. All fields may be
 * left out; one that is unknown or mistyped is an error.
 *
 * @param name a few words; otherwise the name of the folder or file
 * @param file which file of the folder holds the data, if several could
 * @param shape of a sample: {@code [height, width, channels]} or {@code [features]}
 * @param squareImage whether a sample is a grey image as high as it is wide
 * @param targetColumns the columns of a regression's targets, by name or by number counted from 1, if there are several
 * @param task {@code classification}, {@code regression} or {@code anomaly}
 * @param normalLabel the label of normal samples, where anomalies are to be found; otherwise {@code normal}
 * @param split in which way the data set is to be divided
 * @param labels names of the classes, in their order; the label bytes of an IDX file are indices into it
 * @param valueRange the range that raw values can have by their nature: {@code [min, max]}
 * @param licence under which terms the data may be used
 * @param citation how its authors wish to be cited
 * @param source where it comes from
 * @param recordings what is said of recordings and of columns, by keys of their own
 * @param modelChannels those that are taken of recordings, which the file does not say
 */
record DatasetDescriptor(
        Optional<String> name,
        Optional<String> file,
        Optional<List<Integer>> shape,
        Optional<Boolean> squareImage,
        Optional<List<String>> targetColumns,
        Optional<String> task,
        Optional<String> normalLabel,
        Optional<String> split,
        Optional<List<String>> labels,
        Optional<List<Float>> valueRange,
        Optional<String> licence,
        Optional<String> citation,
        Optional<String> source,
        @JacksonInject(useInput = OptBoolean.FALSE) RecordingOptions recordings,
        @JacksonInject(useInput = OptBoolean.FALSE) ModelChannels modelChannels) {

    static final String FILE_NAME = "dataset.toml";

    private static final String NORMAL = "normal";

    private static final int MAX_TYPING_ERRORS = 2;

    private static final int MAX_BYTES = 1 << 16;

    private static final TomlMapper TOML = TomlMapper.builder()
            .addModule(new Jdk8Module())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    /** Says nothing. */
    static final DatasetDescriptor NONE = new DatasetDescriptor(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            RecordingOptions.NONE,
            ModelChannels.ANY);

    /** Reads and checks the descriptor of a data set; {@link #NONE} if there is none. */
    static DatasetDescriptor of(Optional<DataFile> file) {
        return file.map(DatasetDescriptor::read).orElse(NONE);
    }

    private static DatasetDescriptor read(DataFile file) {
        try {
            JsonNode fields = TOML.readTree(text(file));
            RecordingOptions recordings =
                    fields instanceof ObjectNode all ? takeRecordings(file, all) : RecordingOptions.NONE;
            DatasetDescriptor descriptor = TOML.readerFor(DatasetDescriptor.class)
                    .with(new InjectableValues.Std()
                            .addValue(RecordingOptions.class, recordings)
                            .addValue(ModelChannels.class, ModelChannels.ANY))
                    .readValue(fields);
            descriptor.check(file);
            return descriptor;
        } catch (UnrecognizedPropertyException e) {
            throw file.invalid(": unknown field '" + e.getPropertyName() + "' (" + known(e) + ")");
        } catch (JsonMappingException e) {
            String field = e.getPath().get(0).getFieldName();
            throw file.invalid(": field '" + field + "' is of the wrong type: give " + wanted(field));
        } catch (JsonProcessingException e) {
            throw file.invalid(" line " + e.getLocation().getLineNr() + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse("not TOML"));
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /** The field that was probably meant; otherwise those that there are. */
    private static String known(UnrecognizedPropertyException e) {
        List<String> own = e.getKnownPropertyIds().stream()
                .map(Object::toString)
                .filter(key -> !key.equals("recordings") && !key.equals("model_channels"))
                .sorted()
                .toList();
        return Stream.concat(own.stream(), RecordingOptions.KEYS.stream())
                .filter(key -> edits(key, e.getPropertyName()) <= MAX_TYPING_ERRORS)
                .min(Comparator.comparing(key -> edits(key, e.getPropertyName())))
                .map(key -> "did you mean '" + key + "'?")
                .orElseGet(() -> "known: " + String.join(", ", own) + ", and those of recordings in docs/data.md");
    }

    /** Letters to add, remove or change to make one word of the other. */
    private static int edits(String a, String b) {
        int[] row = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    /** Takes the keys of recordings out of all. */
    private static RecordingOptions takeRecordings(DataFile file, ObjectNode all) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (String key : RecordingOptions.KEYS) {
            JsonNode value = all.remove(key);
            if (value != null) {
                if (key.equals(RecordingOptions.COLUMNS) && value.isArray()) {
                    value = TextNode.valueOf(StreamSupport.stream(value.spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(",")));
                }
                if (!value.isValueNode()) {
                    throw file.invalid(": field '" + key + "' is of the wrong type: give one value");
                }
                texts.put(key, value.asText());
            }
        }
        try {
            return new RecordingOptions(texts);
        } catch (IllegalArgumentException e) {
            throw file.invalid(": " + e.getMessage());
        }
    }

    /** Without the byte order mark with which editors of Windows begin. */
    private static String text(DataFile file) throws IOException {
        byte[] bytes;
        try (InputStream in = file.open()) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw file.invalid(" is larger than " + (MAX_BYTES >> 10) + " KiB: it should be a few lines");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** What a field should have been. */
    private static String wanted(String field) {
        return switch (field) {
            case "shape" -> "a list of whole numbers, as in shape = [8, 8, 1]";
            case "square_image" -> "true or false";
            case "target_columns", "labels" -> "a list of names, as in " + field + " = [\"a\", \"b\"]";
            case "value_range" -> "a list of two numbers, as in value_range = [0, 255]";
            default -> "a text in quotes, as in " + field + " = \"a\"";
        };
    }

    /**
     * The same with what the user has said.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the file asks for another task
     */
    DatasetDescriptor with(ReadOptions options) {
        requireSameTask(options);
        return new DatasetDescriptor(
                name,
                file,
                shape,
                squareImage,
                options.recordings().labelColumn().isPresent() ? Optional.empty() : targetColumns,
                options.task().map(TaskKind::id).or(this::task),
                options.normalLabel().or(this::normalLabel),
                options.split().map(SplitPlan::toString).or(this::split),
                labels,
                valueRange,
                licence,
                citation,
                source,
                recordings.with(options.recordings()),
                options.model());
    }

    private void requireSameTask(ReadOptions options) {
        Optional<TaskKind> wanted = options.task();
        Optional<TaskKind> stated = statedTask();
        if (wanted.isPresent() && stated.isPresent() && !wanted.equals(stated)) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    FILE_NAME + " beside the data asks for the task \""
                            + stated.get().id() + "\", but \"" + wanted.get().id()
                            + "\" is wanted of them (change one of the two)");
        }
    }

    /** What is asked for: as stated, or as what is stated besides implies. */
    TaskKind taskKind() {
        return statedTask().orElse(TaskKind.CLASSIFICATION);
    }

    private Optional<TaskKind> statedTask() {
        if (task.isPresent()) {
            return TaskKind.named(task.get());
        }
        if (targetColumns.isPresent()) {
            return Optional.of(TaskKind.REGRESSION);
        }
        return normalLabel.map(label -> TaskKind.ANOMALY_DETECTION);
    }

    /** The column of a table that holds labels: its name, or its number counted from 1. */
    Optional<String> labelColumn() {
        return recordings.labelColumn();
    }

    /** The same of the column that says which rows belong together. */
    Optional<String> groupColumn() {
        return recordings.groupColumn();
    }

    /**
     * Refuses a rule for the test part where nothing has the fields that it asks for.
     *
     * @param file of the data
     * @param instead what the user may do
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if there is one
     */
    void requireNoTestRule(DataFile file, String instead) {
        if (recordings.test().isPresent()) {
            throw file.invalid(ruleWithoutFields(recordings, instead));
        }
    }

    /** What is said of a rule for the test part behind the name of data that lack the fields that it asks for. */
    static String ruleWithoutFields(RecordingOptions options, String instead) {
        return ": test = \"" + options.texts().get(RecordingOptions.TEST)
                + "\" chooses files by a label_pattern or a list of them, " + instead;
    }

    DatasetCard card(String otherwiseNamed) {
        return new DatasetCard(name.orElse(otherwiseNamed), licence, citation, source);
    }

    Optional<Shape> sampleShape() {
        return shape.map(s -> Shape.of(s.stream().mapToInt(i -> i).toArray()));
    }

    Optional<ValueRange> declaredRange() {
        return valueRange.map(r -> new ValueRange(r.get(0), r.get(1)));
    }

    /** An empty data set of that shape, under the labels and range of this descriptor. */
    DatasetBuilder builder(String otherwiseNamed, Shape sampleShape) {
        return configured(new DatasetBuilder(card(otherwiseNamed), sampleShape));
    }

    /** The same of bytes, which have their range by nature unless this descriptor says another. */
    DatasetBuilder byteBuilder(String otherwiseNamed, Shape sampleShape) {
        return configured(new DatasetBuilder(card(otherwiseNamed), sampleShape).declaredRange(ValueRange.BYTES));
    }

    /** A data set of windows that are stored already, under the labels and range of this descriptor. */
    DatasetBuilder builder(String otherwiseNamed, Shape windowShape, Int16Store windows, SignalFormat signal) {
        return configured(new DatasetBuilder(card(otherwiseNamed), windowShape, windows, signal)
                .declaredRange(new ValueRange(Short.MIN_VALUE, Short.MAX_VALUE)));
    }

    private DatasetBuilder configured(DatasetBuilder builder) {
        labels.filter(names -> taskKind() != TaskKind.REGRESSION).ifPresent(builder::labels);
        declaredRange().ifPresent(builder::declaredRange);
        split.map(SplitPlan::parse).ifPresent(builder::splitPlan);
        return builder;
    }

    /**
     * The data set in a builder.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if no sample is normal where anomalies are to be
     *     found
     */
    Dataset build(DatasetBuilder builder, String otherwiseNamed) {
        if (taskKind() == TaskKind.ANOMALY_DETECTION) {
            String normal = normalLabel.orElse(NORMAL);
            if (!builder.labelsSoFar().contains(normal)) {
                throw new TinytuneException(
                        ExitCode.INVALID_INPUT,
                        "'" + name.orElse(otherwiseNamed) + "' has no samples of the normal label '" + normal
                                + "' (its labels are "
                                + CsvTable.shown(String.join(", ", builder.labelsSoFar())) + ": say in " + FILE_NAME
                                + " which one is, normal_label = \"...\")");
            }
            builder.normalLabel(normal);
        }
        return builder.build();
    }

    private void check(DataFile file) {
        checkTask(file);
        if (shape.isPresent() && squareImage.orElse(false)) {
            throw file.invalid(": shape and square_image exclude each other, keep one");
        }
        if (shape.isPresent() && shape.get().size() != 1 && shape.get().size() != 3) {
            throw file.invalid(": shape " + shape.get() + " is neither [height, width, channels] nor [features]");
        }
        try {
            sampleShape();
        } catch (IllegalArgumentException e) {
            throw file.invalid(": shape " + shape.orElseThrow() + " is none that samples can have");
        }
        if (valueRange.isPresent() && valueRange.get().size() != 2) {
            throw file.invalid(": value_range " + valueRange.get() + " is not [min, max]");
        }
        try {
            declaredRange();
        } catch (IllegalArgumentException e) {
            throw file.invalid(": value_range " + valueRange.orElseThrow() + " is not [min, max]");
        }
        if (labels.isPresent()
                && labels.get().stream().distinct().count() != labels.get().size()) {
            throw file.invalid(": labels names a label twice");
        }
        try {
            split.ifPresent(SplitPlan::parse);
        } catch (IllegalArgumentException e) {
            throw file.invalid(": split: " + e.getMessage());
        }
        if (file().isPresent()
                && !file().get().equals(Path.of(file().get()).getFileName().toString())) {
            throw file.invalid(": file '" + file().get() + "' must be a file in the same folder");
        }
    }

    private void checkTask(DataFile file) {
        if (task.isPresent() && TaskKind.named(task.get()).isEmpty()) {
            throw file.invalid(": task '" + CsvTable.shown(task.get()) + "' is none of " + TaskKind.ids());
        }
        if (targetColumns.isPresent() && taskKind() != TaskKind.REGRESSION) {
            throw file.invalid(": target_columns are for task = \"regression\", name a class by label_column");
        }
        if (targetColumns.isPresent()
                && (targetColumns.get().isEmpty() || labelColumn().isPresent())) {
            throw file.invalid(": give one label_column, or one or more target_columns");
        }
        if (normalLabel.isPresent() && taskKind() != TaskKind.ANOMALY_DETECTION) {
            throw file.invalid(": normal_label is for task = \"anomaly\"");
        }
        if (labels.isPresent() && taskKind() == TaskKind.REGRESSION) {
            throw file.invalid(": a regression has no labels, remove them");
        }
    }
}
