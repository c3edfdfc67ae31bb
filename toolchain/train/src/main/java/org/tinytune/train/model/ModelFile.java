package org.tinytune.train.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.Parallel;
import org.tinytune.data.Samples;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.data.feature.FeatureDesign;
import org.tinytune.data.feature.NetworkInput;
import org.tinytune.data.reader.ReadOptions;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.loss.Losses;
import org.tinytune.train.settings.TomlTable;

/**
 * A file that declares a network and its training. What it says is checked when it is asked for, against the data that
 * the network is for: every mistake is one line with the file, the place and what to do.
 *
 * <p>Checked by: ModelFileTest.
 */
public final class ModelFile {
    private static final String USUAL_NAME = "model";

    private final TomlTable root;
    private final String name;
    private final ReadOptions dataOptions;
    private final TomlTable training;
    private final Optional<TomlTable> features;
    private final boolean validation;
    private final int steps;
    private final Optional<DeclaredTeacher> teacher;

    private ModelFile(TomlTable root) {
        this.root = root;
        TomlTable model = root.table("model");
        this.name = model.textOr("name", USUAL_NAME);
        if (!name.matches("[A-Za-z][A-Za-z0-9_]*")) {
            throw model.error("name = \"" + name + "\": give letters, digits and underscores, a letter first");
        }
        this.steps = model.integerOr("steps", 1, 1, Metadata.MAX_STEPS);
        this.dataOptions = dataOptions(model);
        model.requireNothingElse();
        root.has("layer");
        if (!root.has("train")) {
            throw root.error("table [train] is missing: give it, with epochs, batch_size and learning_rate");
        }
        this.features = root.has("features") ? Optional.of(root.table("features")) : Optional.empty();
        this.training = root.table("train");
        this.validation = training.flag("validation", true);
        this.teacher =
                training.has("teacher") ? Optional.of(DeclaredTeacher.of(training.table("teacher"))) : Optional.empty();
        root.requireNothingElse();
    }

    private static ReadOptions dataOptions(TomlTable model) {
        Optional<String> stated = model.has("task") ? Optional.of(model.text("task", "regression")) : Optional.empty();
        Optional<TaskKind> task = stated.flatMap(TaskKind::named);
        if (task.isEmpty() && stated.isPresent()) {
            throw model.error("task = \"" + stated.get() + "\": give one of " + TaskKind.ids());
        }
        Optional<String> normalLabel =
                model.has("normal_label") ? Optional.of(model.text("normal_label", "normal")) : Optional.empty();
        if (normalLabel.isPresent() && !task.equals(Optional.of(TaskKind.ANOMALY_DETECTION))) {
            throw model.error("normal_label is for task = \"" + TaskKind.ANOMALY_DETECTION.id() + "\": give both");
        }
        return new ReadOptions(task, normalLabel);
    }

