package org.tinytune.nas;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.Samples;
import org.tinytune.train.Evaluation;

/** Trains a network in float, then quantization-aware; the one place that knows the trainer's own settings. */
public interface CandidateTrainer {
    /**
     * Trains a network.
     *
     * @param network a float graph, its weights not yet initialized
     * @param training the samples to learn from
     * @param validation the samples to watch; empty for a last training on all samples
     * @param job rates, budget, seed and threads
     * @param progress is told of every epoch
     * @param stop asked several times a second
     * @throws java.util.concurrent.CancellationException if {@code stop} said so
     */
    TrainedModel train(
            Graph network,
            Samples training,
            Optional<Samples> validation,
            Job job,
            Consumer<TrainedModel.Epoch> progress,
            BooleanSupplier stop);

    /**
     * How a trained graph does on some samples.
     *
     * @param threads that share the work; the result does not depend on them
     */
    Evaluation evaluate(Graph graph, Samples samples, int threads);

    /** The INT8 graph of a network as it will be, but for the values of weights and quantization. */
    Graph skeleton(Graph network);

    /**
     * One training.
     *
     * @param learningRate of Adam, at its peak
     * @param batchSize samples of a mini-batch
     * @param budget epochs
     * @param seed of weights, order, dropout and augmentation
     * @param augmentation strength of the augmentation of images, in [0, 1]
     * @param threads that share a mini-batch; the result does not depend on them
     */
    record Job(
            double learningRate, int batchSize, double augmentation, TrainingBudget budget, long seed, int threads) {}
}
