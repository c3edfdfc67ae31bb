package org.tinytune.core.op.conv2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytune.core.testing.PlainWindows.clamped;

import java.util.Arrays;
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

class Conv2dInt8Test {
    private static final Conv2dParams SAME = Conv2dParams.of(1, Padding.SAME, Activation.NONE);
    private static final Quantization ONE = Quantization.perTensor(1, 0);

    @Test
    void agreesWithTheDefinitionInFloat64() {
        Float64Definition.assertKernelAgrees(Conv2d.INSTANCE, Conv2dInt8Test::define, 0.005);
    }

    private static double[] define(Conv2dParams p, Operands operands, double[][] in) {
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
            for (int c = 0; c < input.dim(3); c++) {
                double value = in[0][(y * input.dim(2) + x) * input.dim(3) + c];
                sums[o] += value * in[1][((channel * window[0] + ky) * window[1] + kx) * input.dim(3) + c];
            }
        });
        return clamped(sums, p.activation());
    }

    /** Accumulators where a multiplier from the float product would give another byte; from TFLite 2.19, reference. */
    @Test
    void multipliesTheScalesInDouble() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 1, 1), Quantization.perTensor(0.1f, 0), 0)
                .weights(Shape.of(9, 1, 1, 1), Quantization.perTensor(0.3e-5f, 0), new int[9])
                .bias(-232166653, -131833325, 47833330, 47833329, 180833321, 180833322, 180833320, 236833317, 281166648)
                .run(Conv2d.INSTANCE, SAME, Quantization.perTensor(0.7f, -10));

        assertThat(output).containsExactly(-110, -67, 11, 10, 68, 68, 67, 92, 111);
    }

    @Test
    void paddingStandsForTheZeroPoint() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 2, 2, 1), Quantization.perTensor(1, 10), 11, 12, 13, 14)
                .weights(Shape.of(1, 3, 3, 1), ONE, 1, 1, 1, 1, 1, 1, 1, 1, 1)
                .run(Conv2d.INSTANCE, SAME, ONE);

        assertThat(output).containsExactly(10, 10, 10, 10);
    }

    @Test
    void theSurplusPaddingGoesBelowAndToTheRight() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 2, 2, 1), ONE, 1, 2, 3, 4)
                .weights(Shape.of(1, 2, 2, 1), ONE, 1, 10, 0, 0)
                .run(Conv2d.INSTANCE, SAME, ONE);

        assertThat(output).containsExactly(21, 2, 43, 4);
    }

    @Test
    void dilationSpreadsTheTaps() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 5, 1), ONE, 1, 2, 3, 4, 5)
                .weights(Shape.of(1, 1, 3, 1), ONE, 1, 10, 20)
                .run(Conv2d.INSTANCE, new Conv2dParams(1, 1, 1, 2, Padding.VALID, Activation.NONE), ONE);

        assertThat(output).containsExactly(1 + 30 + 100 - 4);
    }

    @Test
    void extremesOfInputsAndWeightsStayExact() {
        int[] least = new int[9];
        Arrays.fill(least, -128);
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 1, 9), Quantization.perTensor(1, 127), least)
                .weights(Shape.of(1, 1, 1, 9), ONE, least)
                .run(Conv2d.INSTANCE, SAME, Quantization.perTensor(9 * 255 * 128 / 100f, 0));

        assertThat(output).containsExactly(100);
    }

    @Test
    void aBiasNearTheEndOfInt32WrapsAsTheReferenceDoes() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 1, 1), ONE, 1)
                .weights(Shape.of(2, 1, 1, 1), ONE, 1, -1)
                .bias(Integer.MAX_VALUE, Integer.MIN_VALUE)
                .run(Conv2d.INSTANCE, SAME, Quantization.perTensor(1 << 25, 0));

        assertThat(output).containsExactly(-64, 64);
    }

    @Test
    void theFusedActivationClampsAtTheQuantizedBounds() {
        SingleNode node = new SingleNode()
                .input(Shape.of(1, 1, 4, 1), ONE, -100, 0, 3, 100)
                .weights(Shape.of(1, 1, 1, 1), ONE, 1);

        byte[] output = node.run(
                Conv2d.INSTANCE, Conv2dParams.of(1, Padding.SAME, Activation.RELU6), Quantization.perTensor(0.5f, 7));

        assertThat(output).containsExactly(7, 7, 13, 19);
    }

    @Test
    void refusesWhatItCannotCompute() {
        SingleNode asymmetric = new SingleNode()
                .input(Shape.of(1, 1, 1, 1), ONE, 1)
                .weights(Shape.of(1, 1, 1, 1), Quantization.perTensor(1, 3), 1);
        assertThatThrownBy(() -> asymmetric.run(Conv2d.INSTANCE, SAME, ONE))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("weights 'weights' have a zero point other than 0");

        SingleNode wrongAxis = new SingleNode()
                .input(Shape.of(1, 1, 1, 2), ONE, 1, 1)
                .weights(Shape.of(1, 1, 1, 2), Quantization.perChannel(new float[] {1, 1}, 3), 1, 1);
        assertThatThrownBy(() -> wrongAxis.run(Conv2d.INSTANCE, SAME, ONE))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("along axis 0");

        SingleNode grouped = new SingleNode()
                .input(Shape.of(1, 1, 1, 4), ONE, 1, 1, 1, 1)
                .weights(Shape.of(2, 1, 1, 2), ONE, 1, 1, 1, 1);
        assertThatThrownBy(() -> grouped.run(Conv2d.INSTANCE, SAME, ONE))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("grouped convolution is not supported");

        SingleNode batch =
                new SingleNode().input(Shape.of(2, 1, 1, 1), ONE, 1, 1).weights(Shape.of(1, 1, 1, 1), ONE, 1);
        assertThatThrownBy(() -> batch.run(Conv2d.INSTANCE, SAME, ONE))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("batch of 1");

        SingleNode flushed =
                new SingleNode().input(Shape.of(1, 1, 1, 1), ONE, 1).weights(Shape.of(1, 1, 1, 1), ONE, 1);
        assertThatThrownBy(() -> flushed.run(Conv2d.INSTANCE, SAME, Quantization.perTensor(0, 0)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("scale 0.0");
    }
}
