package org.tinytune.nas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import org.tinytune.data.split.SearchData;
import org.tinytune.nas.OptimizerResult.Trial;
import org.tinytune.train.Optimization;
import org.tinytune.train.TimeToTarget;
import org.tinytune.train.TimeToTarget.Run;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.optimizer.ConstantSchedule;
import org.tinytune.train.optimizer.Optimizers;

/**
 * How long optimizers take to train one network to a given accuracy. Each has the same tuning budget: as many learning
 * rates of one logarithmic grid. The first seed chooses among them, by steps, and all seeds train with the chosen one.
 * The learning rate is constant, so that no result depends on how many epochs were allowed.
 *
 * <p>Steps and accuracies follow from the data and the plan; seconds are measured.
 *
 * <p>Source: Dahl et al., "Benchmarking Neural Network Training Algorithms", 2023 (AlgoPerf): time to target, a fixed
 * budget of tuning, the median of several seeds. Checked by: OptimizerBenchmarkTest.
 */
public final class OptimizerBenchmark {
    private static final long FIRST_SEED = 1;

    private final BenchmarkWorkload workload;
    private final BenchmarkPlan plan;
    private final IntConsumer progress;
    private int done;

    private OptimizerBenchmark(BenchmarkWorkload workload, BenchmarkPlan plan, IntConsumer progress) {
        this.workload = workload;
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Lets all optimizers of the plan train.
     *
     * @param progress told how many of {@link #trainings} are done
     * @return the fastest first, by the median of their steps
     */
    public static List<OptimizerResult> run(BenchmarkWorkload workload, BenchmarkPlan plan, IntConsumer progress) {
        return new OptimizerBenchmark(workload, plan, progress).run();
    }

    /** How many trainings a plan asks for. */
    public static int trainings(BenchmarkPlan plan) {
        return plan.optimizers().size() * (plan.budget() + plan.seeds() - 1);
    }

    private List<OptimizerResult> run() {
        List<OptimizerResult> results = new ArrayList<>();
        plan.optimizers().forEach(optimizer -> results.add(run(optimizer)));
        results.sort(Comparator.comparingDouble(result -> result.steps().median()));
        return List.copyOf(results);
    }

    private OptimizerResult run(String optimizer) {
        List<Trial> trials = plan.learningRates().stream()
                .map(rate -> new Trial(rate, train(optimizer, rate, FIRST_SEED)))
                .toList();
        Trial best = OptimizerResult.best(trials);
        List<Run> runs = new ArrayList<>(List.of(best.run()));
        for (long seed = FIRST_SEED + 1; seed < FIRST_SEED + plan.seeds(); seed++) {
            runs.add(train(optimizer, best.learningRate(), seed));
        }
        return new OptimizerResult(optimizer, best.learningRate(), trials, runs);
    }

    private Run train(String optimizer, double learningRate, long seed) {
        TrainingConfig training = workload.training();
        Optimization optimization = Optimization.of(Optimizers.ALL.get(optimizer), learningRate, new ConstantSchedule())
                .with(training.optimization().clipping());
        TrainingConfig config = training.withEpochs(plan.maxEpochs())
                .withThreads(plan.threads())
                .with(optimization);
        SearchData data = workload.data();
        Run run =
                TimeToTarget.measure(workload.graph(), data.training(), data.validation(), plan.target(), config, seed);
        progress.accept(++done);
        return run;
    }
}
