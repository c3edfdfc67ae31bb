package org.tinytune.train.model;

import java.util.Optional;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.train.Compression;
import org.tinytune.train.EarlyStopping;
import org.tinytune.train.Optimization;
import org.tinytune.train.QatSettings;
import org.tinytune.train.Regularization;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.initialization.Initializers;
import org.tinytune.train.loss.ClassWeights;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.loss.Losses;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.optimizer.Clipping;
import org.tinytune.train.optimizer.Optimizers;
import org.tinytune.train.optimizer.Penalty;
import org.tinytune.train.optimizer.Schedules;
import org.tinytune.train.prune.PruningSettings;
import org.tinytune.train.quantize.CalibrationMethod;
import org.tinytune.train.quantize.CalibrationMethods;
import org.tinytune.train.range.RangeLearning;
import org.tinytune.train.range.RangeLearnings;
import org.tinytune.train.range.WeightScaling;
import org.tinytune.train.range.WeightScalings;
import org.tinytune.train.settings.Registry;
import org.tinytune.train.settings.TomlTable;

/** Reads the table {@code [train]} and the tables inside of it. Checked by: TrainingTableTest. */
final class TrainingTable {
    /** The loss of a classifier. */
    static final String USUAL_LOSS = "cross-entropy";

    private static final int MAX_EPOCHS = 1_000_000;
    private static final int MAX_BATCH = 1 << 20;
    /** Integer training refines what is trained already: a fraction of the float epochs is enough. */
    private static final int EPOCHS_PER_QAT_EPOCH = 5;

    private static final double QAT_LEARNING_RATE = 0.1;

    private static final int PRUNING_ROUNDS = 3;
    /** So that three rounds take a bit more than half as long as the training before them. */
    private static final int EPOCHS_PER_TUNING_EPOCH = 5;

    private final TomlTable table;
    private final TaskKind task;
    private final Shape sample;
    private final Optional<Shape> features;
    private final float background;

    /** @param features shape of what a network is given of a sample, if that is something else */
    TrainingTable(TomlTable table, TaskKind task, Shape sample, Optional<Shape> features, float background) {
        this.table = table;
        this.task = task;
        this.sample = sample;
        this.features = features;
        this.background = background;
    }

    TrainingConfig read(int threads) {
        int epochs = table.integer("epochs", 1, MAX_EPOCHS);
        int batchSize = table.integer("batch_size", 1, MAX_BATCH);
        TrainingConfig config = table.checked(() -> new TrainingConfig(
                epochs,
                batchSize,
                threads,
                optimization(table.number("learning_rate")),
                regularization(),
                loss(table.table("loss")),
                entry(table.table("initializer"), Initializers.ALL, "by-activation"),
                qat(table.table("qat"), epochs),
                new Compression(pruning(epochs), Optional.empty())));
        table.has("validation");
        table.has("teacher");
        table.requireNothingElse();
        return config;
    }

    private Optimization optimization(double learningRate) {
        return new Optimization(
                entry(table.table("optimizer"), Optimizers.ALL, "adamw"),
                learningRate,
                entry(table.table("schedule"), Schedules.ALL, "cosine"),
                clipping(table.table("clipping")));
    }

    /** What a registry has under {@code name}, with the numbers that the table gives. */
    private static <T> T entry(TomlTable settings, Registry<T> registry, String usual) {
        String name = settings.textOr("name", usual);
        return settings.checked(() -> registry.get(name, settings.otherNumbers()));
    }

    private static Clipping clipping(TomlTable settings) {
        double value = settings.numberOr("value", Clipping.NONE.value());
        double norm = settings.numberOr("norm", Clipping.NONE.norm());
        settings.requireNothingElse();
        return settings.checked(() -> new Clipping(value, norm));
    }