    /**
     * Reads a file.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it is no TOML, or has tables that it should not
     */
    public static ModelFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    file + (Files.isDirectory(file) ? ": is a folder" : ": no such file")
                            + " (give a model as docs/train.md describes it, as in --model M.toml)");
        }
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new TinytuneException(ExitCode.INVALID_INPUT, file + ": no text in UTF-8 (save it as such)", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a text.
     *
     * @param file its name, with which errors begin
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} as {@link #read} does
     */
    public static ModelFile parse(String file, String text) {
        return new ModelFile(TomlTable.parse(file, text));
    }

    /**
     * Reads what {@link #settings} gave.
     *
     * @param file what errors begin with
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it is something else
     */
    public static ModelFile ofSettings(String file, String settings) {
        return new ModelFile(TomlTable.ofValues(file, settings));
    }

    /** Names the network, and what is generated from it: a C identifier. */
    public String name() {
        return name;
    }

    /** What the file says of the data, which goes without saying if these say it themselves. */
    public ReadOptions dataOptions() {
        return dataOptions;
    }

    /** The data ask for what the file says, if it says anything. */
    void requireTask(Dataset dataset) {
        dataOptions.task().filter(task -> task != dataset.task()).ifPresent(task -> {
            throw root.error("task = \"" + task.id() + "\", but '"
                    + dataset.card().name() + "' asks for " + dataset.task().id() + ": change one of the two");
        });
    }

    /** Whom the network learns from beside the labels, if anyone. */
    public Optional<DeclaredTeacher> teacher() {
        return teacher;
    }

    /** Whether a part of the samples is left out of training, to choose the best epoch by. */
    public boolean validation() {
        return validation;
    }

    /**
     * What the network is given of the samples, if the file says so: features of windows of sensor data, or smaller
     * images.
     *
     * @param training of the data set
     * @param parallel makes it
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the table has a mistake, or the data are neither
     *     such windows nor images
     */
    Optional<NetworkInput> input(Dataset dataset, Samples training, Parallel parallel) {
        return features.map(table -> {
            if (dataset.signal().isPresent()) {
                SignalFormat signal = dataset.signal().get();
                FeatureDesign design = new FeaturesTable(table, dataset.shape(), signal).read();
                return NetworkInput.features(design, training, parallel);
            }
            if (NetworkInput.areImages(dataset)) {
                return NetworkInput.smaller(new ResizeTable(table, dataset.shape()).read(), training, parallel);
            }
            throw table.error("'" + dataset.card().name()
                    + "' holds neither recordings to make features of nor images of bytes, which value_range = [0, 255]"
                    + " in dataset.toml says of arrays and tables: leave [features] out");
        });
    }

    /** All that the file says, as JSON: without comments and white space. */
    public String settings() {
        return root.values();
    }

    /**
     * The float graph, its weights still 0. A classifier ends in probabilities of the classes, a regression in a value
     * for each target, a detector of anomalies in the reconstruction of its input.
     *
     * @param sample shape of a sample, {@code [H, W, C]} or {@code [N]}
     * @param metadata the task, labels, one a class or target, and input encoding
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if a layer is wrong, or does not fit the layer
     *     before it or the data
     */
    public Graph network(Shape sample, Metadata metadata) {
        Graph graph = new Layers(root, step(sample), metadata, loss()).build();
        requireMemory(graph);
        return graph;
    }

    /**
     * The shape of a step of a sample, which is what a network sees at a time: a part of its rows, or of its values.
     *
     * @param sample shape of a sample, {@code [H, W, C]} or {@code [N]}
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it is no whole number of steps
     */
    Shape step(Shape sample) {
        int[] dims = sample.dims();
        if (dims[0] % steps != 0) {
            throw root.error("model: steps = " + steps + ": give a number that divides the " + dims[0]
                    + (dims.length == 1 ? " values" : " rows") + " of a sample, " + sample);
        }
        dims[0] /= steps;
        return Shape.of(dims);
    }

    /** Whoever gives steps wants them remembered, and whoever remembers has to be given some. */
    private void requireMemory(Graph graph) {
        if (steps > 1 && !graph.hasState()) {
            throw root.error("model: steps = " + steps + ", but no layer remembers a step: add one of type svdf, or"
                    + " leave steps out");
        }
        if (steps == 1 && graph.hasState()) {
            throw root.error("model: an svdf remembers the steps of a sample: give their number, as in steps = 10");
        }
        if (graph.hasState() && TaskKind.of(graph.metadata()) == TaskKind.ANOMALY_DETECTION) {
            throw root.error("model: a sample of several steps cannot be reconstructed: leave out steps and svdf");
        }
    }

    /** With the usual settings: what a network ends in depends on which one it is. */
    private Loss loss() {
        TomlTable settings = training.table("loss");
        return settings.checked(() -> Losses.ALL.get(settings.textOr("name", TrainingTable.USUAL_LOSS)));
    }

    /** What of a loss depends on the classes of the data. */
    void requireClasses(Loss loss, int classes) {
        int[] oneOfEach = new int[classes];
        Arrays.fill(oneOfEach, 1);
        training.table("loss").checked(() -> loss.forClasses(oneOfEach));
    }

    /**
     * How the network is trained, but for its teacher.
     *
     * @param task what the data ask for
     * @param sample shape of a sample
     * @param background the raw value of what comes into view where an image is shifted
     * @param threads that share a step
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if a setting is wrong
     */
    public TrainingConfig training(TaskKind task, Shape sample, float background, int threads) {
        return training(new TrainingTable(training, task, sample, Optional.empty(), background), task, threads);
    }

    /**
     * The same of a network that is given features, or smaller images.
     *
     * @param window shape of a window of sensor data, or of an image
     * @param seen shape of what is made of it
     * @param background the raw value of a feature that comes into view where they are shifted
     * @throws TinytuneException as the other
     */
    TrainingConfig training(TaskKind task, Shape window, Shape seen, float background, int threads) {
        return training(new TrainingTable(training, task, window, Optional.of(seen), background), task, threads);
    }

    /**
     * What happens to windows of sensor data before features are made of them; nothing to images.
     *
     * @param window their shape
     * @param seen shape of the features
     */
    Augmentation ofWindows(Shape window, Shape seen) {
        return new AugmentationTable(training.table("augmentation"), window, Optional.of(seen), 0).ofWindows();
    }

    private TrainingConfig training(TrainingTable table, TaskKind task, int threads) {
        TrainingConfig config = table.read(threads);
        teacher.ifPresent(t -> t.check(task, config.loss()));
        return config;
    }
}
