package org.tinytune.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.RandomStreams;
import org.tinytune.data.Samples;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.Evaluator.Collector;
import org.tinytune.train.data.Mixup;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.distill.SoftTargets;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.ParameterArrays;
import org.tinytune.train.network.ParameterUpdate;
import org.tinytune.train.network.Parameters;
import org.tinytune.train.network.ShardTask;
import org.tinytune.train.optimizer.Optimizer;
import org.tinytune.train.optimizer.RegularizedUpdate;
import org.tinytune.train.optimizer.Schedule;
import org.tinytune.train.task.Task;

/** Trains one network for some epochs, and leaves it with the weights that scored best. */
final class TrainingPhase {
    private static final long ORDER_STREAM = 2;
    private static final long STEP_STREAM = 3;
    private static final long AUGMENTATION_STREAM = 4;
    private static final long MIXUP_STREAM = 5;

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

    private final Task task;
    private final SampleFeed feed;
    private final Scorer scorer;
    private final Loss loss;
    private final Schedule schedule;
    private final Optimizer optimizer;
    private final ParameterUpdate update;
    private final ShardTask computeLoss;
    private final int[] order;
    private final int stepsPerEpoch;
    private final List<Epoch> history = new ArrayList<>();
    private final Divergence divergence;
    /** What integers begin with: good enough to be kept. */
    private final Optional<Parameters.Snapshot> start;

