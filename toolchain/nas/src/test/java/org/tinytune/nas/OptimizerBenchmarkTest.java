package org.tinytune.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Dataset;
import org.tinytune.train.TimeToTarget.Outcome;
import org.tinytune.train.TimeToTarget.Run;
import org.tinytune.train.model.ModelFile;

class OptimizerBenchmarkTest {
    static List<Dataset> datasets() {
        return List.of(SyntheticData.vectors(20, 1), SyntheticData.images(20, 1));
    }

    @ParameterizedTest
    @MethodSource("datasets")
    void everyOptimizerGetsItsBudgetAndItsSeeds(Dataset dataset) {
        BenchmarkPlan plan = new BenchmarkPlan(List.of("sgd", "adam"), 0.9, 2, 3, 12, 1);
        List<Integer> progress = new ArrayList<>();

        List<OptimizerResult> results =
                OptimizerBenchmark.run(BenchmarkWorkload.standard(dataset), plan, progress::add);

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

    private static ModelFile file(String layers, String training) {
        return ModelFile.parse("model.toml", "[model]\nname = \"own\"\n" + layers + training);
    }

    /** 80 training samples of a class: batches of 16 give more steps than the standard network's of 32. */
    @Test
    void aDeclaredNetworkIsTrainedWithItsOwnBatches() {
        Dataset dataset = SyntheticData.vectors(100, 1);
        BenchmarkWorkload workload = BenchmarkWorkload.declared(file("""
                        [[layer]]
                        type = "dense"
                        units = 8
                        activation = "relu"
                        [[layer]]
                        type = "dense"
                        """, """
                        [train]
                        epochs = 99
                        batch_size = 16
                        learning_rate = 1
                        validation = false
                        [train.pruning]
                        fraction = 0.5
                        """), dataset);
        assertThat(workload.name()).isEqualTo("own");
        assertThat(workload.batchSize()).isEqualTo(16);
        BenchmarkPlan plan = new BenchmarkPlan(List.of("adam"), 1, 1, 1, 2, 1);
        Run run =
                OptimizerBenchmark.run(workload, plan, done -> {}).get(0).runs().get(0);
        Run standard = OptimizerBenchmark.run(BenchmarkWorkload.standard(dataset), plan, done -> {})
                .get(0)
                .runs()
                .get(0);
        int training = workload.data().training().size();
        assertThat(run.steps()).isEqualTo(run.epochs() * ((training + 15) / 16));
        assertThat(standard.steps()).isEqualTo(standard.epochs() * ((training + 31) / 32));
        assertThat(run.scores()).isNotEqualTo(standard.scores());
    }

    /** An image, row by row. */
    @Test
    void aDeclaredNetworkMayBeAboutSequences() {
        BenchmarkWorkload workload = BenchmarkWorkload.declared(file("""
                        steps = 6
                        [[layer]]
                        type = "flatten"
                        [[layer]]
                        type = "svdf"
                        units = 8
                        memory = 6
                        [[layer]]
                        type = "dense"
                        """, """
                        [train]
                        epochs = 1
                        batch_size = 16
                        learning_rate = 1
                        """), SyntheticData.images(40, 1));
        assertThat(workload.graph().input().shape().elements()).isEqualTo(6);
        BenchmarkPlan plan = new BenchmarkPlan(List.of("adam"), 0.9, 1, 3, 20, 1);
        assertThat(OptimizerBenchmark.run(workload, plan, done -> {}).get(0).runs())
                .extracting(Run::outcome)
                .containsExactly(Outcome.REACHED);
    }

    @Test
    void aDeclaredNetworkThatDoesNotFitTheDataIsRefused() {
        ModelFile convolution = file(
                "[[layer]]\ntype = \"conv2d\"\nfilters = 3\nkernel = 3\n",
                "[train]\nepochs = 1\nbatch_size = 16\nlearning_rate = 1\n");
        assertThatThrownBy(() -> BenchmarkWorkload.declared(convolution, SyntheticData.vectors(20, 1)))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith("model.toml: ");
    }

    private static List<List<Double>> scores(Dataset dataset, int threads) {
        BenchmarkPlan plan = new BenchmarkPlan(List.of("adam", "momentum"), 0.95, 2, 2, 6, threads);
        return OptimizerBenchmark.run(BenchmarkWorkload.standard(dataset), plan, done -> {}).stream()
                .flatMap(result -> result.runs().stream().map(Run::scores))
                .toList();
    }
}
