package org.tinytune.search.study;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.Objective;
import org.tinytune.search.trial.TrialContext;
import org.tinytune.search.trial.TrialResult;
import org.tinytune.search.trial.TrialState;
import org.tinytune.search.trial.TrialStoppedException;

/**
 * Evaluates a study's trials on several threads until a limit is reached. One runner runs once.
 *
 * <p><b>The number of trials.</b> Only trials that passed the feasibility check count, since what a user asks for is so
 * many evaluated ones. Rejected proposals are cheap and bounded by the length of a streak; both counts depend on the
 * stored trials alone, so that every run of a study stops at the same trial.
 *
 * <p><b>The time limit</b> decides which trial is the last, and nothing else. When it is over, no trial starts, and
 * those at work are asked to stop; what they have done is discarded, for finishing them could take as long again. The
 * result is {@link Study#trials}: all trials before the first unfinished one, exactly those of a study without a limit.
 * A trial that a faster worker finished beyond it stays in the storage, and counts once a later run fills the gap.
 *
 * <p><b>Interruption</b> ({@link #requestStop}) does the same at once.
 */
public final class StudyRunner {
    private static final long POLL_MILLIS = 50;

    private final Study study;
    private final Objective objective;
    private final RunLimits limits;
    private final StudyListener listener;

    /** Held while a worker looks for its next trial; waited on for a result that a proposal needs. */
    private final Object turn = new Object();

    private final Object listening = new Object();
    private final CountDownLatch working;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final long startNanos = System.nanoTime();
    private volatile boolean stopRequested;
    private volatile boolean timeOver;
    private volatile boolean abandoned;

    /**
     * The time limit counts from here.
     *
     * @param objective called by several threads at once
     */
    public StudyRunner(Study study, Objective objective, RunLimits limits, StudyListener listener) {
        this.study = study;
        this.objective = objective;
        this.limits = limits;
        this.listener = listener;
        this.working = new CountDownLatch(limits.threads());
    }

    /**
     * Runs until a limit is reached or a stop is requested.
     *
     * <p>An exception of the objective, the sampler, the check or the listener stops the other trials and is thrown
     * here; the study can be resumed. An objective that does not stop within the grace is left behind on a daemon
     * thread, and what it returns is ignored.
     */
    public RunOutcome run() {
        for (int i = 1; i <= limits.threads(); i++) {
            Thread worker = new Thread(this::work, "trial-worker-" + i);
            worker.setDaemon(true);
            worker.start();
        }
        awaitWorkers();
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        return outcome();
    }

    /** Asks the run to end as soon as it can; {@link #run} returns when it has. May be called by any thread. */
    public void requestStop() {
        stopRequested = true;
    }

    private RunOutcome outcome() {
        if (isComplete() && study.trials().size() == study.allTrials().size()) {
            return RunOutcome.COMPLETE;
        }
        if (stopRequested) {
            return RunOutcome.INTERRUPTED;
        }
        return hasGivenUp() ? RunOutcome.NO_FEASIBLE_PROPOSAL : RunOutcome.TIME_LIMIT;
    }

    private void awaitWorkers() {
        boolean interrupted = false;
        long stopNanos = 0;
        boolean stopping = false;
        while (true) {
            try {
                if (working.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
                requestStop();
            }
            if (!stopping && mustStop()) {
                stopping = true;
                stopNanos = System.nanoTime();
            }
            if (stopping && hasPassed(stopNanos, limits.stopGrace())) {
                abandoned = true;
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean hasPassed(long sinceNanos, Duration duration) {
        return Duration.ofNanos(System.nanoTime() - sinceNanos).compareTo(duration) >= 0;
    }

    private boolean mustStop() {
        return stopRequested || failure.get() != null || isTimeOver();
    }

    /** Once it is over it stays over, though the limit may grow: workers have stopped by then. */
    private boolean isTimeOver() {
        if (!timeOver
                && limits.timeLimit()
                        .filter(limit -> hasPassed(startNanos, limit.get()))
                        .isPresent()) {
            timeOver = true;
        }
        return timeOver;
    }

    private boolean isComplete() {
        return study.startedTrials() >= limits.trials() && !study.hasInterrupted();
    }

    private boolean hasGivenUp() {
        return study.infeasibleStreak() >= limits.infeasibleStreak();
    }

    private void work() {
        try {
            Optional<FrozenTrial> trial = nextTrial();
            while (trial.isPresent()) {
                evaluate(trial.get());
                trial = nextTrial();
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        } finally {
            working.countDown();
        }
    }

    /** The next trial to evaluate; empty if this worker's work is done. */
    private Optional<FrozenTrial> nextTrial() {
        synchronized (turn) {
            while (!mustStop() && !isComplete() && (study.hasInterrupted() || !hasGivenUp())) {
                Optional<FrozenTrial> trial = study.ask();
                if (trial.isEmpty()) {
                    awaitResult();
                } else if (trial.get().state() == TrialState.RUNNING) {
                    if (!mustStop()) {
                        return trial;
                    }
                    study.release(trial.get().number());
                } else {
                    synchronized (listening) {
                        listener.trialFinished(trial.get());
                    }
                }
            }
            return Optional.empty();
        }
    }

    private void awaitResult() {
        try {
            turn.wait(POLL_MILLIS);
        } catch (InterruptedException e) {
            requestStop();
        }
    }

    private void evaluate(FrozenTrial trial) {
        FrozenTrial finished;
        try {
            synchronized (listening) {
                listener.trialStarted(trial);
            }
            TrialResult result = objective.evaluate(new Context(trial));
            if (abandoned) {
                study.release(trial.number());
                return;
            }
            finished = study.tell(trial.number(), result);
        } catch (TrialStoppedException e) {
            study.release(trial.number());
            if (!mustStop()) {
                throw new IllegalStateException("trial " + trial.number() + " stopped though nobody asked it to", e);
            }
            return;
        } catch (RuntimeException | Error e) {
            study.release(trial.number());
            throw e;
        }
        synchronized (listening) {
            listener.trialFinished(finished);
        }
        synchronized (turn) {
            turn.notifyAll();
        }
    }

    private final class Context implements TrialContext {
        private final FrozenTrial trial;

        Context(FrozenTrial trial) {
            this.trial = trial;
        }

        @Override
        public FrozenTrial trial() {
            return trial;
        }

        @Override
        public long seed(String purpose) {
            return study.seed(trial.number(), purpose);
        }

        @Override
        public void report(int epoch, double value) {
            if (abandoned) {
                throw new TrialStoppedException();
            }
            study.report(trial.number(), epoch, value);
            synchronized (listening) {
                listener.intermediateValue(trial.number(), epoch, value);
            }
        }

        @Override
        public boolean isStopRequested() {
            return mustStop();
        }
    }
}
