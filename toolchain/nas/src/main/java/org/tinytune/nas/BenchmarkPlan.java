package org.tinytune.nas;

import java.util.List;
import java.util.stream.IntStream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.train.optimizer.Optimizers;
import org.tinytune.train.settings.Settings;

/**
 * What optimizers have to do, and what they are allowed.
 *
 * @param optimizers names in {@link Optimizers#ALL}
 * @param target accuracy of the validation samples to reach, in (0, 1]
 * @param seeds trainings that count, 1 or more; their seeds are 1, 2 and so on
 * @param budget learning rates that each optimizer may try, 1 or more
 * @param maxEpochs after which a training ends without having reached the target, 1 or more
 * @param threads that share a training; steps do not depend on it
 */
public record BenchmarkPlan(List<String> optimizers, double target, int seeds, int budget, int maxEpochs, int threads) {
    private static final double LOWEST_RATE = 1e-3;
    private static final double HIGHEST_RATE = 1;

    /**
     * Checks the ranges.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if a number is out of range, or a name unknown
     */
    public BenchmarkPlan {
        optimizers = optimizers.stream().distinct().toList();
        optimizers.forEach(Optimizers.ALL::get);
        Settings.require(target > 0 && target <= 1, "target", target, "an accuracy above 0, at most 1");
        Settings.require(seeds >= 1, "seeds", seeds, "1 or more");
        Settings.require(budget >= 1, "budget", budget, "1 or more");
        Settings.require(maxEpochs >= 1, "epochs", maxEpochs, "1 or more");
        Settings.require(threads >= 1, "threads", threads, "1 or more");
    }

    /**
     * The learning rates, ascending: as many as the budget has, from 0.001 to 1 in equal ratios; a single one is in the
     * middle.
     */
    public List<Double> learningRates() {
        return IntStream.range(0, budget)
                .mapToObj(i -> budget == 1 ? 0.5 : (double) i / (budget - 1))
                .map(place -> LOWEST_RATE * StrictMath.pow(HIGHEST_RATE / LOWEST_RATE, place))
                .toList();
    }
}
