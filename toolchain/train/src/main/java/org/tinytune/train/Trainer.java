package org.tinytune.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Samples;
import org.tinytune.train.Checkpoint.Finished;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.data.SampleCheck;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.initialization.Initialization;
import org.tinytune.train.initialization.Initializers;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.prune.Pruning;
import org.tinytune.train.prune.PruningSettings;
import org.tinytune.train.quantize.Calibration;
import org.tinytune.train.quantize.ClampFusion;
import org.tinytune.train.quantize.Folding;
import org.tinytune.train.quantize.QatGraph;
import org.tinytune.train.range.RealRange;
import org.tinytune.train.task.AnomalyDetection;

/** Trains a network from its first weights to INT8. */
public final class Trainer {
    private final TrainingConfig config;
    private final Samples training;
    private final Optional<Samples> validation;
    private final long seed;
    private final TrainingListener listener;
    private final BooleanSupplier stop;
    private final Checkpoints checkpoints;
    /** Phases and rounds that are over. */
    private final List<Finished> finished = new ArrayList<>();

    private Optional<Checkpoint> checkpoint = Optional.empty();

    private Trainer(
            TrainingConfig config,
            Samples training,
            Optional<Samples> validation,
            long seed,
            TrainingListener listener,
            BooleanSupplier stop,
            Checkpoints checkpoints) {
        this.config = config;
        this.training = training;
        this.validation = validation;
        this.seed = seed;
        this.listener = listener;
        this.stop = stop;
        this.checkpoints = checkpoints;
    }

    /**
     * Trains in float, prunes and trains on, folds batch norm, calibrates, and trains on in integers.
     *
     * @param graph a float network; its metadata say what it is for and how raw values become its input. Its weights
     *     are drawn anew, its other constants are where training begins
     * @param training samples to learn from
     * @param validation samples to choose the best epoch by; empty to keep the last
     * @param seed of weights, order, dropout and augmentation
     * @param listener told of every epoch
     * @param stop asked before every step
     * @throws InvalidModelException if the graph cannot be trained or does not fit the samples
     * @throws TinytuneException if a sample has a value that is no number, or training diverges at once
     * @throws CancellationException if {@code stop} said so
     */
    public static TrainingResult fit(
            Graph graph,
            Samples training,
            Optional<Samples> validation,
            TrainingConfig config,
            long seed,
            TrainingListener listener,
            BooleanSupplier stop) {
        return fit(graph, training, validation, config, seed, listener, stop, Checkpoints.NONE);
    }

    /**
     * Trains as {@link #fit(Graph, Samples, Optional, TrainingConfig, long, TrainingListener, BooleanSupplier)} does,
     * keeps a checkpoint after every epoch, and goes on at the latest one if there is any: to the same result, to the
     * last bit, as if it had never stopped.
     *
     * @param checkpoints of a training with these very arguments, but for threads, listener and stop
     * @throws TinytuneException if a checkpoint cannot be read or kept
     */
    public static TrainingResult fit(
            Graph graph,
            Samples training,
            Optional<Samples> validation,
            TrainingConfig config,
            long seed,
            TrainingListener listener,
            BooleanSupplier stop,
            Checkpoints checkpoints) {
        return new Trainer(config, training, validation, seed, listener, stop, checkpoints).fit(graph);
    }

    private TrainingResult fit(Graph graph) {
        check();
        checkpoint = checkpoints.latest();
        int steps = SampleFeed.steps(training, graph);
        requireVariance(graph, steps);
        Graph stated = steps == 1 ? graph : graph.withMetadata(graph.metadata().withSteps(steps));
        Graph initial = Initialization.initialize(ClampFusion.fuse(stated), config.initializer(), seed);
        Graph folded = Folding.fold(prune(train(Phase.FLOAT, initial)));
        Graph int8 = QatGraph.export(train(Phase.INT8, calibrate(folded)));
        List<Epoch> history =
                finished.stream().flatMap(phase -> phase.history().stream()).toList();
        return new TrainingResult(complete(folded), complete(int8), history);
    }

    /** What can only be known at the end: from which error on an autoencoder gives the alarm. */
    private Graph complete(Graph graph) {
        return TaskKind.of(graph.metadata()) == TaskKind.ANOMALY_DETECTION
                ? AnomalyDetection.withThreshold(
                        graph,
                        Evaluator.predict(graph, training, config.threads()).points())
                : graph;
    }

    private static TinytuneException doesNotFit(Exception e) {
        return new TinytuneException(
                ExitCode.INVALID_INPUT,
                "the checkpoint is of another training: " + e.getMessage() + " (begin anew)",
                e);
    }

