package org.tinytune.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.resizearea.ResizeArea;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.plan.Plan.Pace;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.RandomGraphs;

class RowScheduleTest {
    private static final Quantization Q = Quantization.perTensor(0.1f, 0);

    private final GraphBuilder builder = new GraphBuilder();
    private int constants;

    /** A 3×3 convolution, a pool by 2 that needs its rows 2y and 2y + 1, and a 3×3 convolution of the pooled rows. */
    @Test
    void aRowIsComputedAtTheTickAtWhichItIsNeeded() {
        int conv = conv(builder.input("image", Shape.of(1, 8, 8, 1), ElementType.INT8, Q), 1);
        int pool = builder.node("pool", ElementType.INT8, Q, MaxPool2d.INSTANCE, Pool2dParams.of(2), conv);
        Graph graph = builder.output(conv(pool, 1)).build();
        RowSchedule schedule = schedule(graph).orElseThrow();

        // Row 0 of the last needs rows 0 and 1 of the pool, of which row 1 needs row 3 of the first.
        assertThat(schedule.paces()).containsExactly(new Pace(0, 1), new Pace(1, 2), new Pace(3, 2));
        assertThat(schedule.ticks()).isEqualTo(3 + 3 * 2 + 1);
    }

    /** Two rows of five: the rows of a given image are there whenever they are needed. */
    @Test
    void aGivenImageIsResizedAtTheRateOfWhatFollows() {
        int image = builder.input("image", Shape.of(1, 20, 20, 1), ElementType.INT8, Q);
        ResizeAreaParams params = ResizeAreaParams.whole(20, 20, 8, 8, false);
        int small = builder.node("small", ElementType.INT8, Q, ResizeArea.INSTANCE, params, image);
        Graph graph = builder.output(conv(small, 2)).build();

        assertThat(graph.rowWindow(graph.nodes().get(0)).fraction()).isEqualTo(2);
        assertThat(RowSchedule.isStreamable(new Dataflow(graph), 0)).isTrue();
        assertThat(schedule(graph).orElseThrow().paces()).containsExactly(new Pace(0, 1), new Pace(2, 2));
    }

    @Test
    void branchesOfOtherRatesShareNoLoop() {
        int image = builder.input("image", Shape.of(1, 8, 8, 1), ElementType.INT8, Q);
        int halves = conv(image, 2);
        int whole = conv(image, 1);
        int once = builder.node("once", ElementType.INT8, Q, AveragePool2d.INSTANCE, Pool2dParams.of(2), whole);
        PairwiseParams plain = new PairwiseParams(Activation.NONE);
        int sum = builder.node("sum", ElementType.INT8, Q, Add.INSTANCE, plain, halves, once);
        Graph graph = builder.output(sum).build();
        RowSchedule schedule = schedule(graph).orElseThrow();

        // The convolution with a stride comes to the sum at half the rate of the other's rows.
        assertThat(schedule.paces()).extracting(Pace::period).containsExactly(2, 1, 2, 2);
    }

    @Test
    void everyRowOfEveryNodeIsComputedOnceAndAfterThoseThatItNeeds() {
        int scheduled = 0;
        for (long seed = 0; seed < 300; seed++) {
            Graph graph = RandomGraphs.networkOfAnyOrigin(seed);
            Dataflow dataflow = new Dataflow(graph);
            List<Integer> nodes = new ArrayList<>();
            for (int n = 0; n < dataflow.nodes() && RowSchedule.isStreamable(dataflow, n); n++) {
                nodes.add(n);
            }
            Optional<RowSchedule> schedule = nodes.isEmpty() ? Optional.empty() : RowSchedule.of(dataflow, nodes);
            if (schedule.isPresent()) {
                scheduled++;
                assertInOrder(seed, dataflow, nodes, schedule.get());
            }
        }
        assertThat(scheduled).isGreaterThan(150);
    }

    private static void assertInOrder(long seed, Dataflow graph, List<Integer> nodes, RowSchedule schedule) {
        int[] done = new int[graph.tensors()];
        boolean[] within = new boolean[graph.tensors()];
        nodes.forEach(n -> within[graph.node(n).output()] = true);
        List<Call> calls = new ArrayList<>();
        schedule.addCalls(graph, 0, calls);
        for (Call call : calls) {
            int output = graph.node(call.node()).output();
            assertThat(call.begin()).as("seed %d: %s", seed, call).isEqualTo(done[output]);
            for (int t : graph.activations(call.node())) {
                if (within[t]) {
                    assertThat(done[t])
                            .as("seed %d: %s", seed, call)
                            .isGreaterThanOrEqualTo(graph.window(call.node()).end(call.begin()));
                }
            }
            done[output] = call.end();
        }
        nodes.forEach(n -> assertThat(done[graph.node(n).output()]).isEqualTo(graph.outputRows(n)));
    }

    private static Optional<RowSchedule> schedule(Graph graph) {
        return RowSchedule.of(new Dataflow(graph), NodeOrder.given(graph));
    }

    private int conv(int input, int stride) {
        int weights = builder.constant("w" + constants++, Shape.of(1, 3, 3, 1), Q, TensorData.of(new byte[9]));
        Conv2dParams same = Conv2dParams.of(stride, Padding.SAME, Activation.NONE);
        return builder.node("conv" + weights, ElementType.INT8, Q, Conv2d.INSTANCE, same, input, weights);
    }
}
