package org.tinytune.core.op.mean;

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

class MeanInt8Test {
    @Test
    void agreesWithTheDefinitionInFloat64() {
        // The multiplier is truncated when it takes in the division, so that ties often go down.
        Float64Definition.assertKernelAgrees(Mean.INSTANCE, MeanInt8Test::define, 0.1);
    }

    private static double[] define(MeanParams p, Operands operands, double[][] in) {
        Shape input = operands.input(0).shape();
        double[] sums = new double[operands.output().shape().elements()];
        for (int i = 0; i < in[0].length; i++) {
            int output = 0;
            for (int axis = 0; axis < input.rank(); axis++) {
                if (!p.axes().contains(axis)) {
                    output = output * input.dim(axis) + index(input, i, axis);
                }
            }
            sums[output] += in[0][i];
        }
        for (int o = 0; o < sums.length; o++) {
            sums[o] = sums[o] * sums.length / in[0].length;
        }
        return sums;
    }

    private static int index(Shape shape, int element, int axis) {
        int rest = element;
        for (int i = shape.rank() - 1; i > axis; i--) {
            rest /= shape.dim(i);
        }
        return rest % shape.dim(axis);
    }

    /** From TFLite 2.19, reference. */
    @Test
    void averagesAnImageAsTheReferenceDoes() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 3, 2, 3), Quantization.perTensor(0.1f, -3), new int[] {
                    3, -128, 127, 4, -128, 127, 6, -128, 127, 1, -128, 127, 0, -128, 127, -9, -128, 126
                })
                .run(Mean.INSTANCE, MeanParams.global(), Quantization.perTensor(0.07f, 11));

        assertThat(output).containsExactly(17, -128, 127);
    }

    /** From TFLite 2.19, reference: ties go up, and -1.5 is -1. */
    @Test
    void roundsTiesAsTheReferenceDoes() {
        Quantization q = Quantization.perTensor(0.1f, 0);
        byte[] output = new SingleNode()
                .input(Shape.of(2, 8), q, 0, 0, 1, 1, -1, -1, 127, -128, 1, -1, 2, -2, -2, 0, 126, -127)
                .run(Mean.INSTANCE, new MeanParams(List.of(0), false), q);

        assertThat(output).containsExactly(1, 0, 2, 0, -1, 0, 127, -127);
    }

    @Test
    void axesAreKeptOrDropped() {
        List<Shape> image = List.of(Shape.of(1, 4, 5, 6));

        assertThat(Mean.INSTANCE.inferShape(MeanParams.global(), image)).isEqualTo(Shape.of(1, 6));
        assertThat(Mean.INSTANCE.inferShape(new MeanParams(List.of(2, 1, 2), true), image))
                .isEqualTo(Shape.of(1, 1, 1, 6));
        assertThatThrownBy(() -> Mean.INSTANCE.inferShape(new MeanParams(List.of(4), true), image))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("there is no axis 4 in [1, 4, 5, 6]");
        assertThatThrownBy(() -> Mean.INSTANCE.inferShape(new MeanParams(List.of(), true), image))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("no axis to average along");
    }
}
