package org.tinytune.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.SimulationObserver;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;

/**
 * What an operator is in real numbers, as plainly as it can be written.
 *
 * @param <P> the operator's parameters
 */
@FunctionalInterface
public interface Float64Definition<P extends Record> {
    /**
     * The real output.
     *
     * @param operands shapes; the quantization is of no concern here
     * @param inputs the real values of every operand
     */
    double[] compute(P params, Operands operands, double[][] inputs);

    /**
     * Checks on random nodes that the int8 kernel is never more than 1 away from the rounded real output, and seldom 1.
     *
     * @param oftenOff the fraction of outputs that may be 1 away
     */
    static <P extends Record> void assertKernelAgrees(
            Operator<P> operator, Float64Definition<P> definition, double oftenOff) {
        long off = 0;
        long all = 0;
        for (long seed = 0; seed < 400; seed++) {
            Graph graph = RandomGraphs.single(operator, seed);
            List<byte[]> inputs = RandomGraphs.inputs(graph, seed);
            byte[] actual =
                    Simulator.of(graph).run(inputs, SimulationObserver.NONE).get(0);
            @SuppressWarnings("unchecked") // the graph has one node, of this operator
            Node<P> node = (Node<P>) graph.nodes().get(0);
            double[] real = definition.compute(node.params(), graph.operands(node), reals(graph, node, inputs));
            Quantization output = graph.output().quantization();
            for (int i = 0; i < actual.length; i++) {
                int distance = Math.abs(actual[i] - output.quantizeInt8(real[i]));
                assertThat(distance).as("seed %d, element %d", seed, i).isLessThanOrEqualTo(1);
                off += distance;
                all++;
            }
        }
        assertThat(off).as("of %d outputs", all).isLessThanOrEqualTo((long) (oftenOff * all));
    }

    private static double[][] reals(Graph graph, Node<?> node, List<byte[]> inputs) {
        double[][] reals = new double[node.inputs().size()][];
        for (int i = 0; i < reals.length; i++) {
            int index = node.inputs().get(i);
            Tensor tensor = graph.tensor(index);
            byte[] bytes =
                    tensor.isConstant() ? null : inputs.get(graph.inputs().indexOf(index));
            reals[i] = new double[tensor.shape().elements()];
            for (int j = 0; j < reals[i].length; j++) {
                int q = bytes != null ? bytes[j] : constant(tensor, j);
                int channel = channel(tensor, j);
                reals[i][j] = (double) tensor.quantization().scale(channel)
                        * (q - tensor.quantization().zeroPoints()[channel]);
            }
        }
        return reals;
    }

    private static int constant(Tensor tensor, int i) {
        return tensor.type() == ElementType.INT8 ? tensor.int8Data()[i] : tensor.int32Data()[i];
    }

    private static int channel(Tensor tensor, int element) {
        if (tensor.quantization().channels() == 1) {
            return 0;
        }
        int inner = 1;
        for (int i = tensor.quantization().axis() + 1; i < tensor.shape().rank(); i++) {
            inner *= tensor.shape().dim(i);
        }
        return element / inner % tensor.quantization().channels();
    }
}
