package org.tinytune.train;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.train.initialization.Initializer;
import org.tinytune.train.initialization.Initializers;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.optimizer.Adam;
import org.tinytune.train.optimizer.CosineSchedule;
import org.tinytune.train.optimizer.OptimizerSettings;
import org.tinytune.train.settings.Settings;

/**
 * How a network is trained.
 *
 * @param epochs passes over the training samples in float, at most
 * @param batchSize samples of a step, at most; the batches of an epoch differ by one sample at most
 * @param threads that share a step; results do not depend on it
 * @param optimization how weights follow their gradients
 * @param regularization what keeps a network from learning its samples by heart
 * @param loss between outputs and targets
 * @param initializer of the weights
 * @param qat the training in integers that follows
 * @param compression pruning and distillation
 */
public record TrainingConfig(
        int epochs,
        int batchSize,
        int threads,
        Optimization optimization,
        Regularization regularization,
        Loss loss,
        Initializer initializer,
        QatSettings qat,
        Compression compression) {
    private static final double LABEL_SMOOTHING = 0.05;
    private static final double WEIGHT_DECAY = 0.01;
    private static final double INT8_LEARNING_RATE = 0.1;

    /**
     * Checks the ranges.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if a number is out of range
     */
    public TrainingConfig {
        Settings.require(epochs >= 1, "epochs", epochs, "1 or more");
        Settings.require(batchSize >= 1, "batch size", batchSize, "1 or more");
        Settings.require(threads >= 1, "threads", threads, "1 or more");
        if (compression.distillation().isPresent() && !loss.onLogits()) {
            throw new TinytuneException(
                    ExitCode.USAGE, "a teacher is of no use to this loss: give cross-entropy, or no teacher");
        }
    }

    /** Without compression other than quantization. */
    public TrainingConfig(
            int epochs,
            int batchSize,
            int threads,
            Optimization optimization,
            Regularization regularization,
            Loss loss,
            Initializer initializer,
            QatSettings qat) {
        this(epochs, batchSize, threads, optimization, regularization, loss, initializer, qat, Compression.NONE);
    }

    /** Adam with a little weight decay, a cosine schedule, lightly smoothed labels; no augmentation, no early end. */
    public static TrainingConfig standard(
            int floatEpochs, int int8Epochs, int batchSize, double learningRate, int threads) {
        return new TrainingConfig(
                floatEpochs,
                batchSize,
                threads,
                Optimization.of(Adam.withDecay(WEIGHT_DECAY), learningRate, CosineSchedule.standard()),
                Regularization.NONE,
                new SoftmaxCrossEntropy(LABEL_SMOOTHING),
                Initializers.STANDARD,
                new QatSettings(int8Epochs, INT8_LEARNING_RATE));
    }

    /** The same with another number of passes in float. */
    public TrainingConfig withEpochs(int other) {
        return new TrainingConfig(
                other, batchSize, threads, optimization, regularization, loss, initializer, qat, compression);
    }

    /** The same with other threads, which share a step. */
    public TrainingConfig withThreads(int other) {
        return new TrainingConfig(
                epochs, batchSize, other, optimization, regularization, loss, initializer, qat, compression);
    }

    /** The same with another optimization. */
    public TrainingConfig with(Optimization other) {
        return new TrainingConfig(
                epochs, batchSize, threads, other, regularization, loss, initializer, qat, compression);
    }

    /** The same with another regularization. */
    public TrainingConfig with(Regularization other) {
        return new TrainingConfig(epochs, batchSize, threads, optimization, other, loss, initializer, qat, compression);
    }

    /** The same with another loss. */
    public TrainingConfig with(Loss other) {
        return new TrainingConfig(
                epochs, batchSize, threads, optimization, regularization, other, initializer, qat, compression);
    }

    /** The same with another initializer. */
    public TrainingConfig with(Initializer other) {
        return new TrainingConfig(
                epochs, batchSize, threads, optimization, regularization, loss, other, qat, compression);
    }

    /** The same with another training in integers. */
    public TrainingConfig with(QatSettings other) {
        return new TrainingConfig(
                epochs, batchSize, threads, optimization, regularization, loss, initializer, other, compression);
    }

    /** The same with other compression. */
    public TrainingConfig with(Compression other) {
        return new TrainingConfig(
                epochs, batchSize, threads, optimization, regularization, loss, initializer, qat, other);
    }

    /** The same with another optimizer. */
    public TrainingConfig with(OptimizerSettings other) {
        return with(optimization.with(other));
    }

    /** The same with another augmentation. */
    public TrainingConfig withAugmentation(Augmentation other) {
        return with(regularization.with(other));
    }
}
