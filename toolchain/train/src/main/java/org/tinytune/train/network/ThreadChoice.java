package org.tinytune.train.network;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Whether the steps of a network run on all threads or on one. Steps of a small network end sooner than what one core
 * has written reaches the next, where cores are far apart; so both are tried now and then, and the faster one is kept.
 * The clock decides about speed only: bytes do not depend on the number of threads.
 *
 * <p>Checked by: ThreadChoiceTest.
 */
final class ThreadChoice {
    /** Steps before the first trial: until compilers have done most of their work. */
    static final int WARM_UP = 300;

    /** Steps from the begin of a trial to that of the next. */
    static final int PERIOD = 3000;

    /** Steps of a trial on all threads, and as many on one. */
    static final int TRIAL = 12;

    /** Steps of either that are not counted: caches take over what they need. */
    private static final int UNCOUNTED = 3;

    private final LongSupplier nanos;
    private final int all;
    private final long[] times = new long[TRIAL - UNCOUNTED];
    private int untilTrial = WARM_UP;
    private int step;
    private int chosen;
    private long began;
    private long onAll;

    /**
     * @param threads that there are
     * @param nanos a clock
     */
    ThreadChoice(int threads, LongSupplier nanos) {
        this.all = threads;
        this.chosen = threads;
        this.nanos = nanos;
    }

    /** Begins a step, and says how many threads it runs on. */
    int begin() {
        if (all == 1 || untilTrial > 0) {
            return chosen;
        }
        began = nanos.getAsLong();
        return step < TRIAL ? all : 1;
    }

    /** How many threads have turned out to be faster; at first all. */
    int chosen() {
        return chosen;
    }

    /** Ends the step. */
    void end() {
        if (all == 1) {
            return;
        }
        if (untilTrial > 0) {
            untilTrial--;
            return;
        }
        int of = step % TRIAL - UNCOUNTED;
        if (of >= 0) {
            times[of] = nanos.getAsLong() - began;
        }
        step++;
        if (step == TRIAL) {
            onAll = median();
        } else if (step == 2 * TRIAL) {
            chosen = median() < onAll ? 1 : all;
            step = 0;
            untilTrial = PERIOD - 2 * TRIAL;
        }
    }

    private long median() {
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