    private void check() {
        SampleCheck.check("training", training);
        validation.ifPresent(samples -> SampleCheck.check("validation", samples));
        if (config.batchSize() > training.size()) {
            listener.notice("batch size " + config.batchSize() + " is more than the " + training.size()
                    + " training samples: every step takes all of them");
        }
    }

    /** A batch norm that never sees more than one value makes 0 of everything. */
    private void requireVariance(Graph graph, int steps) {
        boolean single = config.batchSize() == 1 || training.size() == 1;
        for (Node<?> node : graph.nodes()) {
            Shape shape = graph.tensor(node.output()).shape();
            boolean normalizes = !node.operator().float32().runningAverages().isEmpty();
            if (single && normalizes && steps * shape.elements() == shape.dim(-1)) {
                throw new TinytuneException(
                        ExitCode.INVALID_INPUT,
                        "'" + graph.tensor(node.output()).name() + "' normalizes a batch, but one sample has a single"
                                + " value of each channel: give a batch size of 2 or more, or leave batch norm out");
            }
        }
    }

    /** Removes channels, little by little, and trains on each time. */
    private Graph prune(Graph trained) {
        PruningSettings pruning = config.compression().pruning();
        Graph graph = trained;
        for (int round = 1; round <= pruning.rounds() && pruning.fraction() > 0; round++) {
            graph = train(Phase.PRUNED, Pruning.prune(graph, trained, pruning.gone(round)));
        }
        return graph;
    }

    /** Trains, unless the checkpoint knows what came of it, and goes on at the checkpoint if it is of this phase. */
    private Graph train(Phase phase, Graph graph) {
        try (Network network = network(phase, graph)) {
            Optional<Finished> known = checkpoint
                    .map(Checkpoint::finished)
                    .filter(all -> all.size() > finished.size())
                    .map(all -> all.get(finished.size()));
            finished.add(known.isPresent() ? restore(phase, network, known.get()) : run(phase, network));
            return network.trainedGraph();
        }
    }

    private Finished restore(Phase phase, Network network, Finished before) {
        if (before.phase() != phase) {
            throw doesNotFit(new IOException("it went on to " + before.phase() + ", not to " + phase));
        }
        try {
            network.parameters().restore(before.parameters());
            before.note().ifPresent(listener::notice);
            return before;
        } catch (IllegalArgumentException e) {
            throw doesNotFit(e);
        }
    }

    private Finished run(Phase phase, Network network) {
        TrainingPhase running = new TrainingPhase(phase, network, config, training, validation, seed, listener, stop);
        if (checkpoints != Checkpoints.NONE) {
            running.saveTo(checkpoints::save, finished);
        }
        checkpoint.filter(c -> c.finished().size() == finished.size()).ifPresent(c -> resume(running, c));
        List<Epoch> history = running.run();
        return new Finished(phase, history, network.parameters().snapshot(), running.note());
    }

    private Network network(Phase phase, Graph graph) {
        Arithmetic arithmetic = phase == Phase.INT8 ? Arithmetic.INT8 : Arithmetic.FLOAT32;
        int batch = Math.min(config.batchSize(), training.size());
        return new Network(
                graph,
                NetworkOptions.training(arithmetic, batch, config.threads())
                        .withLossOnLogits(config.loss().onLogits())
                        .withSteps(SampleFeed.steps(training, graph))
                        .withRanges(config.qat().ranges())
                        .withScaling(config.qat().weights()));
    }

    private static void resume(TrainingPhase phase, Checkpoint checkpoint) {
        try {
            phase.resume(checkpoint);
        } catch (IOException | IllegalArgumentException e) {
            throw doesNotFit(e);
        }
    }

    private Graph calibrate(Graph folded) {
        RealRange[] ranges = Calibration.ranges(folded, training, config.qat().calibration(), seed, config.threads());
        return QatGraph.quantizeActivations(folded, ranges);
    }

    /**
     * The INT8 graph of a network as it will be, but for the values of weights, biases and quantization: for those who
     * want to know its size before it is trained.
     *
     * @param graph a float graph
     * @param seed of what stands in for trained values
     * @throws InvalidModelException if the graph cannot become INT8
     */
    public static Graph skeleton(Graph graph, long seed) {
        Graph folded = Folding.fold(Initialization.initialize(graph, Initializers.STANDARD, seed));
        return QatGraph.export(QatGraph.quantizeActivations(folded, Calibration.guess(folded)));
    }
}
