package org.tinytune.cli.model;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * How many threads a user may ask for. Threads that share a step spin while they wait for each other, so that far more
 * of them than cores bring a machine to a standstill.
 *
 * <p>Checked by: ThreadCountTest.
 */
public final class ThreadCount {
    private static final int MOST = 128;

    private ThreadCount() {}

    /**
     * Checks the option {@code --threads}.
     *
     * @return the same
     * @throws TinytuneException with {@link ExitCode#USAGE} if it is more than 128 and more than there are cores
     */
    public static int check(int threads) {
        int most = Math.max(MOST, Runtime.getRuntime().availableProcessors());
        if (threads > most) {
            throw new TinytuneException(
                    ExitCode.USAGE, "--threads " + threads + ": give " + most + " at most (one a core is the fastest)");
        }
        return threads;
    }
}
