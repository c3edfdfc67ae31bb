package org.tinytune.train.model;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.InputEncodings;
import org.tinytune.data.Parallel;
import org.tinytune.data.Samples;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.data.feature.NetworkInput;
import org.tinytune.data.split.Split;
import org.tinytune.data.split.SplitOptions;
import org.tinytune.data.split.TestSet;
import org.tinytune.train.Checkpoints;
import org.tinytune.train.Trainer;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.TrainingListener;
import org.tinytune.train.TrainingResult;
import org.tinytune.train.data.SampleCheck;
import org.tinytune.train.distill.Distillation;
import org.tinytune.train.quantize.Dequantization;
import org.tinytune.train.task.Task;

/**
 * A declared network and the data that it is trained on. Its result follows from file, data and seed alone.
 *
 * <p>Checked by: DeclaredTrainingTest.
 */
public final class DeclaredTraining {
    private static final int IMAGE_RANK = 3;

    private final ModelFile file;
    private final NetworkInput input;
    private final Samples training;
    private final Optional<Samples> validation;
    private final TestSet test;
    private final long seed;
    private final Graph graph;
    private final TrainingConfig config;

    /**
     * Divides the data, and checks the file against them.
     *
     * @param seed of everything: the split, weights, order, dropout and augmentation
     * @param threads that make the features and share a step; the result does not depend on them
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the file has a mistake or does not fit the data,
     *     there are too few data, or one of them is no number
     */
    public DeclaredTraining(ModelFile file, Dataset dataset, long seed, int threads) {
        this.file = file;
        file.requireTask(dataset);
        Split split = Split.of(dataset, SplitOptions.seeded(seed));
        Samples samples =
                file.validation() ? split.search().training() : split.search().all();
        this.test = split.test();
        // Before anything is computed from them.
        SampleCheck.check("training", samples);
        this.seed = seed;
        this.input = file.input(dataset, samples, Parallel.of(threads))
                .orElseGet(() -> NetworkInput.of(samples, encoding(samples, file.step(dataset.shape()))));
        this.training = input.training(
                input.isSamples() ? Augmentation.NONE : file.ofWindows(dataset.shape(), input.shape()), seed);
        this.validation =
                file.validation() ? Optional.of(input.of(split.search().validation())) : Optional.empty();
        InputEncoding encoding = input.encoding();
        this.config = input.isSamples()
                ? file.training(dataset.task(), dataset.shape(), encoding.rawMin(), threads)
                : file.training(
                        dataset.task(),
                        dataset.shape(),
                        input.shape(),
                        encoding.mean().get(0),
                        threads);
        file.requireClasses(config.loss(), training.labels().size());
        Metadata metadata = Task.describe(metadata(file.name(), dataset, encoding), training);
        this.graph = file.network(input.shape(), metadata);
    }

    private DeclaredTraining(DeclaredTraining other, TrainingConfig config) {
        this.file = other.file;
        this.input = other.input;
        this.training = other.training;
        this.validation = other.validation;
        this.test = other.test;
        this.seed = other.seed;
        this.graph = other.graph;
        this.config = config;
    }

    /**
     * Images keep their zero, which is what padding means; columns of a table have nothing in common but their scale.
     *
     * @param step shape of a step of a sample
     */
    private static InputEncoding encoding(Samples training, Shape step) {
        return training.shape().rank() == IMAGE_RANK
                ? InputEncodings.scaled(training, 0, 1)
                : InputEncodings.standardized(training, step.elements());
    }

    private static Metadata metadata(String name, Dataset dataset, InputEncoding encoding) {
        SortedMap<String, String> extra = new TreeMap<>();
        extra.put("dataset", dataset.card().name());
        extra.put("datasetFingerprint", dataset.fingerprint());
        String description = what(dataset.task()) + " " + dataset.card().name() + ", made by tinytune";
        return new Metadata(name, description, List.of(), encoding, extra);
    }

    private static String what(TaskKind task) {
        return switch (task) {
            case CLASSIFICATION -> "Classifier of";
            case REGRESSION -> "Regression of";
            case ANOMALY_DETECTION -> "Anomaly detector for";
        };
    }

    /**
     * The training of a teacher: in float, as its student learns from its float network.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it has a teacher of its own
     */
    public DeclaredTraining ofTeacher() {
        if (file.teacher().isPresent()) {
            throw file.teacher().get().error("a teacher cannot have a teacher of its own: leave it out");
        }
        return new DeclaredTraining(this, config.with(config.qat().withEpochs(0)));
    }

    /**
     * The same with the teacher that the file asks for.
     *
     * @param teacher trained, in float or integers
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it is for other samples or classes
     */
    public DeclaredTraining withTeacher(Graph teacher) {
        checkTeacher(teacher);
        DeclaredTeacher declared = file.teacher().orElseThrow();
        Distillation distillation = new Distillation(Dequantization.of(teacher), declared.settings());
        return new DeclaredTraining(this, config.with(config.compression().with(distillation)));
    }

    /**
     * Checks that a network can be the teacher that the file asks for, trained or not.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it is for other samples or classes
     */
    public void checkTeacher(Graph teacher) {
        file.teacher().orElseThrow().checkFit(teacher, training);
    }

    /** The float graph, its weights still 0. */
    public Graph graph() {
        return graph;
    }

    /** How it is trained. */
    public TrainingConfig config() {
        return config;
    }

    /** Whether the network is given samples as they are, and neither features of them nor smaller images. */
    public boolean seesSamples() {
        return input.isSamples();
    }

    /**
     * Whether the network is given the same of every sample as another: the same features, fitted to the same samples.
     */
    public boolean seesTheSameAs(DeclaredTraining other) {
        return input.isSameAs(other.input);
    }

    /** The samples that it learns from, as the network sees them. */
    public Samples training() {
        return training;
    }

    /** The samples that the best epoch is chosen by, as the network sees them; empty if the last is kept. */
    public Optional<Samples> validation() {
        return validation;
    }

    /** The samples that nobody sees before the end. */
    public TestSet test() {
        return test;
    }

    /**
     * Trains, or goes on at a checkpoint. Where there are features, the float network takes these, and the INT8 model
     * makes them itself.
     *
     * @param listener told of every epoch
     * @param stop asked before every step
     * @param checkpoints of the same file, data and seed
     * @throws TinytuneException as {@link Trainer#fit}
     * @throws CancellationException if {@code stop} said so
     */
    public TrainingResult run(TrainingListener listener, BooleanSupplier stop, Checkpoints checkpoints) {
        if (file.teacher().isPresent() && config.compression().distillation().isEmpty()) {
            throw new IllegalStateException("the teacher is missing");
        }
        return Trainer.fit(graph, training, validation, config, seed, listener, stop, checkpoints)
                .withInt8Graph(input::model);
    }
}
