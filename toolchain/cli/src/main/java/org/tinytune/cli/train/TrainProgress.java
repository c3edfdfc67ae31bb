package org.tinytune.cli.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.tinytune.cli.output.LiveLine;
import org.tinytune.train.Checkpoint;
import org.tinytune.train.Epoch;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.TrainingListener;
import org.tinytune.train.model.DeclaredTraining;
import org.tinytune.train.prune.PruningSettings;
import org.tinytune.train.task.Task;

/**
 * Shows how far a training is: a line for every epoch, and on a terminal one that moves with the steps in between.
 *
 * <p>Checked by: TrainProgressTest.
 */
final class TrainProgress implements TrainingListener, AutoCloseable {
    private static final long REDRAW_NANOS = 200_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final LiveLine line;
    private final boolean quiet;
    private final TrainingConfig config;
    private final int samplesPerEpoch;
    private final ScoreText score;
    private final String who;
    private final LongSupplier nanoTime;
    private final List<String> notes = new ArrayList<>();

    private long began;
    private long drawn;
    /** Samples of this process, and those of phases and processes before. */
    private long samples;

    private long earlier = -1;
    private double samplesPerSecond;
    private Phase phase = Phase.FLOAT;
    private int epoch;
    /** Rounds of pruning that have begun, the running one included. */
    private int round;

    /** Samples of the running round at its last step. */
    private long samplesOfRound = Long.MAX_VALUE;

    /**
     * @param line where progress goes
     * @param quiet whether to show nothing but notices
     * @param training that goes on
     * @param who is trained, where it is not the model itself; otherwise empty
     */
    TrainProgress(LiveLine line, boolean quiet, DeclaredTraining training, String who) {
        this(
                line,
                quiet,
                training.config(),
                training.training().size(),
                ScoreText.of(Task.of(training.graph())),
                who,
                System::nanoTime);
    }

    TrainProgress(
            LiveLine line,
            boolean quiet,
            TrainingConfig config,
            int samplesPerEpoch,
            ScoreText score,
            String who,
            LongSupplier nanoTime) {
        this.line = line;
        this.quiet = quiet;
        this.config = config;
        this.samplesPerEpoch = samplesPerEpoch;
        this.score = score;
        this.who = who.isEmpty() ? "" : who + ": ";
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.drawn = began;
    }

    /** The training goes on at a checkpoint. */
    void resumed(Checkpoint checkpoint) {
        Epoch last = checkpoint.epoch();
        if (last.phase() == Phase.PRUNED) {
            round = checkpoint.finished().size();
            samplesOfRound = (long) last.number() * samplesPerEpoch;
        }
        println(who + "resuming after " + name(last));
    }

    @Override
    public void stepEnded(Phase running, long samplesOfPhase, long total) {
        long now = nanoTime.getAsLong();
        countRounds(running, samplesOfPhase);
        long all = before(running) + samplesOfPhase;
        if (earlier < 0) {
            // The first step also warms up: the clock begins behind it.
            earlier = all;
            began = now;
        }
        samples = all - earlier;
        samplesPerSecond = samples / Math.max(1e-9, (now - began) / NANOS_PER_SECOND);
        phase = running;
        epoch = (int) Math.min((samplesOfPhase - 1) / samplesPerEpoch + 1, Integer.MAX_VALUE);
        if (!quiet && line.isLive() && now - drawn >= REDRAW_NANOS) {
            drawn = now;
            long inEpoch = samplesOfPhase - (epoch - 1L) * samplesPerEpoch;
            line.update(String.format(
                    Locale.ROOT,
                    "%s%s: %d %%%s",
                    who,
                    name(phase, epoch),
                    100 * inEpoch / samplesPerEpoch,
                    speed(all)));
        }
    }

    /** Every round begins anew. */
    private void countRounds(Phase running, long done) {
        if (running == Phase.PRUNED) {
            round += done <= samplesOfRound ? 1 : 0;
            samplesOfRound = done;
        }
    }

    @Override
    public void epochEnded(Epoch ended) {
        StringBuilder text = new StringBuilder(who + name(ended));
        if (Double.isFinite(ended.trainingLoss())) {
            text.append(String.format(
                    Locale.ROOT, ": loss %.4f, %s", ended.trainingLoss(), score.text(ended.trainingScore())));
        }
        if (Double.isFinite(ended.validationLoss())) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s validation loss %.4f, %s",
                    Double.isFinite(ended.trainingLoss()) ? ";" : ":",
                    ended.validationLoss(),
                    score.text(ended.validationScore())));
        }
        println(text + speed(before(ended.phase()) + (long) ended.number() * samplesPerEpoch));
    }

    @Override
    public void notice(String text) {
        notes.add(who + text);
        line.println("tinytune: note: " + who + text);
    }

    /** What went otherwise than was asked for, so far. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Samples of the phases before one, if none of them ends early. */
    private long before(Phase running) {
        long epochs = switch (running) {
            case FLOAT -> 0;
            case PRUNED -> config.epochs() + (round - 1L) * pruning().epochs();
            case INT8 -> config.epochs() + prunedEpochs();
        };
        return epochs * samplesPerEpoch;
    }

    private PruningSettings pruning() {
        return config.compression().pruning();
    }

    private long prunedEpochs() {
        return pruning().fraction() > 0 ? (long) pruning().rounds() * pruning().epochs() : 0;
    }

    private String speed(long done) {
        if (samples <= 0) {
            return "";
        }
        long total = (config.epochs() + prunedEpochs() + config.qat().epochs()) * samplesPerEpoch;
        long seconds = Math.round(Math.max(0, total - done) / samplesPerSecond);
        return String.format(
                Locale.ROOT, ", %,.0f samples/s, %d:%02d left", samplesPerSecond, seconds / 60, seconds % 60);
    }

    private String name(Epoch of) {
        return name(of.phase(), of.number());
    }

    private String name(Phase of, int number) {
        if (number == 0) {
            return "calibrated";
        }
        return "epoch " + number + " of "
                + switch (of) {
                    case FLOAT -> config.epochs() + " in float";
                    case PRUNED ->
                        pruning().epochs() + " in round " + round + " of "
                                + pruning().rounds() + " of pruning";
                    case INT8 -> config.qat().epochs() + " in integers";
                };
    }

    private void println(String text) {
        if (!quiet) {
            line.println(text);
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
