package org.tinytune.core.op.averagepool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytune.core.testing.PlainWindows.clamped;

import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.Float64Definition;
import org.tinytune.core.testing.PlainWindows;
import org.tinytune.core.testing.SingleNode;

class AveragePool2dInt8Test {
    @Test
    void agreesWithTheDefinitionInFloat64() {
        // Half of all means of two or four elements are ties, which the kernel rounds away from 0, not from the zero
        // point.
        Float64Definition.assertKernelAgrees(AveragePool2d.INSTANCE, AveragePool2dInt8Test::define, 0.1);
    }

    private static double[] define(Pool2dParams p, Operands operands, double[][] in) {
        Shape input = operands.input(0).shape();
        Shape output = operands.output().shape();
        double[] means = new double[output.elements()];
        int[] counts = new int[output.elements()];
        int[] window = {p.filterHeight(), p.filterWidth()};
        int[] stride = {p.strideHeight(), p.strideWidth()};
        PlainWindows.forEach(input, output, window, stride, new int[] {1, 1}, p.padding(), (o, c, ky, kx, y, x) -> {
            means[o] += in[0][(y * input.dim(2) + x) * input.dim(3) + c];
            counts[o]++;
        });
        for (int o = 0; o < means.length; o++) {
            means[o] /= counts[o];
        }
        return clamped(means, p.activation());
    }

    @Test
    void roundsTiesAwayFromZeroWhateverTheZeroPointIs() {
        Quantization q = Quantization.perTensor(1, 100);
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 10, 1), q, 1, 2, -1, -2, -1, 0, 127, 127, -128, -128)
                .run(AveragePool2d.INSTANCE, pool(1, 2, Padding.VALID, Activation.NONE), q);

        assertThat(output).containsExactly(2, -2, -1, 127, -128);
    }

    @Test
    void countsOnlyWhatLiesInsideTheImage() {
        Quantization q = Quantization.perTensor(1, -50);
        byte[] output = new SingleNode()
                .input(Shape.of(1, 3, 3, 1), q, 1, 2, 3, 4, 5, 6, 7, 8, 9)
                .run(AveragePool2d.INSTANCE, pool(2, 2, Padding.SAME, Activation.NONE), q);

        assertThat(output).containsExactly(3, 5, 8, 9);
    }

    @Test
    void theFusedActivationClamps() {
        Quantization q = Quantization.perTensor(0.1f, -10);
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 3, 1), q, -100, 20, 100)
                .run(AveragePool2d.INSTANCE, pool(1, 1, Padding.VALID, Activation.RELU6), q);

        assertThat(output).containsExactly(-10, 20, 50);
    }

    @Test
    void refusesToRescale() {
        SingleNode node = new SingleNode().input(Shape.of(1, 1, 1, 1), Quantization.perTensor(1, 0), 1);

        assertThatThrownBy(() -> node.run(
                        AveragePool2d.INSTANCE,
                        pool(1, 1, Padding.VALID, Activation.NONE),
                        Quantization.perTensor(2, 0)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("does not rescale");
    }

    @Test
    void refusesAWindowThatDoesNotFitOrHasNoStride() {
        Quantization q = Quantization.perTensor(1, 0);
        SingleNode node = new SingleNode().input(Shape.of(1, 2, 2, 1), q, 1, 2, 3, 4);

        assertThatThrownBy(() -> node.run(AveragePool2d.INSTANCE, Pool2dParams.of(3), q))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("a window of 3 does not fit into 2");
        assertThatThrownBy(() -> node.run(
                        AveragePool2d.INSTANCE, new Pool2dParams(1, 1, 0, 1, Padding.SAME, Activation.NONE), q))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("stride 0");
    }

    private static Pool2dParams pool(int height, int width, Padding padding, Activation activation) {
        return new Pool2dParams(height, width, height, width, padding, activation);
    }
}
