package org.tinytune.nas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.data.Dataset;
import org.tinytune.train.TimeToTarget.Outcome;
import org.tinytune.train.TimeToTarget.Run;

class OptimizerBenchmarkTest {
    static List<Dataset> datasets() {
        return List.of(SyntheticData.vectors(20, 1), SyntheticData.images(20, 1));
    }

    @ParameterizedTest
    @MethodSource("datasets")
    void everyOptimizerGetsItsBudgetAndItsSeeds(Dataset dataset) {
        BenchmarkPlan plan = new BenchmarkPlan(List.of("sgd", "adam"), 0.9, 2, 3, 12, 1);
        List<Integer> progress = new ArrayList<>();

        List<OptimizerResult> results = OptimizerBenchmark.run(dataset, plan, progress::add);

        assertThat(progress).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(OptimizerBenchmark.trainings(plan)).isEqualTo(8);
        assertThat(results).extracting(OptimizerResult::optimizer).containsExactlyInAnyOrder("sgd", "adam");
        assertThat(results.get(0).steps().median())
                .isLessThanOrEqualTo(results.get(1).steps().median());
        for (OptimizerResult result : results) {
            assertThat(result.trials())
                    .extracting(OptimizerResult.Trial::learningRate)
                    .isEqualTo(plan.learningRates());
            assertThat(result.runs()).hasSize(2);
            assertThat(plan.learningRates()).contains(result.learningRate());
        }
        assertThat(results.get(0).runs()).extracting(Run::outcome).contains(Outcome.REACHED);
    }

    @ParameterizedTest
    @MethodSource("datasets")
    void stepsAndAccuraciesAreTheSameForAnyNumberOfThreads(Dataset dataset) {
        assertThat(scores(dataset, 2)).isEqualTo(scores(dataset, 1));
    }

    private static List<List<Double>> scores(Dataset dataset, int threads) {
        BenchmarkPlan plan = new BenchmarkPlan(List.of("adam", "momentum"), 0.95, 2, 2, 6, threads);
        return OptimizerBenchmark.run(dataset, plan, done -> {}).stream()
                .flatMap(result -> result.runs().stream().map(Run::scores))
                .toList();
    }
}
