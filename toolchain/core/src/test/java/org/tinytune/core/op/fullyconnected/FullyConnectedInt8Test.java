package org.tinytune.core.op.fullyconnected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytune.core.testing.PlainWindows.clamped;

import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Activation;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.Float64Definition;
import org.tinytune.core.testing.SingleNode;

class FullyConnectedInt8Test {
    private static final FullyConnectedParams PLAIN = new FullyConnectedParams(Activation.NONE);
    private static final Quantization ONE = Quantization.perTensor(1, 0);

    @Test
    void agreesWithTheDefinitionInFloat64() {
        Float64Definition.assertKernelAgrees(FullyConnected.INSTANCE, FullyConnectedInt8Test::define, 0.001);
    }

    private static double[] define(FullyConnectedParams p, Operands operands, double[][] in) {
        int channels = operands.input(1).shape().dim(0);
        int depth = operands.input(1).shape().dim(1);
        double[] sums = new double[operands.output().shape().elements()];
        for (int o = 0; o < sums.length; o++) {
            sums[o] = in[2][o % channels];
            for (int i = 0; i < depth; i++) {
                sums[o] += in[0][o / channels * depth + i] * in[1][o % channels * depth + i];
            }
        }
        return clamped(sums, p.activation());
    }

    /** Accumulators where a multiplier from the double product would give another byte; from TFLite 2.19, reference. */
    @Test
    void multipliesTheScalesInFloat() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1), Quantization.perTensor(0.1f, 0), 0)
                .weights(Shape.of(9, 1), Quantization.perTensor(0.3e-5f, 0), new int[9])
                .bias(-232166653, -131833325, 47833330, 47833329, 180833321, 180833322, 180833320, 236833317, 281166648)
                .run(FullyConnected.INSTANCE, PLAIN, Quantization.perTensor(0.7f, -10));

        assertThat(output).containsExactly(-109, -66, 10, 10, 67, 67, 67, 91, 110);
    }

    @Test
    void everySampleOfABatchIsMultiplied() {
        byte[] output = new SingleNode()
                .input(Shape.of(2, 2), Quantization.perTensor(1, 1), 2, 3, 4, 5)
                .weights(Shape.of(3, 2), ONE, 1, 0, 0, 1, 1, 1)
                .bias(0, 10, 20)
                .run(FullyConnected.INSTANCE, PLAIN, ONE);

        assertThat(output).containsExactly(1, 12, 23, 3, 14, 27);
    }

    @Test
    void anImageIsReadAsItLies() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 2, 2, 1), ONE, 1, 2, 3, 4)
                .weights(Shape.of(1, 4), ONE, 1, 2, 3, -128)
                .run(FullyConnected.INSTANCE, PLAIN, Quantization.perTensor(4, 0));

        assertThat(output).containsExactly(-125);
    }

    @Test
    void refusesAScaleForEachChannelAndWeightsThatDoNotFit() {
        SingleNode channels = new SingleNode()
                .input(Shape.of(1, 1), ONE, 1)
                .weights(Shape.of(2, 1), Quantization.perChannel(new float[] {1, 2}, 0), 1, 1);
        assertThatThrownBy(() -> channels.run(FullyConnected.INSTANCE, PLAIN, ONE))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("one scale, not one a channel");

        SingleNode misfit = new SingleNode().input(Shape.of(1, 3), ONE, 1, 1, 1).weights(Shape.of(1, 2), ONE, 1, 1);
        assertThatThrownBy(() -> misfit.run(FullyConnected.INSTANCE, PLAIN, ONE))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("weights [1, 2] do not fit the input [1, 3]");

        SingleNode bias = new SingleNode()
                .input(Shape.of(1, 1), ONE, 1)
                .weights(Shape.of(1, 1), ONE, 1)
                .bias(1, 2);
        assertThatThrownBy(() -> bias.run(FullyConnected.INSTANCE, PLAIN, ONE))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("bias is [2] for 1 output channels");
    }
}
