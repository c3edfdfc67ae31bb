package org.tinytune.nas;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.tinytune.train.TimeToTarget.Outcome;
import org.tinytune.train.TimeToTarget.Run;

/**
 * How an optimizer did.
 *
 * @param optimizer its name
 * @param learningRate the chosen one
 * @param trials of the first seed, by ascending learning rate
 * @param runs with the chosen learning rate, by seed
 */
public record OptimizerResult(String optimizer, double learningRate, List<Trial> trials, List<Run> runs) {
    /** The fewest steps to the target first; if none reaches it, the highest accuracy; then the lowest rate. */
    private static final Comparator<Trial> BEST_FIRST = Comparator.comparingDouble(
                    (Trial trial) -> toTarget(trial.run(), Run::steps))
            .thenComparing(trial -> trial.run().best(), Comparator.reverseOrder());

    /** A learning rate that was tried. */
    public record Trial(double learningRate, Run run) {}

    /**
     * The middle of all runs, where a run without success counts as one that takes for ever, and the range of those
     * that reached the target.
     *
     * @param median of an even number of runs the mean of both in the middle; infinite if too many did not reach the
     *     target
     * @param least infinite if none reached it
     * @param most minus infinity if none reached it
     */
    public record Spread(double median, double least, double most) {}

    /** Keeps copies. */
    public OptimizerResult {
        trials = List.copyOf(trials);
        runs = List.copyOf(runs);
    }

    /** The trial that the tuning chooses. */
    static Trial best(List<Trial> trials) {
        return trials.stream().min(BEST_FIRST).orElseThrow();
    }

    /** Runs that reached the target. */
    public long reached() {
        return runs.stream().filter(OptimizerResult::isSuccess).count();
    }

    /** Of the steps to the target. */
    public Spread steps() {
        return spread(Run::steps);
    }

    /** Of the epochs to the target. */
    public Spread epochs() {
        return spread(Run::epochs);
    }

    /** Of the seconds to the target. */
    public Spread seconds() {
        return spread(Run::seconds);
    }

    /** The run in the middle by steps: of an even number, the faster of both. */
    public Run typical() {
        return runs.stream()
                .sorted(Comparator.comparingDouble(run -> toTarget(run, Run::steps)))
                .toList()
                .get((runs.size() - 1) / 2);
    }

    private Spread spread(ToDoubleFunction<Run> figure) {
        double[] sorted =
                runs.stream().mapToDouble(run -> toTarget(run, figure)).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        double most = runs.stream()
                .filter(OptimizerResult::isSuccess)
                .mapToDouble(figure)
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
        return new Spread(median, sorted[0], most);
    }

    private static double toTarget(Run run, ToDoubleFunction<Run> figure) {
        return isSuccess(run) ? figure.applyAsDouble(run) : Double.POSITIVE_INFINITY;
    }

    private static boolean isSuccess(Run run) {
        return run.outcome() == Outcome.REACHED;
    }
}
