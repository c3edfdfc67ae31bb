package org.tinytune.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.RandomStreams;
import org.tinytune.data.Samples;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.Parameters;
import org.tinytune.train.optimizer.Optimizer;

/** Trains one network for some epochs, and leaves it with the weights that scored best. */
final class TrainingPhase {
    private static final long ORDER_STREAM = 2;
    private static final long STEP_STREAM = 3;
    private static final long AUGMENTATION_STREAM = 4;

    private final Phase phase;
    private final Network network;
    private final TrainingConfig config;
    private final int epochs;
    private final double learningRate;
    private final Samples training;
    private final Optional<Samples> validation;
    private final long seed;
    private final TrainingListener listener;
    private final BooleanSupplier stop;

    private final SampleFeed feed;
    private final Scorer scorer;
    private final Optimizer optimizer;
    private final int[] order;
    private final int stepsPerEpoch;
    private final List<Epoch> history = new ArrayList<>();

    private int batch;
    private Parameters.Snapshot best;
    private Epoch bestEpoch;

    TrainingPhase(
            Phase phase,
            Network network,
            TrainingConfig config,
            Samples training,
            Optional<Samples> validation,
            long seed,
            TrainingListener listener,
            BooleanSupplier stop) {
        this.phase = phase;
        this.network = network;
        this.config = config;
        this.epochs = phase == Phase.FLOAT ? config.floatEpochs() : config.int8Epochs();
        this.learningRate =
                phase == Phase.FLOAT ? config.learningRate() : config.learningRate() * config.int8LearningRate();
        this.training = training;
        this.validation = validation;
        this.seed = RandomStreams.stream(seed, phase.ordinal()).nextLong();
        this.listener = listener;
        this.stop = stop;
        this.feed = new SampleFeed(training, network);
        this.scorer = new Scorer(network, training, config.loss());
        Parameters parameters = network.parameters();
        this.optimizer = config.optimizer().over(parameters.values(), parameters.gradient(), network.math());
        this.order = SampleFeed.inOrder(training);
        this.stepsPerEpoch = (order.length + network.maxSamples() - 1) / network.maxSamples();
    }

    /**
     * Trains.
     *
     * @return what was known at the end of each epoch
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if loss or weights are no numbers any more before
     *     any epoch has ended
     * @throws CancellationException if it was told to stop
     */
    List<Epoch> run() {
        if (phase == Phase.INT8 && validation.isPresent()) {
            finish(0, new Tally());
        }
        for (int epoch = 1; epoch <= epochs; epoch++) {
            Tally tally = train(epoch);
            if (!isFinite(tally) || !finish(epoch, tally)) {
                diverged(epoch);
                break;
            }
            if (epoch - bestEpoch.number() >= config.patience()) {
                break;
            }
        }
        if (best != null) {
            network.parameters().restore(best);
        }
        return history;
    }

    private Tally train(int epoch) {
        shuffle(epoch);
        Tally tally = new Tally();
        for (int step = 0; step < stepsPerEpoch; step++) {
            if (stop.getAsBoolean()) {
                throw new CancellationException("stopped in epoch " + epoch);
            }
            // Batches of an epoch differ by one sample at most, so that no batch is too small for batch norm.
            int first = (int) ((long) step * order.length / stepsPerEpoch);
            int end = (int) ((step + 1L) * order.length / stepsPerEpoch);
            train(epoch, step, first, end, tally);
            if (!isFinite(tally)) {
                break;
            }
            listener.stepEnded(phase, (epoch - 1L) * order.length + end, (long) epochs * order.length);
        }
        return tally;
    }

    /** Asked after every step: integers cannot be made of weights that are no numbers. */
    private boolean isFinite(Tally tally) {
        return Double.isFinite(tally.loss()) && network.parameters().areFinite(network.math());
    }

    private void train(int epoch, int step, int first, int end, Tally tally) {
        long number = (epoch - 1L) * stepsPerEpoch + step;
        double progress = (double) number / ((long) epochs * stepsPerEpoch);
        optimizer.begin(learningRate * config.schedule().factor(progress));
        batch = end - first;
        feed.select(order, first, config.augmentation(), seed ^ AUGMENTATION_STREAM, epoch);
        long stream = RandomStreams.stream(seed, STEP_STREAM, number).nextLong();
        network.train(batch, stream, feed, shard -> scorer.train(shard, feed, batch), optimizer::update);
        for (int n = 0; n < batch; n++) {
            tally.add(scorer.loss(n), scorer.prediction(n) == training.target(order[first + n]));
        }
    }

    /** Source: Fisher and Yates, in the form of Durstenfeld, "Algorithm 235", CACM 1964. */
    private void shuffle(int epoch) {
        SplittableRandom random = RandomStreams.stream(seed, ORDER_STREAM, epoch);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    /** Keeps what is best so far; false if what the weights give is no number. */
    private boolean finish(int epoch, Tally trained) {
        Tally validated = new Tally();
        if (validation.isPresent()) {
            validated = Evaluator.score(network, validation.get(), config.loss(), new ArrayList<>());
            if (!Double.isFinite(validated.loss())) {
                return false;
            }
        }
        Epoch ended =
                new Epoch(phase, epoch, trained.loss(), trained.accuracy(), validated.loss(), validated.accuracy());
        history.add(ended);
        if (isBest(ended)) {
            bestEpoch = ended;
            best = network.parameters().snapshot();
        }
        listener.epochEnded(ended);
        return true;
    }

    /** By validation accuracy, then loss; without validation, the last is the best. */
    private boolean isBest(Epoch ended) {
        if (bestEpoch == null || validation.isEmpty()) {
            return true;
        }
        int order = Double.compare(ended.validationAccuracy(), bestEpoch.validationAccuracy());
        return order > 0 || order == 0 && ended.validationLoss() <= bestEpoch.validationLoss();
    }

    private void diverged(int epoch) {
        if (best == null) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    "training diverged in epoch " + epoch
                            + ", the loss is no number any more: try a learning rate below " + learningRate
                            + ", or check the samples for extreme values");
        }
    }
}
