package org.tinytune.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.RandomGraphs;

class NodeOrderTest {
    private static final Quantization Q = Quantization.perTensor(0.1f, 0);

    private final GraphBuilder builder = new GraphBuilder();
    private int constants;

    /** Two branches widen to 100 and narrow to 2 again: one after the other takes less than both side by side. */
    @Test
    void aBranchEndsBeforeTheNextBegins() {
        int input = builder.input("input", Shape.of(1, 10), ElementType.INT8, Q);
        int wideLeft = dense(input, 100);
        int wideRight = dense(input, 100);
        int left = dense(wideLeft, 2);
        int right = dense(wideRight, 2);
        PairwiseParams plain = new PairwiseParams(Activation.NONE);
        int sum = builder.node("sum", ElementType.INT8, Q, Add.INSTANCE, plain, left, right);
        Graph graph = builder.output(sum).build();

        List<List<Integer>> orders = NodeOrder.candidates(graph, new Dataflow(graph));
        assertThat(orders).hasSize(2);
        assertThat(orders.get(0)).containsExactly(0, 1, 2, 3, 4);
        assertThat(orders.get(1)).isIn(List.of(0, 2, 1, 3, 4), List.of(1, 3, 0, 2, 4));
        assertThat(Planner.plan(graph, TargetCosts.NONE, 1).arenaBytes()).isEqualTo(10 + 100 + 2);
        assertThat(Planner.wholeTensors(graph, TargetCosts.NONE, 1).arenaBytes())
                .isEqualTo(10 + 100 + 100);
    }

    @Test
    void everyOrderRunsEachNodeOnceAfterThoseThatItNeeds() {
        for (long seed = 0; seed < 300; seed++) {
            Graph graph = RandomGraphs.networkOfAnyOrigin(seed);
            Dataflow dataflow = new Dataflow(graph);
            for (List<Integer> order : NodeOrder.candidates(graph, dataflow)) {
                assertRuns(seed, graph, dataflow, order);
            }
        }
    }

    private static void assertRuns(long seed, Graph graph, Dataflow dataflow, List<Integer> order) {
        BitSet missing = new BitSet();
        graph.nodes().forEach(node -> node.outputs().forEach(missing::set));
        for (int n : order) {
            for (int t : dataflow.activations(n)) {
                assertThat(missing.get(t)).as("seed %d, node %d", seed, n).isFalse();
            }
            graph.nodes().get(n).outputs().forEach(missing::clear);
        }
        List<Integer> sorted = new ArrayList<>(order);
        sorted.sort(null);
        assertThat(sorted).isEqualTo(NodeOrder.given(graph));
    }

    private int dense(int input, int outputs) {
        int inputs = builder.tensor(input).shape().dim(1);
        TensorData data = TensorData.of(new byte[inputs * outputs]);
        int weights = builder.constant("w" + constants++, Shape.of(outputs, inputs), Q, data);
        FullyConnectedParams plain = new FullyConnectedParams(Activation.NONE);
        return builder.node("dense" + weights, ElementType.INT8, Q, FullyConnected.INSTANCE, plain, input, weights);
    }
}
