package org.tinytune.train.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.cost.Work;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Activation;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.train.FloatNetwork;
import org.tinytune.train.analysis.StepAnalysis.NodeStep;
import org.tinytune.train.analysis.StepAnalysis.PassTime;
import org.tinytune.train.network.NetworkOptions.Arithmetic;

class TrainingAnalysisTest {
    private static final Effort SHORT = new Effort(0, 0, 3);

    private static Graph graph() {
        return new FloatNetwork(6, 6, 1)
                .conv("conv", 4, 3)
                .batchNorm("norm")
                .relu("relu")
                .dense("dense", 5)
                .softmax()
                .build();
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 1, 1", "FLOAT32, 8, 2", "INT8, 1, 2", "INT8, 8, 1"})
    void listsTheNodesOfTrainingWithTheirWorkAndTime(Arithmetic arithmetic, int batch, int threads) {
        TrainingAnalysis analysis = TrainingAnalysis.of(graph());

        StepAnalysis step = analysis.measure(arithmetic, batch, threads, SHORT);

        // Norm and clamp are part of the convolution, the loss takes the place of the softmax.
        assertThat(step.nodes()).extracting(NodeStep::node).containsExactly(0, 1);
        assertThat(analysis.graph().nodes().get(0).operator().name()).isEqualTo("CONV_2D");
        assertThat(analysis.graph().nodes().get(1).operator().name()).isEqualTo("FULLY_CONNECTED");
        long conv = 36L * 4 * 9 * batch;
        long dense = 144L * 5 * batch;
        assertThat(step.nodes().get(0).both().work().macs()).isEqualTo(2 * conv);
        assertThat(step.nodes().get(1).both().work().macs()).isEqualTo(3 * dense);
        assertThat(step.total().work().macs()).isEqualTo(2 * conv + 3 * dense);
        for (NodeStep node : step.nodes()) {
            assertThat(node.forward().threadMicros()).isPositive();
            assertThat(node.backward().threadMicros()).isPositive();
        }
        assertThat(step.stepMicros()).isPositive();
        assertThat(step.threadMicros()).isEqualTo(threads * step.stepMicros());
    }

    @Test
    void operatorsTakeNoLongerThanTheStepThatTheyArePartOf() {
        StepAnalysis step = TrainingAnalysis.of(graph()).measure(Arithmetic.FLOAT32, 8, 1, new Effort(0, 0, 1));

        assertThat(step.total().threadMicros()).isLessThanOrEqualTo(step.stepMicros());
    }

    @Test
    void sumsArePassByPass() {
        NodeStep node = new NodeStep(3, new PassTime(new Work(5, 6, 7), 1.5), new PassTime(new Work(50, 60, 70), 2));
        StepAnalysis step = new StepAnalysis(Arithmetic.INT8, 1, 2, 10, List.of(node, node));

        assertThat(node.both().work()).isEqualTo(new Work(55, 66, 77));
        assertThat(step.total().work()).isEqualTo(new Work(110, 132, 154));
        assertThat(step.total().threadMicros()).isCloseTo(7, within(1e-12));
        assertThat(step.threadMicros()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void anyInt8NetworkWithWeightsCanBeMeasured(long seed) {
        TrainingAnalysis analysis = TrainingAnalysis.of(RandomGraphs.network(seed));
        for (Arithmetic arithmetic : Arithmetic.values()) {
            assertThat(analysis.measure(arithmetic, 3, 1, SHORT).nodes())
                    .as("%s, seed %d", arithmetic, seed)
                    .isNotEmpty();
        }
    }

    /** A cell of 5 units that looks 4 steps back, on sequences of 6 steps: every step takes its products. */
    @ParameterizedTest
    @CsvSource({"FLOAT32, 1", "INT8, 2"})
    void sequencesHaveAsManyStepsAsTheModelSays(Arithmetic arithmetic, int threads) {
        Graph graph = new FloatNetwork(3)
                .svdf("cell", 5, 1, 4, Activation.NONE)
                .dense("dense", 2)
                .softmax()
                .build();
        Graph stated = graph.withMetadata(graph.metadata().withSteps(6));

        StepAnalysis one = TrainingAnalysis.of(graph).measure(arithmetic, 8, threads, SHORT);
        StepAnalysis six = TrainingAnalysis.of(stated).measure(arithmetic, 8, threads, SHORT);

        assertThat(TrainingAnalysis.of(stated).steps()).isEqualTo(6);
        assertThat(one.nodes().get(0).forward().work().macs()).isEqualTo(8 * (5 * 3 + 5 * 4));
        assertThat(one.nodes().get(1).forward().work().macs()).isEqualTo(8 * 5 * 2);
        for (int n = 0; n < 2; n++) {
            assertThat(six.nodes().get(n).both().work().macs())
                    .isEqualTo(6 * one.nodes().get(n).both().work().macs());
        }
    }

    @Test
    void aModelWithoutWeightsCannotBeTrained() {
        TrainingAnalysis analysis = TrainingAnalysis.of(
                new FloatNetwork(4, 4, 2).relu("relu").mean().build());

        assertThatThrownBy(() -> analysis.measure(Arithmetic.FLOAT32, 2, 1, SHORT))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("no weights");
    }

    @Test
    void aBatchThatNoArrayHoldsIsRefused() {
        TrainingAnalysis analysis = TrainingAnalysis.of(graph());

        assertThatThrownBy(() -> analysis.measure(Arithmetic.FLOAT32, 100_000_000, 1, SHORT))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageStartingWith("batch 100000000: ");
    }
}
