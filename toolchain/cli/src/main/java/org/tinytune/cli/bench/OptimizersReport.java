package org.tinytune.cli.bench;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.nas.BenchmarkPlan;
import org.tinytune.nas.BenchmarkWorkload;
import org.tinytune.nas.OptimizerResult;
import org.tinytune.train.TimeToTarget;

/**
 * What was found, as JSON shows it.
 *
 * @param data name of the data set
 * @param network that was trained: its name, or "standard"
 * @param batchSize samples of a step
 * @param learningRates that each optimizer tried
 * @param optimizers the fastest first, by the median of their steps
 */
record OptimizersReport(
        String data,
        String network,
        double target,
        int seeds,
        int maxEpochs,
        int threads,
        int batchSize,
        List<Double> learningRates,
        List<Entry> optimizers) {

    /**
     * An optimizer.
     *
     * @param reached of its runs, how many reached the target
     * @param steps to the target, of all runs
     * @param seconds of training in them
     * @param trials of the first seed, by learning rate
     * @param runs with the chosen learning rate, by seed
     * @param typical accuracies by epoch, of the run in the middle
     */
    record Entry(
            String optimizer,
            double learningRate,
            long reached,
            Spread steps,
            Spread epochs,
            Spread seconds,
            List<Trial> trials,
            List<Run> runs,
            List<Double> typical) {

        static Entry of(OptimizerResult result) {
            return new Entry(
                    result.optimizer(),
                    result.learningRate(),
                    result.reached(),
                    Spread.of(result.steps()),
                    Spread.of(result.epochs()),
                    Spread.of(result.seconds()),
                    result.trials().stream()
                            .map(trial -> new Trial(trial.learningRate(), Run.of(1, trial.run())))
                            .toList(),
                    runs(result.runs()),
                    result.typical().scores());
        }

        private static List<Run> runs(List<TimeToTarget.Run> runs) {
            return IntStream.range(0, runs.size())
                    .mapToObj(i -> Run.of(i + 1, runs.get(i)))
                    .toList();
        }
    }

    /**
     * The middle and the range of some runs.
     *
     * @param median null if too many did not reach the target
     * @param least null if none did, as {@code most}
     */
    record Spread(double median, double least, double most) {
        static Spread of(OptimizerResult.Spread spread) {
            return new Spread(spread.median(), spread.least(), spread.most());
        }

        private String text(DoubleFunction<String> number) {
            if (Double.isInfinite(least)) {
                return "-";
            }
            String middle = Double.isInfinite(median) ? "-" : number.apply(median);
            return middle + " (" + number.apply(least) + " to " + number.apply(most) + ")";
        }
    }

    /** A learning rate that was tried. */
    record Trial(double learningRate, Run run) {}

    /**
     * A training.
     *
     * @param outcome {@code reached}, {@code not_reached} or {@code diverged}
     * @param steps to the target, or to the end
     * @param validation accuracies by epoch
     */
    record Run(long seed, String outcome, int epochs, int steps, double seconds, List<Double> validation) {
        static Run of(long seed, TimeToTarget.Run run) {
            return new Run(
                    seed,
                    run.outcome().name().toLowerCase(Locale.ROOT),
                    run.epochs(),
                    run.steps(),
                    run.seconds(),
                    run.scores());
        }
    }

    static OptimizersReport of(
            String data, BenchmarkWorkload workload, BenchmarkPlan plan, List<OptimizerResult> results) {
        return new OptimizersReport(
                data,
                workload.name(),
                plan.target(),
                plan.seeds(),
                plan.maxEpochs(),
                plan.threads(),
                workload.batchSize(),
                plan.learningRates(),
                results.stream().map(Entry::of).toList());
    }

    /** The table, and what its figures are. */
    String text() {
        return table().text() + "\n" + explanation() + "\n";
    }

    Table table() {
        Table table = new Table(
                left("optimizer"),
                right("learning rate"),
                right("reached"),
                right("steps"),
                right("epochs"),
                right("seconds"),
                right("best accuracy"));
        for (Entry entry : optimizers) {
            table.row(
                    entry.optimizer(),
                    String.format(Locale.ROOT, "%.3g", entry.learningRate()),
                    entry.reached() + " of " + seeds,
                    entry.steps().text(OptimizersReport::whole),
                    entry.epochs().text(OptimizersReport::whole),
                    entry.seconds().text(seconds -> String.format(Locale.ROOT, "%.2f", seconds)),
                    Quantities.percent(best(entry)));
        }
        return table;
    }

    /** Medians of an even number of runs may end in a half. */
    private static String whole(double value) {
        return value == Math.rint(value) ? Quantities.count((long) value) : String.format(Locale.ROOT, "%,.1f", value);
    }

    private static double best(Entry entry) {
        return entry.runs().stream()
                .flatMap(run -> run.validation().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    /** What the figures are, in one line. */
    String explanation() {
        return String.format(
                Locale.ROOT,
                "to a validation accuracy of %s on '%s': median (least to most) of seeds 1 to %d, \"-\" where it was not"
                        + " reached within %d epochs; learning rate chosen among %d by seed 1, constant; network: %s;"
                        + " batches of %d; threads: %d",
                Quantities.percent(target),
                data,
                seeds,
                maxEpochs,
                learningRates.size(),
                network,
                batchSize,
                threads);
    }
}
