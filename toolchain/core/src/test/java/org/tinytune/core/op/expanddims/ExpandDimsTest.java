package org.tinytune.core.op.expanddims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.MapOptions;

class ExpandDimsTest {
    @Test
    void insertsAnExtentOf1() {
        assertThat(shape(Shape.of(2, 3), 0)).isEqualTo(Shape.of(1, 2, 3));
        assertThat(shape(Shape.of(2, 3), 1)).isEqualTo(Shape.of(2, 1, 3));
        assertThat(shape(Shape.of(2, 3), 2)).isEqualTo(Shape.of(2, 3, 1));
        assertThat(shape(Shape.of(), 0)).isEqualTo(Shape.of(1));
    }

    @Test
    void countsANegativeAxisOfAFileFromTheOutputsLast() {
        assertThat(decode(-1)).isEqualTo(new ExpandDimsParams(2));
        assertThat(decode(-3)).isEqualTo(new ExpandDimsParams(0));
        assertThat(decode(2)).isEqualTo(new ExpandDimsParams(2));
    }

    @Test
    void refusesAxesThatThereAreNot() {
        assertThatThrownBy(() -> decode(3))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("there is no axis 3 among 3");
        assertThatThrownBy(() -> decode(0, 1))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("has 2 axes instead of one");
        assertThatThrownBy(() -> shape(Shape.of(1, 1, 1, 1, 1, 1, 1, 1), 0))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("rank 9 is above 8");
    }

    private static Shape shape(Shape input, int axis) {
        return ExpandDims.INSTANCE.inferShape(new ExpandDimsParams(axis), List.of(input));
    }

    private static ExpandDimsParams decode(int... axes) {
        Tensor input = Tensor.activation("x", Shape.of(2, 3), ElementType.INT8, Quantization.perTensor(1, 0));
        Tensor axis = Tensor.constant("axis", Shape.of(axes.length), Quantization.NONE, TensorData.of(axes));
        return ExpandDims.INSTANCE.tflite().decode(new MapOptions(Map.of()), List.of(input, axis));
    }
}
