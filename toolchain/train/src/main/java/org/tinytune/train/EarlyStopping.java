package org.tinytune.train;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.train.settings.Settings;

/**
 * When a phase ends before its time. Whenever it ends, the weights of the best epoch are left.
 *
 * <p>Source: Prechelt, "Early Stopping - But When?", 1998, the criterion UP, on epochs. Checked by: TrainingPhaseTest.
 *
 * @param patience epochs without a better validation score after which a phase ends, 1 or more
 * @param minDelta by which a score has to be better to renew patience, 0 or more: a share of the samples if accuracies
 *     differ, otherwise a difference of losses
 */
public record EarlyStopping(int patience, double minDelta) {
    /** All epochs. */
    public static final EarlyStopping NEVER = new EarlyStopping(Integer.MAX_VALUE, 0);

    /**
     * Checks the ranges.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if a number is out of range
     */
    public EarlyStopping {
        Settings.require(patience >= 1, "patience", patience, "1 or more");
        Settings.requireNotNegative("the least improvement that renews patience", minDelta);
    }

    /**
     * Whether an epoch is so much better than another that patience begins anew.
     *
     * @param gain of the score, above 0 if it is better
     * @param fall of the loss, which decides between equal scores
     */
    boolean isRenewed(double gain, double fall) {
        return gain > minDelta || gain == 0 && fall > minDelta;
    }
}
