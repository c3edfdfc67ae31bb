package org.tinytune.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.cost.InferenceAnalysis.NodeTime;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Node;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.RandomGraphs;

class InferenceAnalysisTest {
    private static final Board UNO = Boards.byId("arduino-uno");

    /** 20 inputs, 10 outputs, and a softmax over them. */
    private static Graph dense() {
        Quantization quantization = Quantization.perTensor(0.5f, 0);
        GraphBuilder graph = new GraphBuilder();
        int input = graph.input("input", Shape.of(1, 20), ElementType.INT8, quantization);
        int weights = graph.constant("weights", Shape.of(10, 20), quantization, TensorData.of(new byte[200]));
        int bias = graph.constant("bias", Shape.of(10), Quantization.perTensor(0.25f, 0), TensorData.of(new int[10]));
        FullyConnectedParams params = new FullyConnectedParams(Activation.NONE);
        int logits = graph.node(
                "logits", ElementType.INT8, quantization, FullyConnected.INSTANCE, params, input, weights, bias);
        int output = graph.node(
                "probabilities", ElementType.INT8, Softmax.OUTPUT, Softmax.INSTANCE, new SoftmaxParams(1), logits);
        return graph.output(output).build();
    }

    private static Plan plan(Graph graph) {
        return Planner.plan(graph, TargetCosts.NONE, 1);
    }

    @Test
    void countsWhatADenseLayerMultipliesAndMoves() {
        InferenceAnalysis analysis = InferenceAnalysis.of(dense(), plan(dense()), UNO);

        // 20 inputs, 200 weights and ten biases of four bytes; ten outputs
        Work layer = new Work(200, 20 + 200 + 40, 10);
        Work softmax = new Work(0, 10, 10);
        assertThat(analysis.nodes()).extracting(NodeTime::work).containsExactly(layer, softmax);
        assertThat(layer.intensity()).isCloseTo(200 / 270.0, within(1e-12));
        assertThat(analysis.work()).isEqualTo(new Work(200, 270, 20));
    }

    @Test
    void timesADenseLayerByTheBoardsCoefficients() {
        InferenceAnalysis analysis = InferenceAnalysis.of(dense(), plan(dense()), UNO);

        double cycles = 200 * UNO.latency().cyclesPerMac().get("FULLY_CONNECTED")
                + 10 * UNO.latency().cyclesPerElement().get("FULLY_CONNECTED")
                + UNO.latency().cyclesPerWindow().getOrDefault("FULLY_CONNECTED", 0.0)
                + 20 * UNO.latency().cyclesPerWindowElement().getOrDefault("FULLY_CONNECTED", 0.0);
        assertThat(analysis.nodes().get(0).micros()).isCloseTo(cycles / 16, within(1e-9));
    }

    @Test
    void namesKernelsThatWereNotMeasured() {
        assertThat(InferenceAnalysis.of(dense(), plan(dense()), UNO).uncalibrated())
                .isEmpty();

        TargetCosts others = new TargetCosts() {
            @Override
            public List<String> variants(Graph graph, Node<?> node) {
                return List.of(node.operator() == Softmax.INSTANCE ? "" : "other");
            }

            @Override
            public int scratchBytes(Graph graph, Node<?> node, String variant) {
                return 0;
            }
        };
        Plan plan = Planner.plan(dense(), others, 1);
        assertThat(InferenceAnalysis.of(dense(), plan, UNO).uncalibrated()).containsExactly("FULLY_CONNECTED-other");
    }

    @Test
    void theSidesOfTheRooflineFollowFromTheBoardsPeak() {
        InferenceAnalysis analysis = InferenceAnalysis.of(dense(), plan(dense()), UNO);
        Roofline roofline = analysis.roofline().orElseThrow();

        // 0.741 products per byte against a ridge of 0.2 / 0.5
        assertThat(roofline.ridge()).isCloseTo(0.4, within(1e-9));
        assertThat(roofline.bound(analysis.nodes().get(0).work())).isEqualTo(Bound.COMPUTE);
        assertThat(roofline.bound(analysis.nodes().get(1).work())).isEqualTo(Bound.MEMORY);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theTimesOfTheNodesAndTheInvocationAreTheLatency(long seed) {
        Graph graph = RandomGraphs.network(seed);
        for (String id : Boards.ids()) {
            Board board = Boards.byId(id);
            assertThat(InferenceAnalysis.of(graph, plan(graph), board).micros())
                    .as("seed %d on %s", seed, id)
                    .isCloseTo(
                            LatencyModel.of(board).predict(graph, plan(graph)).micros(), within(1e-6));
        }
    }
}
