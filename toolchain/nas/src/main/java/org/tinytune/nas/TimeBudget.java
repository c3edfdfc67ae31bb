package org.tinytune.nas;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.tinytune.search.study.StudyListener;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialState;

/**
 * Divides a time limit between the trials, the play-off and the last training, whose lengths it learns from the trials:
 * they take as long as the best one so far took, for as many more samples as they will see. It decides which trial is
 * the last, and whether there is time for a play-off, and nothing else.
 *
 * <p>Thread-safe.
 */
final class TimeBudget implements StudyListener {
    /** What the trials may take as long as none has ended. */
    private static final double UNKNOWN_SHARE = 0.6;
    /** What they may take however long the last training is going to be. */
    private static final double LEAST_SHARE = 0.2;
    /** What they have to be able to take for a play-off to be worth its time. */
    private static final double LEAST_SHARE_BEFORE_PLAY_OFF = 0.4;
    /** Kept for scoring, writing and profiling the model, which take about so long on any data; but not too much. */
    private static final Duration TAIL = Duration.ofSeconds(30);

    private static final double MAX_TAIL_SHARE = 0.25;
    /** How well threads share the work of one mini-batch, careful rather than true. */
    private static final double PARALLEL_EFFICIENCY = 0.75;

    private final Duration limit;
    private final double playOffRatio;
    private final double lastRatio;
    private final double speedup;
    private final Comparator<FrozenTrial> byRank;
    private final LongSupplier nanoClock;
    private final long beginNanos;
    private final Map<Integer, Long> startNanos = new HashMap<>();

    private Optional<FrozenTrial> best = Optional.empty();
    private double nanosOfBest;
    private double measuredNanos;
    private double measuredMacs;

    /**
     * @param limit for all
     * @param playOffRatio samples that pass through networks in the play-off, by those in a trial; 0 if there is none
     * @param lastRatio samples that pass through the network in the last training, by those in a trial
     * @param threadsRatio threads of play-off and last training by threads of a trial
     * @param byRank the better trial is the greater
     * @param nanoClock as {@link System#nanoTime}
     */
    TimeBudget(
            Duration limit,
            double playOffRatio,
            double lastRatio,
            double threadsRatio,
            Comparator<FrozenTrial> byRank,
            LongSupplier nanoClock) {
        this.limit = limit;
        this.playOffRatio = playOffRatio;
        this.lastRatio = lastRatio;
        this.speedup = Math.max(1, PARALLEL_EFFICIENCY * threadsRatio);
        this.byRank = byRank;
        this.nanoClock = nanoClock;
        this.beginNanos = nanoClock.getAsLong();
    }

    /** Trials of an earlier run: how long they took is not known. */
    synchronized void resumeAfter(List<FrozenTrial> earlier) {
        earlier.forEach(trial -> rank(trial, 0));
    }

    /** How long the trials may take, counted from the start. */
    synchronized Duration forTrials() {
        double total = limit.toNanos();
        double last = nanos(lastRatio);
        if (last == 0) {
            return Duration.ofNanos(Math.round(UNKNOWN_SHARE * total));
        }
        double beforeLast = total - tailNanos() - last;
        double beforePlayOff = beforeLast - nanos(playOffRatio);
        double share = beforePlayOff >= LEAST_SHARE_BEFORE_PLAY_OFF * total
                ? beforePlayOff
                : Math.max(LEAST_SHARE * total, beforeLast);
        return Duration.ofNanos(Math.round(share));
    }

    /** Whether a play-off that begins now leaves enough time for the last training. */
    synchronized boolean leavesTimeForPlayOff() {
        double left = limit.toNanos() - tailNanos() - (nanoClock.getAsLong() - beginNanos);
        return nanos(playOffRatio) + nanos(lastRatio) <= left;
    }

    private double tailNanos() {
        return Math.min(MAX_TAIL_SHARE * limit.toNanos(), TAIL.toNanos());
    }

    /** How long it takes to train for so many passes; 0 if nothing is known. */
    private double nanos(double passesRatio) {
        double trial = nanosOfBest;
        if (trial == 0 && best.isPresent() && measuredMacs > 0) {
            trial = TrialFigures.of(best.get(), "macs") * measuredNanos / measuredMacs;
        }
        return trial * passesRatio / speedup;
    }

    @Override
    public synchronized void trialStarted(FrozenTrial trial) {
        startNanos.put(trial.number(), nanoClock.getAsLong());
    }

    @Override
    public synchronized void trialFinished(FrozenTrial trial) {
        Long start = startNanos.remove(trial.number());
        if (start == null || trial.state() != TrialState.COMPLETE) {
            return;
        }
        double nanos = nanoClock.getAsLong() - start;
        measuredNanos += nanos;
        measuredMacs += TrialFigures.of(trial, "macs");
        rank(trial, nanos);
    }

    private void rank(FrozenTrial trial, double nanos) {
        if (trial.isCandidate() && best.map(b -> byRank.compare(trial, b) > 0).orElse(true)) {
            best = Optional.of(trial);
            nanosOfBest = nanos;
        }
    }
}
