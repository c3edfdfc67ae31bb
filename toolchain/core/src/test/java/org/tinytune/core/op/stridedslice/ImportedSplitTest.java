package org.tinytune.core.op.stridedslice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.stridedslice.StridedSliceParams.Axis;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.MapOptions;

class ImportedSplitTest {
    @Test
    void isASliceForEachOutput() {
        Axis one = Axis.of(0, 1);
        Axis pixels = Axis.of(0, 3);
        assertThat(nodes(-1, 2, List.of(5, 7)))
                .containsExactly(slice(5, one, pixels, Axis.of(0, 2)), slice(7, one, pixels, Axis.of(2, 2)));
        assertThat(nodes(1, 3, List.of(5, 6, 7)))
                .containsExactly(
                        slice(5, one, Axis.of(0, 1), Axis.of(0, 4)),
                        slice(6, one, Axis.of(1, 1), Axis.of(0, 4)),
                        slice(7, one, Axis.of(2, 1), Axis.of(0, 4)));
    }

    @Test
    void refusesPartsThatAreNotEqual() {
        assertThatThrownBy(() -> nodes(2, 3, List.of(5, 6, 7)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("cannot split extent 2 of [1, 3, 4] into 3 equal parts");
        assertThatThrownBy(() -> nodes(2, 3, List.of(5, 6)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("has 1 axes and 2 outputs for 3 parts");
        assertThatThrownBy(() -> nodes(2, 0, List.of())).isInstanceOf(InvalidModelException.class);
        assertThatThrownBy(() -> nodes(3, 2, List.of(5, 6)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("there is no axis 3 among 3");
    }

    private static Node<StridedSliceParams> slice(int output, Axis... axes) {
        return new Node<>(StridedSlice.INSTANCE, new StridedSliceParams(List.of(axes)), List.of(4), List.of(output));
    }

    private static List<Node<?>> nodes(int axis, double parts, List<Integer> outputs) {
        Quantization q = Quantization.perTensor(1, 0);
        Tensor input = Tensor.activation("x", Shape.of(1, 3, 4), ElementType.INT8, q);
        Tensor constant = Tensor.constant("axis", Shape.of(), Quantization.NONE, TensorData.of(new int[] {axis}));
        Operands listed = new Operands(List.of(constant, input), List.of());
        return ImportedSplit.INSTANCE.nodes(new MapOptions(Map.of(0, parts)), listed, List.of(4), outputs);
    }
}