    private Loss loss(TomlTable settings) {
        ClassWeights weights = classWeights(settings);
        boolean classes = task == TaskKind.CLASSIFICATION;
        Loss loss = entry(settings, Losses.ALL, classes ? USUAL_LOSS : "mse");
        if (!classes && loss.onLogits()) {
            throw settings.error("name = \"" + settings.textOr("name", "") + "\" is for classes, but the data ask for "
                    + task.id() + ": give mse, mae or huber");
        }
        if (loss instanceof SoftmaxCrossEntropy crossEntropy) {
            return new SoftmaxCrossEntropy(crossEntropy.smoothing(), weights);
        }
        if (weights.kind() != ClassWeights.Kind.NONE) {
            throw settings.error("class_weights are for the loss cross-entropy only: leave them out");
        }
        return loss;
    }

    private static ClassWeights classWeights(TomlTable settings) {
        if (!settings.has("class_weights")) {
            return ClassWeights.NONE;
        }
        if (!settings.isText("class_weights")) {
            double[] weights = settings.numbers("class_weights");
            return settings.checked(() -> ClassWeights.of(weights));
        }
        String word = settings.text("class_weights", "balanced");
        if (!word.equals("balanced")) {
            throw settings.error(
                    "class_weights = \"" + word + "\": give \"balanced\", or a list of one number for each class");
        }
        return ClassWeights.BALANCED;
    }

    private Regularization regularization() {
        TomlTable settings = table.table("regularization");
        Augmentation augmentation =
                new AugmentationTable(table.table("augmentation"), sample, features, background).ofInput();
        Regularization read = settings.checked(() -> new Regularization(
                new Penalty(settings.numberOr("l1", 0), settings.numberOr("l2", 0)),
                settings.numberOr("mixup", 0),
                augmentation,
                earlyStopping(settings)));
        settings.requireNothingElse();
        return read;
    }

    private EarlyStopping earlyStopping(TomlTable settings) {
        if (settings.has("patience") && !table.flag("validation", true)) {
            throw settings.error("patience looks at validation samples, of which validation = false leaves none: leave"
                    + " out one of them");
        }
        return new EarlyStopping(
                settings.integerOr("patience", Integer.MAX_VALUE, 1, Integer.MAX_VALUE),
                settings.numberOr("min_delta", 0));
    }

    private static QatSettings qat(TomlTable settings, int epochs) {
        int qatEpochs = settings.integerOr("epochs", Math.max(1, epochs / EPOCHS_PER_QAT_EPOCH), 0, MAX_EPOCHS);
        double learningRate = settings.numberOr("learning_rate", QAT_LEARNING_RATE);
        CalibrationMethod calibration = named(settings, "calibration", CalibrationMethods.ALL, "mse");
        RangeLearning ranges = named(settings, "ranges", RangeLearnings.ALL, "static");
        WeightScaling weights = named(settings, "weights", WeightScalings.ALL, "magnitude");
        settings.requireNothingElse();
        return settings.checked(() -> new QatSettings(qatEpochs, learningRate, calibration, ranges, weights));
    }

    /** A name as a text, or with numbers as a table. */
    private static <T> T named(TomlTable settings, String key, Registry<T> registry, String usual) {
        return settings.has(key) && !settings.isText(key)
                ? entry(settings.table(key), registry, usual)
                : settings.checked(() -> registry.get(settings.textOr(key, usual)));
    }

    private PruningSettings pruning(int epochs) {
        if (!table.has("pruning")) {
            return PruningSettings.NONE;
        }
        TomlTable settings = table.table("pruning");
        double fraction = settings.number("fraction");
        int rounds = settings.integerOr("rounds", PRUNING_ROUNDS, 1, MAX_EPOCHS);
        int tuning = settings.integerOr("epochs", Math.max(1, epochs / EPOCHS_PER_TUNING_EPOCH), 0, MAX_EPOCHS);
        double learningRate = settings.numberOr("learning_rate", PruningSettings.USUAL_LEARNING_RATE);
        settings.requireNothingElse();
        return settings.checked(() -> new PruningSettings(fraction, rounds, tuning, learningRate));
    }
}
