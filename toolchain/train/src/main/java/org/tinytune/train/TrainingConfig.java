package org.tinytune.train;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.optimizer.Adam;
import org.tinytune.train.optimizer.CosineSchedule;
import org.tinytune.train.optimizer.OptimizerSettings;
import org.tinytune.train.optimizer.Schedule;

/**
 * How a network is trained.
 *
 * @param floatEpochs passes over the training samples in float, at most
 * @param int8Epochs passes in integers that follow; 0 leaves it at calibration
 * @param batchSize samples of a step, at most; the batches of an epoch differ by one sample at most
 * @param learningRate at its peak, above 0
 * @param int8LearningRate factor of it in integers, above 0
 * @param optimizer of both phases, each of which begins anew
 * @param schedule of both phases
 * @param loss between logits and targets
 * @param augmentation of training samples
 * @param patience epochs without a better validation score after which a phase ends
 * @param threads that share a step; results do not depend on it
 */
public record TrainingConfig(
        int floatEpochs,
        int int8Epochs,
        int batchSize,
        double learningRate,
        double int8LearningRate,
        OptimizerSettings optimizer,
        Schedule schedule,
        Loss loss,
        Augmentation augmentation,
        int patience,
        int threads) {
    private static final double LABEL_SMOOTHING = 0.05;
    private static final double WEIGHT_DECAY = 0.01;
    private static final double INT8_LEARNING_RATE = 0.1;

    /**
     * Checks the ranges.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if a number is out of range
     */
    public TrainingConfig {
        require(floatEpochs >= 1, "epochs", floatEpochs, "1 or more");
        require(int8Epochs >= 0, "int8 epochs", int8Epochs, "0 or more");
        require(batchSize >= 1, "batch size", batchSize, "1 or more");
        require(learningRate > 0 && learningRate < Double.MAX_VALUE, "learning rate", learningRate, "above 0");
        require(int8LearningRate > 0, "int8 learning rate factor", int8LearningRate, "above 0");
        require(patience >= 1, "patience", patience, "1 or more");
        require(threads >= 1, "threads", threads, "1 or more");
    }

    private static void require(boolean condition, String what, Number value, String wanted) {
        if (!condition) {
            throw new TinytuneException(ExitCode.USAGE, what + " " + value + ": give " + wanted);
        }
    }

    /** Adam with a little weight decay, a cosine schedule, lightly smoothed labels; no augmentation, no early end. */
    public static TrainingConfig standard(
            int floatEpochs, int int8Epochs, int batchSize, double learningRate, int threads) {
        return new TrainingConfig(
                floatEpochs,
                int8Epochs,
                batchSize,
                learningRate,
                INT8_LEARNING_RATE,
                Adam.withDecay(WEIGHT_DECAY),
                CosineSchedule.standard(),
                new SoftmaxCrossEntropy(LABEL_SMOOTHING),
                Augmentation.NONE,
                Integer.MAX_VALUE,
                threads);
    }

    /** The same with other augmentation. */
    public TrainingConfig withAugmentation(Augmentation other) {
        return new TrainingConfig(
                floatEpochs,
                int8Epochs,
                batchSize,
                learningRate,
                int8LearningRate,
                optimizer,
                schedule,
                loss,
                other,
                patience,
                threads);
    }
}
