package org.tinytune.core.op.depthwiseconv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytune.core.testing.PlainWindows.clamped;

import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.Float64Definition;
import org.tinytune.core.testing.PlainWindows;
import org.tinytune.core.testing.SingleNode;

class DepthwiseConv2dInt8Test {
    private static final DepthwiseConv2dParams SAME = DepthwiseConv2dParams.of(1, Padding.SAME, Activation.NONE);
    private static final Quantization ONE = Quantization.perTensor(1, 0);

    @Test
    void agreesWithTheDefinitionInFloat64() {
        Float64Definition.assertKernelAgrees(DepthwiseConv2d.INSTANCE, DepthwiseConv2dInt8Test::define, 0.005);
    }

    private static double[] define(DepthwiseConv2dParams p, Operands operands, double[][] in) {
        Shape input = operands.input(0).shape();
        Shape weights = operands.input(1).shape();
        Shape output = operands.output().shape();
        double[] sums = new double[output.elements()];
        for (int o = 0; o < sums.length; o++) {
            sums[o] = in[2][o % output.dim(3)];
        }
        int[] window = {weights.dim(1), weights.dim(2)};
        int[] stride = {p.strideHeight(), p.strideWidth()};
        int[] dilation = {p.dilationHeight(), p.dilationWidth()};
        PlainWindows.forEach(input, output, window, stride, dilation, p.padding(), (o, channel, ky, kx, y, x) -> {
            double value = in[0][(y * input.dim(2) + x) * input.dim(3) + channel / p.depthMultiplier()];
            sums[o] += value * in[1][(ky * window[1] + kx) * output.dim(3) + channel];
        });
        return clamped(sums, p.activation());
    }

    /** Accumulators where a multiplier from the float product would give another byte; from TFLite 2.19, reference. */
    @Test
    void multipliesTheScalesInDouble() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 1, 4), Quantization.perTensor(0.1f, 0), 0, 0, 0, 0)
                .weights(Shape.of(1, 1, 1, 4), Quantization.perTensor(0.3e-5f, 0), new int[4])
                .bias(-232166653, -131833325, 47833330, 281166648)
                .run(DepthwiseConv2d.INSTANCE, SAME, Quantization.perTensor(0.7f, -10));

        assertThat(output).containsExactly(-110, -67, 11, 111);
    }

    @Test
    void anOutputChannelSeesTheInputChannelThatItsNumberDividedByTheMultiplierGives() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 1, 2), ONE, 1, 10)
                .weights(Shape.of(1, 1, 1, 4), Quantization.perChannel(new float[] {1, 2, 1, 2}, 3), 1, 2, 3, 4)
                .run(
                        DepthwiseConv2d.INSTANCE,
                        new DepthwiseConv2dParams(1, 1, 1, 1, 2, Padding.SAME, Activation.NONE),
                        ONE);

        assertThat(output).containsExactly(1, 4, 30, 80);
    }

    @Test
    void paddingStandsForTheZeroPoint() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 2, 2, 1), Quantization.perTensor(1, -128), -127, -126, -125, -124)
                .weights(Shape.of(1, 3, 3, 1), ONE, 1, 1, 1, 1, 1, 1, 1, 1, 1)
                .run(DepthwiseConv2d.INSTANCE, SAME, ONE);

        assertThat(output).containsExactly(10, 10, 10, 10);
    }

    @Test
    void refusesWeightsThatDoNotFitTheMultiplier() {
        SingleNode node =
                new SingleNode().input(Shape.of(1, 1, 1, 2), ONE, 1, 10).weights(Shape.of(1, 1, 1, 3), ONE, 1, 2, 3);

        assertThatThrownBy(() -> node.run(DepthwiseConv2d.INSTANCE, SAME, ONE))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("weights [1, 1, 1, 3] do not fit 2 input channels with depth multiplier 1");
    }
}
