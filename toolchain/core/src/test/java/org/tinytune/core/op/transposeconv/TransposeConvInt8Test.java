package org.tinytune.core.op.transposeconv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytune.core.testing.SingleNode.bytes;

import java.util.List;
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

class TransposeConvInt8Test {
    private static final Quantization ONE = Quantization.perTensor(1, 0);

    @Test
    void everyInputPixelPaintsItsWindow() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 2, 1), ONE, 3, -5)
                .weights(Shape.of(1, 1, 3, 1), ONE, 1, 2, 4)
                .bias(10)
                .run(TransposeConv.INSTANCE, params(1, 5, 2, Padding.VALID), ONE);

        assertThat(output).isEqualTo(bytes(13, 16, 17, 0, -10));
    }

    @Test
    void samePaddingCutsTheBorderOff() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 2, 1), ONE, 3, -5)
                .weights(Shape.of(1, 1, 3, 1), ONE, 1, 2, 4)
                .run(TransposeConv.INSTANCE, params(1, 3, 2, Padding.SAME), ONE);

        assertThat(output).isEqualTo(bytes(6, 12 - 5, -10));
    }

    @Test
    void pixelsThatNoWindowReachesAreTheBias() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 2, 1), Quantization.perTensor(1, 100), 3, -5)
                .weights(Shape.of(1, 1, 1, 1), ONE, 1)
                .bias(20)
                .run(TransposeConv.INSTANCE, params(1, 4, 2, Padding.SAME), ONE);

        assertThat(output).isEqualTo(bytes(20 - 97, 20, 20 - 105, 20));
    }

    @Test
    void isTheTransposeOfAConvolution() {
        Float64Definition.assertKernelAgrees(TransposeConv.INSTANCE, TransposeConvInt8Test::real, 0.01);
    }

    /** Runs the convolution of the output and follows every product backwards. */
    private static double[] real(TransposeConvParams params, Operands operands, double[][] inputs) {
        Shape input = operands.input(0).shape();
        Shape weights = operands.input(1).shape();
        Shape output = operands.output().shape();
        double[] sums = new double[output.elements()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = inputs[2][i % output.dim(3)];
        }
        int[] window = {weights.dim(1), weights.dim(2)};
        int[] stride = {params.strideHeight(), params.strideWidth()};
        PlainWindows.forEach(
                output, input, window, stride, new int[] {1, 1}, params.padding(), (from, channel, ky, kx, y, x) -> {
                    for (int c = 0; c < output.dim(3); c++) {
                        int w = ((c * window[0] + ky) * window[1] + kx) * input.dim(3) + channel;
                        sums[(y * output.dim(2) + x) * output.dim(3) + c] += inputs[0][from] * inputs[1][w];
                    }
                });
        return PlainWindows.clamped(sums, params.activation());
    }

    @Test
    void theLargestOutputIsThatOfKeras() {
        int[] input = {5, 7};
        int[] window = {3, 2};

        TransposeConvParams same =
                TransposeConvParams.of(input, window, new int[] {2, 2}, Padding.SAME, Activation.NONE);
        TransposeConvParams valid =
                TransposeConvParams.of(input, window, new int[] {2, 2}, Padding.VALID, Activation.NONE);

        assertThat(List.of(same.outputHeight(), same.outputWidth())).containsExactly(10, 14);
        assertThat(List.of(valid.outputHeight(), valid.outputWidth())).containsExactly(11, 14);
    }

    @Test
    void refusesAnOutputOfWhichNoConvolutionMakesTheInput() {
        SingleNode node =
                new SingleNode().input(Shape.of(1, 1, 2, 1), ONE, 1, 2).weights(Shape.of(1, 1, 3, 1), ONE, 1, 1, 1);

        assertThatThrownBy(() -> node.graph(TransposeConv.INSTANCE, params(1, 7, 2, Padding.VALID), ONE))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("a convolution of 7 output columns has 3 of them, not the input's 2");
    }

    private static TransposeConvParams params(int height, int width, int strideWidth, Padding padding) {
        return new TransposeConvParams(height, width, 1, strideWidth, padding, Activation.NONE);
    }
}
