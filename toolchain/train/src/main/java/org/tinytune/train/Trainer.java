package org.tinytune.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.data.Samples;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.Parameters;

/**
 * Trains a classifier: float graphs in float, graphs with int8 activations quantization-aware. With a validation part,
 * the weights of its best epoch are kept.
 */
public final class Trainer {
    private static final int EVALUATION_BATCH = 128;

    private final Network network;
    private final TrainingConfig config;
    private final SampleFeed feed;
    private final Optional<SampleFeed> validation;
    private final Optimizer optimizer;
    private final BooleanSupplier stop;

    private Trainer(
            Network network,
            Samples training,
            Optional<Samples> validation,
            TrainingConfig config,
            BooleanSupplier stop) {
        InputEncoding encoding = network.graph().metadata().encoding();
        this.network = network;
        this.config = config;
        this.feed = new SampleFeed(training, encoding, config.augmentation(), config.seed());
        this.validation = validation.map(samples -> SampleFeed.plain(samples, encoding));
        this.optimizer = config.optimizer()
                .create(VectorProvider.get(), network.parameters().size());
        this.stop = stop;
    }

    /**
     * A trained graph.
     *
     * @param graph with the trained constants
     * @param history one entry an epoch
     */
    public record Result(Graph graph, List<EpochFigures> history) {}

    /**
     * What is known at the end of an epoch.
     *
     * @param trainingLoss mean over the epoch's mini-batches
     * @param trainingAccuracy in [0, 1], over the epoch's mini-batches
     * @param validationAccuracy in [0, 1]; NaN without a validation part
     */
    public record EpochFigures(double trainingLoss, double trainingAccuracy, double validationAccuracy) {}

    /**
     * Trains.
     *
     * @param graph ends in a softmax over the classes, its weights initialized
     * @param progress is told of every epoch
     * @param stop asked before every step
     * @throws CancellationException if {@code stop} said so
     */
    public static Result fit(
            Graph graph,
            Samples training,
            Optional<Samples> validation,
            TrainingConfig config,
            Consumer<EpochFigures> progress,
            BooleanSupplier stop) {
        int batch = Math.max(config.batchSize(), EVALUATION_BATCH);
        NetworkOptions options = NetworkOptions.training(Evaluator.arithmetic(graph), batch, config.threads());
        try (Network network = new Network(graph, options)) {
            List<EpochFigures> history = new Trainer(network, training, validation, config, stop).run(progress);
            return new Result(network.trainedGraph(), history);
        }
    }

    private List<EpochFigures> run(Consumer<EpochFigures> progress) {
        List<EpochFigures> history = new ArrayList<>();
        Optional<Parameters.Snapshot> best = Optional.empty();
        double bestAccuracy = -1;
        int bestEpoch = 0;
        for (int epoch = 0; epoch < config.epochs(); epoch++) {
            EpochFigures figures = epoch(epoch);
            history.add(figures);
            progress.accept(figures);
            if (validation.isPresent() && figures.validationAccuracy() >= bestAccuracy) {
                bestAccuracy = figures.validationAccuracy();
                bestEpoch = epoch;
                best = Optional.of(network.parameters().snapshot());
            }
            if (config.patience() > 0 && validation.isPresent() && epoch - bestEpoch >= config.patience()) {
                break;
            }
        }
        best.ifPresent(network.parameters()::restore);
        return history;
    }

    private EpochFigures epoch(int epoch) {
        int[] order = shuffled(epoch);
        int batches = (order.length + config.batchSize() - 1) / config.batchSize();
        long steps = (long) batches * config.epochs();
        BatchScore score = new BatchScore(network, feed, config.labelSmoothing());
        Tensor input = network.graph().input();
        FloatSpan values = network.values(network.graph().inputs().get(0));
        Parameters parameters = network.parameters();
        for (int b = 0; b < batches; b++) {
            if (stop.getAsBoolean()) {
                throw new CancellationException("training was stopped");
            }
            int from = b * config.batchSize();
            int count = Math.min(config.batchSize(), order.length - from);
            long step = (long) epoch * batches + b;
            optimizer.begin(config.learningRate() * config.schedule().factor(step, steps));
            network.train(
                    count,
                    config.seed() + step,
                    shard -> feed.fill(input, values, order, from, shard, epoch),
                    shard -> score.score(order, from, shard, count),
                    (begin, end, weights) ->
                            optimizer.update(parameters.values(), parameters.gradient(), begin, end, weights));
        }
        Evaluation trained = score.evaluation();
        double validated = validation
                .map(samples -> Evaluator.evaluate(network, samples).accuracy())
                .orElse(Double.NaN);
        return new EpochFigures(trained.loss(), trained.accuracy(), validated);
    }

    private int[] shuffled(int epoch) {
        int[] order = feed.inOrder();
        SplittableRandom random = new SplittableRandom(config.seed() + 31L * epoch);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
