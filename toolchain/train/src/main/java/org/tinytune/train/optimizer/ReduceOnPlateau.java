package org.tinytune.train.optimizer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.tinytune.train.settings.Settings;

/**
 * The learning rate falls whenever the loss has not for some epochs.
 *
 * <p>Source: pytorch:torch/optim/lr_scheduler.py, ReduceLROnPlateau, mode min, threshold relative, no cooldown. Checked
 * by: SchedulesTest.
 *
 * @param decay factor at a plateau, in (0, 1)
 * @param patience epochs in a row that may pass without a better loss; one more is a plateau; 0 or more
 * @param threshold share of the best loss by which another has to be lower, in [0, 1)
 * @param last factor below which it does not fall, in [0, 1]
 */
public record ReduceOnPlateau(double decay, int patience, double threshold, double last) implements ScheduleSettings {
    /** Checks the ranges. */
    public ReduceOnPlateau {
        Settings.require(decay > 0 && decay < 1, "the decay at a plateau", decay, "above 0, below 1");
        Settings.require(patience >= 0, "the patience before a plateau", patience, "0 or more");
        Settings.requireShare("the threshold of a plateau", threshold);
        Settings.require(last >= 0 && last <= 1, "the last factor after plateaus", last, "0 to 1");
    }

    /** A fifth after more than three epochs: our trainings are shorter than those that a patience of 10 is made for. */
    public static ReduceOnPlateau standard() {
        return new ReduceOnPlateau(0.2, 3, 1e-4, 1e-3);
    }

    @Override
    public Schedule begin() {
        return new State(this);
    }

    private static final class State implements Schedule {
        private final ReduceOnPlateau settings;
        private double factor = 1;
        private double best = Double.POSITIVE_INFINITY;
        private int epochsSinceBest;

        State(ReduceOnPlateau settings) {
            this.settings = settings;
        }

        @Override
        public double factor(double progress) {
            return factor;
        }

        @Override
        public void epochEnded(double loss) {
            if (loss < best * (1 - settings.threshold)) {
                best = loss;
                epochsSinceBest = 0;
                return;
            }
            epochsSinceBest++;
            if (epochsSinceBest > settings.patience) {
                factor = Math.max(settings.last, factor * settings.decay);
                epochsSinceBest = 0;
            }
        }

        @Override
        public void save(DataOutput out) throws IOException {
            out.writeDouble(factor);
            out.writeDouble(best);
            out.writeInt(epochsSinceBest);
        }

        @Override
        public void restore(DataInput in) throws IOException {
            factor = in.readDouble();
            best = in.readDouble();
            epochsSinceBest = in.readInt();
        }
    }
}
