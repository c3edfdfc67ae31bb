package org.tinytune.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Tensor;
import org.tinytune.data.Samples;

/**
 * Trains a classifier: float graphs in float, graphs of {@link Quantizer#toTrainable} quantization-aware. With a
 * validation part, the weights of its best epoch are kept.
 */
public final class Trainer {
    private static final int EVALUATION_BATCH = 128;

    private final Network network;
    private final TrainingConfig config;
    private final SampleFeed feed;
    private final Optional<SampleFeed> validation;
    private final Optimizer optimizer;
    private final CrossEntropy loss;
    private final int classes;
    private final BooleanSupplier stop;

    private Trainer(
            Graph graph, Samples training, Optional<Samples> validation, TrainingConfig config, BooleanSupplier stop) {
        Graph logits = Logits.of(graph);
        this.config = config;
        this.network = new Network(logits, Math.max(config.batchSize(), EVALUATION_BATCH), true);
        this.classes = logits.output().shape().elements();
        this.feed = new SampleFeed(training, graph.metadata().encoding(), config.augmentation(), config.seed());
        this.validation = validation.map(
                samples -> SampleFeed.plain(samples, graph.metadata().encoding()));
        this.optimizer = config.optimizer().create(network.math(), network.parameterCount());
        this.loss = new CrossEntropy(classes, config.labelSmoothing());
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
        Trainer trainer = new Trainer(graph, training, validation, config, stop);
        List<EpochFigures> history = trainer.run(progress);
        return new Result(Logits.restore(graph, trainer.network.trainedGraph()), history);
    }

    private List<EpochFigures> run(Consumer<EpochFigures> progress) {
        List<EpochFigures> history = new ArrayList<>();
        Optional<Network.Snapshot> best = Optional.empty();
        double bestAccuracy = -1;
        int bestEpoch = 0;
        try (Team team = new Team(config.threads())) {
            team.serve(network);
            for (int epoch = 0; epoch < config.epochs(); epoch++) {
                EpochFigures figures = epoch(team, epoch);
                history.add(figures);
                progress.accept(figures);
                if (validation.isPresent() && figures.validationAccuracy() >= bestAccuracy) {
                    bestAccuracy = figures.validationAccuracy();
                    bestEpoch = epoch;
                    best = Optional.of(network.snapshot());
                }
                if (config.patience() > 0 && validation.isPresent() && epoch - bestEpoch >= config.patience()) {
                    break;
                }
            }
        }
        best.ifPresent(network::restore);
        return history;
    }

    private EpochFigures epoch(Team team, int epoch) {
        int[] order = shuffled(epoch);
        int batches = (order.length + config.batchSize() - 1) / config.batchSize();
        double lossSum = 0;
        int correct = 0;
        for (int b = 0; b < batches; b++) {
            if (stop.getAsBoolean()) {
                throw new CancellationException("training was stopped");
            }
            int from = b * config.batchSize();
            int count = Math.min(config.batchSize(), order.length - from);
            long step = (long) epoch * batches + b;
            feed.fill(network.graph().input(), network.input(), order, from, count, epoch);
            team.begin(count, true, step);
            network.load();
            team.run(network::forward);
            for (int i = 0; i < count; i++) {
                int target = feed.target(order[from + i]);
                lossSum += lossOf(loss, network, i, target, network.outputGradient(), 1.0 / count);
                correct += Evaluator.argMax(network.output(), i * classes, classes) == target ? 1 : 0;
            }
            team.run(network::backward);
            double factor = config.schedule().factor(step, (long) batches * config.epochs());
            optimizer.step(network.parameters(), network.parameterGradients(), config.learningRate() * factor);
        }
        double validated = validation
                .map(samples -> Evaluator.evaluate(network, team, samples).accuracy())
                .orElse(Double.NaN);
        return new EpochFigures(lossSum / order.length, (double) correct / order.length, validated);
    }

    /** The loss of sample {@code i} of the batch, whose logits may be integers. */
    static double lossOf(CrossEntropy loss, Network network, int i, int target, float[] gradient, double weight) {
        Tensor logits = network.graph().output();
        boolean isInt8 = logits.quantization().isPresent();
        return loss.of(
                network.output(),
                i * logits.shape().elements(),
                isInt8 ? logits.quantization().scale() : 1,
                isInt8 ? logits.quantization().zeroPoint() : 0,
                target,
                gradient,
                weight);
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
