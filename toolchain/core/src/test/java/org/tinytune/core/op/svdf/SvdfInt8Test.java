package org.tinytune.core.op.svdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytune.core.testing.SingleNode.bytes;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.SimulationObserver;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.RandomGraphs;

class SvdfInt8Test {
    private static final Quantization ONE = Quantization.perTensor(1, 0);

    /** Two filters of one unit, with a memory of three steps, all scales 1. */
    private static Graph graph(Quantization input, Quantization output, Activation activation, boolean state) {
        GraphBuilder builder = new GraphBuilder();
        Shape stateShape = Shape.of(1, 6);
        builder.output(builder.node(
                "output",
                ElementType.INT8,
                output,
                Svdf.INSTANCE,
                new SvdfParams(2, activation),
                builder.input("input", Shape.of(1, 2), ElementType.INT8, input),
                builder.constant("feature", Shape.of(2, 2), ONE, TensorData.of(bytes(1, 0, 0, 1))),
                builder.constant("time", Shape.of(2, 3), ONE, TensorData.of(new short[] {4, 2, 1, 0, 0, 10})),
                builder.constant("bias", Shape.of(1), ONE, TensorData.of(new int[] {5})),
                builder.tensor(
                        state
                                ? Tensor.state("state", stateShape, ElementType.INT16, ONE)
                                : Tensor.constant("state", stateShape, ONE, TensorData.of(new short[6])))));
        return builder.build();
    }

    private static Graph graph(Quantization input, Quantization output, Activation activation) {
        return graph(input, output, activation, true);
    }

    @Test
    void remembersTheLatestStepsAndForgetsTheOldest() {
        Simulator simulator = Simulator.of(graph(ONE, ONE, Activation.RELU));

        assertThat(simulator.run(bytes(3, 1))).isEqualTo(bytes(5 + 3 + 10));
        assertThat(simulator.run(bytes(0, -1))).isEqualTo(bytes(5 + 2 * 3 - 10));
        assertThat(simulator.run(bytes(0, 0))).isEqualTo(bytes(5 + 4 * 3));
        assertThat(simulator.run(bytes(0, 0))).isEqualTo(bytes(5));
    }

    @Test
    void startsAgainAfterAReset() {
        Simulator simulator = Simulator.of(graph(ONE, ONE, Activation.RELU));
        simulator.run(bytes(100, 100));

        simulator.reset();

        assertThat(simulator.run(bytes(0, 0))).isEqualTo(bytes(5));
    }

    @Test
    void theInputsZeroPointIsZero() {
        Simulator simulator = Simulator.of(graph(Quantization.perTensor(1, -7), ONE, Activation.RELU));

        assertThat(simulator.run(bytes(-7, -7))).isEqualTo(bytes(5));
        assertThat(simulator.run(bytes(-6, -7))).isEqualTo(bytes(5 + 1));
    }

    /** As in the reference: whoever makes a file with RELU gives its output a zero point of -128. */
    @Test
    void theRangeOfTheOutputIsTheOnlyClamp() {
        Simulator relu = Simulator.of(graph(ONE, ONE, Activation.RELU));
        Simulator ranged = Simulator.of(graph(ONE, Quantization.perTensor(1, -128), Activation.RELU));

        assertThat(relu.run(bytes(0, -1))).isEqualTo(bytes(-5));
        assertThat(ranged.run(bytes(0, -1))).isEqualTo(bytes(-128));
    }

    @Test
    void featuresSaturateAtInt16() {
        Graph graph = graph(Quantization.perTensor(1000, 0), Quantization.perTensor(10_000, 0), Activation.RELU);
        Simulator simulator = Simulator.of(graph);

        assertThat(simulator.run(bytes(127, 0))).isEqualTo(bytes(3));
        assertThat(simulator.run(bytes(0, 0))).isEqualTo(bytes(7));
        assertThat(simulator.run(bytes(0, 0))).isEqualTo(bytes(13));
    }