    private Optional<Consumer<Checkpoint>> sink = Optional.empty();
    private List<Checkpoint.Finished> finished = List.of();
    private Teacher teacher;
    private Optional<String> note = Optional.empty();
    private int batch;
    private boolean areWeightsFinite = true;
    private Parameters.Snapshot best;
    private Epoch bestEpoch;
    private Epoch patienceSince;

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
        this.epochs = epochs(phase, config);
        this.learningRate = config.optimization().learningRate() * learningRateFactor(phase, config);
        this.training = training;
        this.validation = validation;
        this.seed = RandomStreams.stream(seed, phase.ordinal()).nextLong();
        this.listener = listener;
        this.stop = stop;
        this.task = Task.of(network.graph());
        this.feed = new SampleFeed(training, network);
        this.loss = config.loss().forClasses(samplesOfClasses(training));
        this.scorer = new Scorer(network, feed, task, loss);
        this.schedule = config.optimization().schedule().begin();
        ParameterArrays parameters = network.parameterArrays();
        this.optimizer = config.optimization().optimizer().over(parameters);
        this.update = new RegularizedUpdate(
                parameters,
                config.regularization().penalty(),
                config.optimization().clipping(),
                optimizer);
        this.computeLoss = shard -> scorer.train(shard, batch);
        this.order = SampleFeed.inOrder(training);
        this.stepsPerEpoch = (order.length + network.maxSamples() - 1) / network.maxSamples();
        this.divergence = new Divergence(phase, lossOfNothing());
        this.start = phase == Phase.INT8 ? Optional.of(network.parameters().snapshot()) : Optional.empty();
    }

    private double lossOfNothing() {
        int outputs = network.graph().output().shape().elements();
        double ofLabels = Divergence.lossOfNothing(training, feed, task, loss, outputs);
        return config.compression()
                .distillation()
                .map(distillation -> new SoftTargets(distillation.settings()))
                .map(taught -> taught.shareOfLabels() * ofLabels + taught.greatestLossOfNothing(outputs))
                .orElse(ofLabels);
    }

    private static int epochs(Phase phase, TrainingConfig config) {
        return switch (phase) {
            case FLOAT -> config.epochs();
            case INT8 -> config.qat().epochs();
            case PRUNED -> config.compression().pruning().epochs();
        };
    }

    private static double learningRateFactor(Phase phase, TrainingConfig config) {
        return switch (phase) {
            case FLOAT -> 1;
            case INT8 -> config.qat().learningRate();
            case PRUNED -> config.compression().pruning().learningRate();
        };
    }

    private static int[] samplesOfClasses(Samples samples) {
        int[] counts = new int[samples.labels().size()];
        for (int i = 0; i < samples.size() && counts.length > 0; i++) {
            counts[samples.target(i)]++;
        }
        return counts;
    }

    /**
     * Keeps a checkpoint at the end of every epoch.
     *
     * @param checkpoints is given each
     * @param earlier what came before this phase
     */
    TrainingPhase saveTo(Consumer<Checkpoint> checkpoints, List<Checkpoint.Finished> earlier) {
        sink = Optional.of(checkpoints);
        finished = List.copyOf(earlier);
        return this;
    }

    /**
     * Goes on at the end of an epoch instead of at the beginning.
     *
     * @throws IOException if the checkpoint is of another network, or of other samples
     */
    TrainingPhase resume(Checkpoint checkpoint) throws IOException {
        if (checkpoint.phase() != phase) {
            throw new IOException("it is of the phase " + checkpoint.phase() + ", not " + phase);
        }
        if (checkpoint.order().length != order.length) {
            throw new IOException("it orders " + checkpoint.order().length + " samples, not " + order.length);
        }
        Checkpoint.restore(optimizer, checkpoint.optimizer());
        Checkpoint.restore(schedule, checkpoint.schedule());
        System.arraycopy(checkpoint.order(), 0, order, 0, order.length);
        network.parameters().restore(checkpoint.weights());
        best = checkpoint.best();
        bestEpoch = checkpoint.bestEpoch();
        patienceSince = checkpoint.patienceSince();
        divergence.begin(checkpoint.firstLoss());
        history.addAll(checkpoint.history());
        return this;
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(
                phase,
                finished,
                history,
                network.parameters().snapshot(),
                best,
                bestEpoch,
                patienceSince,
                divergence.first(),
                order.clone(),
                Checkpoint.saved(optimizer),
                Checkpoint.saved(schedule));
    }

    /**
     * Trains.
     *
     * @return what was known at the end of each epoch
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it diverges before any good epoch has ended
     * @throws CancellationException if it was told to stop
     */
    List<Epoch> run() {
        try (Teacher teaching = teacher()) {
            teacher = teaching;
            scorer.listenTo(teaching);
            return runEpochs();
        }
    }

    private Teacher teacher() {
        return config.compression()
                .distillation()
                .map(distillation -> new Teacher(distillation, training, network))
                .orElse(null);
    }

    private List<Epoch> runEpochs() {
        if (history.isEmpty() && phase == Phase.INT8 && validation.isPresent()) {
            finish(0, new Tally());
        }
        for (int epoch = lastEpoch() + 1; epoch <= epochs && !isPatienceOver(); epoch++) {
            freeze(epoch);
            EpochTally tally = train(epoch);
            if (hasDiverged(epoch, tally) || !finish(epoch, tally.all())) {
                diverged(epoch, tally);
                return history;
            }
        }
        if (best != null) {
            network.parameters().restore(best);
        }
        return history;
    }

    /** What went otherwise than was asked for, if anything. */
    Optional<String> note() {
        return note;
    }

    private void freeze(int epoch) {
        if (phase == Phase.INT8 && epoch > config.qat().ranges().learningShare() * epochs) {
            network.freezeRanges();
        }
        if (phase == Phase.INT8 && epoch > config.qat().weights().learningShare() * epochs) {
            network.freezeScales();
        }
    }

    private int lastEpoch() {
        return history.isEmpty() ? 0 : history.get(history.size() - 1).number();
    }

    private boolean isPatienceOver() {
        int patience = config.regularization().earlyStopping().patience();
        return patienceSince != null && lastEpoch() - patienceSince.number() >= patience;
    }

    private EpochTally train(int epoch) {
        shuffle(epoch);
        EpochTally tally = new EpochTally(stepsPerEpoch);
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
    private boolean isFinite(EpochTally tally) {
        return areWeightsFinite && Double.isFinite(tally.all().loss());
    }

    private boolean hasDiverged(int epoch, EpochTally tally) {
        return !isFinite(tally) || divergence.isReached(tally.lateLoss(), (long) epoch * stepsPerEpoch);
    }

    private void train(int epoch, int step, int first, int end, EpochTally tally) {
        long number = (epoch - 1L) * stepsPerEpoch + step;
        double progress = (double) number / ((long) epochs * stepsPerEpoch);
        optimizer.begin(learningRate * schedule.factor(progress));
        batch = end - first;
        select(epoch, number, first);
        long stream = RandomStreams.stream(seed, STEP_STREAM, number).nextLong();
        areWeightsFinite = network.train(batch, stream, feed, computeLoss, update);
        for (int n = 0; n < batch; n++) {
            tally.add(scorer.loss(n), scorer.point(n));
        }
        tally.stepEnded(step);
        divergence.begin(tally.firstLoss());
    }

    private void select(int epoch, long step, int first) {
        Regularization regularization = config.regularization();
        long augmentation = seed ^ AUGMENTATION_STREAM;
        feed.select(order, first, regularization.augmentation(), augmentation, epoch);
        double share = 1;
        if (regularization.mixup() > 0) {
            share = Mixup.share(regularization.mixup(), RandomStreams.stream(seed, MIXUP_STREAM, step));
            feed.mix(share, batch);
        }
        if (teacher != null) {
            teacher.look(order, first, regularization.augmentation(), augmentation, epoch, share, batch);
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
            validated = Evaluator.score(network, validation.get(), task, loss, Collector.NONE);
            if (!Double.isFinite(validated.loss())) {
                return false;
            }
        }
        Epoch ended = new Epoch(
                phase,
                epoch,
                trained.loss(),
                task.score(trained.meanPoint()),
                validated.loss(),
                task.score(validated.meanPoint()));
        history.add(ended);
        if (isBest(ended)) {
            bestEpoch = ended;
            best = network.parameters().snapshot();
        }
        if (isPatienceRenewed(ended)) {
            patienceSince = ended;
        }
        schedule.epochEnded(validation.isPresent() ? validated.loss() : trained.loss());
        sink.ifPresent(checkpoints -> checkpoints.accept(checkpoint()));
        listener.epochEnded(ended);
        return true;
    }

    /** Without validation, nothing can be said against going on. */
    private boolean isPatienceRenewed(Epoch ended) {
        if (patienceSince == null || validation.isEmpty()) {
            return true;
        }
        double gain = gain(ended, patienceSince);
        double fall = patienceSince.validationLoss() - ended.validationLoss();
        return config.regularization().earlyStopping().isRenewed(gain, fall);
    }

    /** By how much the validation score is better; below 0 if it is worse. */
    private double gain(Epoch epoch, Epoch reference) {
        double difference = epoch.validationScore() - reference.validationScore();
        return task.isHigherBetter() ? difference : -difference;
    }

    /** By validation score, then loss; without validation, the last is the best. */
    private boolean isBest(Epoch ended) {
        if (bestEpoch == null || validation.isEmpty()) {
            return true;
        }
        int order = Double.compare(ended.validationScore(), bestEpoch.validationScore());
        order = task.isHigherBetter() ? order : -order;
        return order > 0 || order == 0 && ended.validationLoss() <= bestEpoch.validationLoss();
    }

    private void diverged(int epoch, EpochTally tally) {
        double shown = isFinite(tally) && hasDiverged(epoch, tally) ? tally.lateLoss() : Double.NaN;
        String what = "training diverged in epoch " + epoch + " " + where() + ", " + divergence.describe(shown);
        if (isBestWorthKeeping(tally)) {
            network.parameters().restore(best);
            keep(what, bestEpoch.number() == 0 ? "from before it" : "of epoch " + bestEpoch.number());
        } else if (start.isPresent()) {
            network.parameters().restore(start.get());
            keep(what, "from before it");
        } else {
            throw new TinytuneException(ExitCode.INVALID_INPUT, what + ": " + remedy());
        }
    }

    /** Without validation, the best is the last, of which the first batch behind it has told. */
    private boolean isBestWorthKeeping(EpochTally tally) {
        if (best == null || bestEpoch.number() == 0) {
            return best != null;
        }
        return divergence.isWorthKeeping(validation.isPresent() ? bestEpoch.validationLoss() : tally.firstLoss());
    }

    private void keep(String what, String weights) {
        String line = what + ", the weights " + weights + " are kept: " + remedy();
        note = Optional.of(line);
        listener.notice(line);
    }

    private String where() {
        return switch (phase) {
            case FLOAT -> "in float";
            case INT8 -> "in integers";
            case PRUNED -> "after pruning";
        };
    }

    private String remedy() {
        String rate = switch (phase) {
            case FLOAT -> "a learning rate below " + learningRate;
            case INT8 -> "a learning_rate of [train.qat] below " + learningRateFactor(phase, config);
            case PRUNED -> "a learning_rate of [train.pruning] below " + learningRateFactor(phase, config);
        };
        return "try " + rate + ", or check the samples for extreme values";
    }
}
