package org.tinytune.search.study;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * When a run ends, and with how many threads it works.
 *
 * @param trials how many trials the study shall have that passed the feasibility check, those of earlier runs included;
 *     at least 1
 * @param timeLimit after which no trial starts and those at work are stopped; asked again and again, by any thread, so
 *     that a run may learn how much of the time is needed for what comes after it
 * @param threads how many trials run at once, at least 1; more than the study's lag + 1 find no work
 * @param infeasibleStreak how many proposals in a row may be rejected before the run gives up, at least 1
 * @param stopGrace how long a trial may take to notice that it is to stop
 */
public record RunLimits(
        int trials, Optional<Supplier<Duration>> timeLimit, int threads, int infeasibleStreak, Duration stopGrace) {
    private static final int DEFAULT_INFEASIBLE_STREAK = 500;
    private static final Duration DEFAULT_STOP_GRACE = Duration.ofSeconds(30);

    /** No bound on the number of trials. */
    public static final RunLimits UNLIMITED =
            new RunLimits(Integer.MAX_VALUE, Optional.empty(), 1, DEFAULT_INFEASIBLE_STREAK, DEFAULT_STOP_GRACE);

    /** Checks the ranges. */
    public RunLimits {
        if (trials < 1 || threads < 1 || infeasibleStreak < 1) {
            throw new IllegalArgumentException("trials, threads and the infeasible streak must be at least 1");
        }
    }

    /** One thread, until the study has this many trials. */
    public static RunLimits ofTrials(int trials) {
        return UNLIMITED.withTrials(trials);
    }

    /** These limits with another number of trials. */
    public RunLimits withTrials(int newTrials) {
        return new RunLimits(newTrials, timeLimit, threads, infeasibleStreak, stopGrace);
    }

    /** These limits with a limit on the time, counted from the start of the run. */
    public RunLimits withTimeLimit(Duration limit) {
        return withTimeLimit(() -> limit);
    }

    /** These limits with a limit on the time, counted from the start of the run, that may change while it goes on. */
    public RunLimits withTimeLimit(Supplier<Duration> limit) {
        return new RunLimits(trials, Optional.of(limit), threads, infeasibleStreak, stopGrace);
    }

    /** These limits with another number of threads. */
    public RunLimits withThreads(int newThreads) {
        return new RunLimits(trials, timeLimit, newThreads, infeasibleStreak, stopGrace);
    }

    /** These limits with another bound on rejected proposals in a row. */
    public RunLimits withInfeasibleStreak(int newStreak) {
        return new RunLimits(trials, timeLimit, threads, newStreak, stopGrace);
    }

    /** These limits with another time to stop in. */
    public RunLimits withStopGrace(Duration newGrace) {
        return new RunLimits(trials, timeLimit, threads, infeasibleStreak, newGrace);
    }
}
