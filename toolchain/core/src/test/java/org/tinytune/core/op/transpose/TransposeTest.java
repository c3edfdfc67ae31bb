package org.tinytune.core.op.transpose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.StridedView;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.Float64Definition;
import org.tinytune.core.testing.SingleNode;

class TransposeTest {
    private static final Quantization Q = Quantization.perTensor(0.5f, 3);

    @Test
    void putsTheAxesInAnotherOrder() {
        Float64Definition.assertKernelAgrees(Transpose.INSTANCE, TransposeTest::define, 0);
    }

    /** From the input's side: the place of each of its elements in the output. */
    private static double[] define(TransposeParams p, Operands operands, double[][] in) {
        Shape input = operands.input(0).shape();
        int[] outputStrides = StridedView.strides(operands.output().shape());
        double[] transposed = new double[in[0].length];
        for (int i = 0; i < in[0].length; i++) {
            int position = 0;
            int rest = i;
            for (int axis = input.rank() - 1; axis >= 0; axis--) {
                position +=
                        rest % input.dim(axis) * outputStrides[p.permutation().indexOf(axis)];
                rest /= input.dim(axis);
            }
            transposed[position] = in[0][i];
        }
        return transposed;
    }

    @Test
    void turnsRowsIntoColumns() {
        byte[] output = new SingleNode()
                .input(Shape.of(2, 3), Q, 1, 2, 3, 4, 5, 6)
                .run(Transpose.INSTANCE, new TransposeParams(List.of(1, 0)), Q);
        assertThat(output).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void refusesWhatIsNoPermutation() {
        assertThatThrownBy(() -> new TransposeParams(List.of(0, 2)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("[0, 2] is no permutation of axes");
        assertThatThrownBy(() -> new TransposeParams(List.of(0, 0))).isInstanceOf(InvalidModelException.class);
        assertThatThrownBy(() ->
                        Transpose.INSTANCE.inferShape(new TransposeParams(List.of(1, 0)), List.of(Shape.of(1, 2, 3))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("a permutation of 2 axes does not fit [1, 2, 3]");
    }
}
