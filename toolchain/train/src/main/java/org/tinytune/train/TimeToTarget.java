package org.tinytune.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.data.Samples;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.data.SampleCheck;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.initialization.Initialization;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.quantize.ClampFusion;

/**
 * Trains a network in float until it is as good as it has to be, and says how long that took.
 *
 * <p>The validation samples are scored at the end of every epoch; the seconds are those of training alone.
 *
 * <p>Source: Dahl et al., "Benchmarking Neural Network Training Algorithms", 2023 (AlgoPerf), section 4. Checked by:
 * TimeToTargetTest.
 */
public final class TimeToTarget {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double target;
    private final List<Double> scores = new ArrayList<>();
    private boolean reached;
    private int steps;
    private long nanos;
    private long mark;

    /**
     * How it went.
     *
     * @param outcome of the run
     * @param steps until the target was reached, or until the run ended
     * @param seconds of training in them
     * @param scores of the validation samples, by epoch
     */
    public record Run(Outcome outcome, int steps, double seconds, List<Double> scores) {
        /** Keeps a copy. */
        public Run {
            scores = List.copyOf(scores);
        }

        /** Epochs that were trained to their end. */
        public int epochs() {
            return scores.size();
        }

        /** The best validation score; 0 if no epoch ended. */
        public double best() {
            return scores.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        }
    }

    /** Ends of a run. */
    public enum Outcome {
        /** The target was reached. */
        REACHED,
        /** The epochs were over before. */
        NOT_REACHED,
        /** The loss rose far above that of an untrained network, or loss or weights were no numbers any more. */
        DIVERGED
    }

    private TimeToTarget(double target) {
        this.target = target;
    }

    /**
     * Trains a classifier until its accuracy on the validation samples is high enough, or the configured epochs are
     * over.
     *
     * @param graph a float network; its weights are drawn anew
     * @param target accuracy in (0, 1]
     * @param config of which the training in integers is left out
     * @param seed of weights, order, dropout and augmentation; steps and scores follow from it
     * @throws InvalidModelException if the graph cannot be trained or does not fit the samples
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if a sample has a value that is no number
     */
    public static Run measure(
            Graph graph, Samples training, Samples validation, double target, TrainingConfig config, long seed) {
        SampleCheck.check("training", training);
        SampleCheck.check("validation", validation);
        Graph initial = Initialization.initialize(ClampFusion.fuse(graph), config.initializer(), seed);
        int batch = Math.min(config.batchSize(), training.size());
        NetworkOptions options = NetworkOptions.training(Arithmetic.FLOAT32, batch, config.threads())
                .withLossOnLogits(config.loss().onLogits())
                .withSteps(SampleFeed.steps(training, graph));
        try (Network network = new Network(initial, options)) {
            return new TimeToTarget(target).run(network, training, validation, config, seed);
        }
    }

    private Run run(Network network, Samples training, Samples validation, TrainingConfig config, long seed) {
        Watch watch = new Watch();
        TrainingPhase phase = new TrainingPhase(
                Phase.FLOAT, network, config, training, Optional.of(validation), seed, watch, () -> reached);
        mark = System.nanoTime();
        try {
            phase.run();
        } catch (CancellationException e) {
            return run(Outcome.REACHED);
        } catch (TinytuneException e) {
            return run(Outcome.DIVERGED); // before a good epoch: nothing else is thrown once training goes on
        }
        return run(reached ? Outcome.REACHED : watch.diverged ? Outcome.DIVERGED : Outcome.NOT_REACHED);
    }

    private Run run(Outcome outcome) {
        return new Run(outcome, steps, nanos / NANOS_PER_SECOND, scores);
    }

    /** Counts steps and seconds, and looks for the target. */
    private final class Watch implements TrainingListener {
        private boolean diverged;

        @Override
        public void stepEnded(Phase phase, long samples, long total) {
            steps++;
            long now = System.nanoTime();
            nanos += now - mark;
            mark = now;
        }

        @Override
        public void epochEnded(Epoch epoch) {
            scores.add(epoch.validationScore());
            reached = epoch.validationScore() >= target;
            mark = System.nanoTime();
        }

        /** The only notice of a phase. */
        @Override
        public void notice(String line) {
            diverged = true;
        }
    }
}
