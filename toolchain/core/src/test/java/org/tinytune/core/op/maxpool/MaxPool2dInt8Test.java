package org.tinytune.core.op.maxpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.core.testing.PlainWindows.clamped;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.Float64Definition;
import org.tinytune.core.testing.PlainWindows;
import org.tinytune.core.testing.SingleNode;

class MaxPool2dInt8Test {
    @Test
    void agreesWithTheDefinitionInFloat64() {
        Float64Definition.assertKernelAgrees(MaxPool2d.INSTANCE, MaxPool2dInt8Test::define, 0);
    }

    private static double[] define(Pool2dParams p, Operands operands, double[][] in) {
        Shape input = operands.input(0).shape();
        Shape output = operands.output().shape();
        double[] greatest = new double[output.elements()];
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        int[] window = {p.filterHeight(), p.filterWidth()};
        int[] stride = {p.strideHeight(), p.strideWidth()};
        PlainWindows.forEach(input, output, window, stride, new int[] {1, 1}, p.padding(), (o, c, ky, kx, y, x) -> {
            greatest[o] = Math.max(greatest[o], in[0][(y * input.dim(2) + x) * input.dim(3) + c]);
        });
        return clamped(greatest, p.activation());
    }

    @Test
    void paddingNeverWins() {
        Quantization q = Quantization.perTensor(1, 0);
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 3, 1), q, -128, -5, -7)
                .run(MaxPool2d.INSTANCE, new Pool2dParams(3, 2, 1, 2, Padding.SAME, Activation.NONE), q);

        assertThat(output).containsExactly(-5, -7);
    }

    @Test
    void channelsStayApart() {
        Quantization q = Quantization.perTensor(1, 0);
        byte[] output = new SingleNode()
                .input(Shape.of(1, 2, 1, 2), q, 1, -1, 2, -2)
                .run(MaxPool2d.INSTANCE, new Pool2dParams(2, 1, 2, 1, Padding.VALID, Activation.NONE), q);

        assertThat(output).containsExactly(2, -1);
    }
}