    /** Plainly in real numbers, over several steps: at most 1 away, and seldom. */
    @Test
    void isTheSumOverTimeOfProductsWithTheInput() {
        int off = 0;
        int all = 0;
        for (long seed = 0; seed < 300; seed++) {
            Graph graph = RandomGraphs.single(Svdf.INSTANCE, seed);
            Simulator simulator = Simulator.of(graph);
            double[][] inputs = new double[7][];
            for (int step = 0; step < inputs.length; step++) {
                List<byte[]> bytes = RandomGraphs.inputs(graph, 100 * seed + step);
                inputs[step] = reals(graph.input().quantization(), bytes.get(0));
                byte[] actual = simulator.run(bytes, SimulationObserver.NONE).get(0);
                Real real = new Real(graph, inputs, step);
                if (real.overflows()) {
                    continue;
                }
                for (int u = 0; u < actual.length; u++) {
                    int expected = graph.output().quantization().quantizeInt8(real.output(u));
                    assertThat(Math.abs(actual[u] - expected))
                            .as("seed %d, step %d, unit %d", seed, step, u)
                            .isLessThanOrEqualTo(1);
                    off += Math.abs(actual[u] - expected);
                    all++;
                }
            }
        }
        assertThat(all).isGreaterThan(5000);
        assertThat(off).as("of %d", all).isLessThan(all / 50);
    }

    private static double[] reals(Quantization quantization, byte[] bytes) {
        double[] reals = new double[bytes.length];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = quantization.dequantize(bytes[i]);
        }
        return reals;
    }

    /** One step of a graph in real numbers. */
    private static final class Real {
        private final List<Tensor> operands;
        private final int rank;
        private final double[][] inputs;
        private final int step;
        private boolean overflow;

        Real(Graph graph, double[][] inputs, int step) {
            Node<?> node = graph.nodes().get(0);
            this.operands = graph.operands(node).inputs();
            this.rank = ((SvdfParams) node.params()).rank();
            this.inputs = inputs;
            this.step = step;
        }

        double output(int unit) {
            Tensor bias = operands.get(Svdf.BIAS);
            Tensor time = operands.get(Svdf.TIME_WEIGHTS);
            int memory = time.shape().dim(1);
            double sum = bias.quantization().dequantize(bias.int32Data()[unit]);
            for (int f = unit * rank; f < (unit + 1) * rank; f++) {
                for (int m = 0; m < memory; m++) {
                    int at = step - (memory - 1 - m);
                    double w = time.quantization().dequantize(time.int16Data()[f * memory + m]);
                    sum += at < 0 ? 0 : w * feature(f, at);
                }
            }
            double product = time.quantization().scale()
                    * operands.get(Svdf.STATE).quantization().scale();
            overflow |= Math.abs(sum) > product * Integer.MAX_VALUE;
            return sum;
        }

        private double feature(int filter, int at) {
            Tensor weights = operands.get(Svdf.FEATURE_WEIGHTS);
            double scale = operands.get(Svdf.STATE).quantization().scale();
            int inputChannels = weights.shape().dim(1);
            double sum = 0;
            for (int k = 0; k < inputChannels; k++) {
                int w = weights.int8Data()[filter * inputChannels + k];
                sum += weights.quantization().dequantize(w) * inputs[at][k];
            }
            return Math.max(scale * Short.MIN_VALUE, Math.min(scale * Short.MAX_VALUE, sum));
        }

        /** Whether a sum does not fit the kernel's accumulator. */
        boolean overflows() {
            int units = operands.get(Svdf.BIAS).shape().elements();
            for (int u = 0; u < units; u++) {
                output(u);
            }
            return overflow;
        }
    }

    @Test
    void refusesAStateThatIsAConstant() {
        assertThatThrownBy(() -> Simulator.of(graph(ONE, ONE, Activation.RELU, false)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("'state' is no state");
    }

    /** As the reference does when it is run. */
    @Test
    void refusesAnyOtherActivation() {
        assertThatThrownBy(() -> Simulator.of(graph(ONE, ONE, Activation.NONE)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("in int8, SVDF has the activation RELU, not NONE");
    }

    @Test
    void refusesOperandsThatDoNotFit() {
        Graph graph = graph(ONE, ONE, Activation.RELU);
        List<Shape> shapes = graph.operands(graph.nodes().get(0)).inputShapes();

        assertThatThrownBy(() -> Svdf.INSTANCE.inferShape(new SvdfParams(3, Activation.NONE), shapes))
                .hasMessageContaining("2 filters are not units of 3");
        assertThatThrownBy(() -> Svdf.INSTANCE.inferShape(new SvdfParams(1, Activation.NONE), shapes))
                .hasMessageContaining("do not fit each other");
    }
}
