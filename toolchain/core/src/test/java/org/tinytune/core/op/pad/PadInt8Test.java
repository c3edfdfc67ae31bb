package org.tinytune.core.op.pad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.Float64Definition;
import org.tinytune.core.testing.SingleNode;

class PadInt8Test {
    @Test
    void surroundsWithZeros() {
        Float64Definition.assertKernelAgrees(Pad.INSTANCE, PadInt8Test::define, 0);
    }

    private static double[] define(PadParams p, Operands operands, double[][] in) {
        Shape input = operands.input(0).shape();
        Shape output = operands.output().shape();
        double[] padded = new double[output.elements()];
        for (int i = 0; i < in[0].length; i++) {
            int position = 0;
            int stride = 1;
            int rest = i;
            for (int axis = input.rank() - 1; axis >= 0; axis--) {
                position += (rest % input.dim(axis) + p.before().get(axis)) * stride;
                rest /= input.dim(axis);
                stride *= output.dim(axis);
            }
            padded[position] = in[0][i];
        }
        return padded;
    }

    @Test
    void zeroIsTheZeroPoint() {
        Quantization q = Quantization.perTensor(1, -100);
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 2, 1), q, 1, 2)
                .run(Pad.INSTANCE, new PadParams(List.of(0, 1, 0, 0), List.of(0, 0, 1, 0)), q);

        assertThat(output).containsExactly(-100, -100, -100, 1, 2, -100);
    }

    @Test
    void refusesPaddingsThatDoNotFit() {
        List<Shape> vector = List.of(Shape.of(1, 6));

        assertThatThrownBy(() -> Pad.INSTANCE.inferShape(new PadParams(List.of(0), List.of(0)), vector))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("paddings are given for 1 extents of [1, 6]");
        assertThatThrownBy(() -> Pad.INSTANCE.inferShape(new PadParams(List.of(0, -1), List.of(0, 0)), vector))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("negative");
        assertThatThrownBy(() -> Pad.INSTANCE.inferShape(
                        new PadParams(List.of(0, Integer.MAX_VALUE), List.of(9, Integer.MAX_VALUE)), vector))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("2^31");
    }
}
