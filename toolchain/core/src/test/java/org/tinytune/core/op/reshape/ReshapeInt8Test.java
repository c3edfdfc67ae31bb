package org.tinytune.core.op.reshape;

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
import org.tinytune.core.testing.Float64Definition;
import org.tinytune.core.testing.MapOptions;
import org.tinytune.core.testing.SingleNode;

class ReshapeInt8Test {
    private static final Quantization Q = Quantization.perTensor(1, 0);

    @Test
    void movesNothing() {
        Float64Definition.assertKernelAgrees(Reshape.INSTANCE, (params, operands, in) -> in[0], 0);
    }

    @Test
    void rowsComeFromAVectorAndBack() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 6), Q, 1, 2, 3, 4, 5, 6)
                .run(Reshape.INSTANCE, new ReshapeParams(Shape.of(1, 3, 2, 1)), Q);

        assertThat(output).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void oneExtentOfAFileMayBeInferred() {
        assertThat(decode(12, 2, -1)).isEqualTo(Shape.of(2, 6));
        assertThat(decode(12, -1)).isEqualTo(Shape.of(12));
        assertThat(decode(12, 3, 4)).isEqualTo(Shape.of(3, 4));
        assertThatThrownBy(() -> decode(12, 5, -1)).isInstanceOf(InvalidModelException.class);
        assertThatThrownBy(() -> decode(12, -1, -1)).isInstanceOf(InvalidModelException.class);
        assertThatThrownBy(() -> decode(12, 0, -1)).isInstanceOf(InvalidModelException.class);
        assertThatThrownBy(() -> decode(12, -2, 6)).isInstanceOf(InvalidModelException.class);
    }

    @Test
    void olderFilesHoldTheShapeAmongTheOptions() {
        Tensor input = Tensor.activation("input", Shape.of(12), ElementType.INT8, Q);

        ReshapeParams params = Reshape.INSTANCE.tflite().decode(new MapOptions(Map.of(), 3, -1), List.of(input));

        assertThat(params.shape()).isEqualTo(Shape.of(3, 4));
    }

    @Test
    void refusesAnotherNumberOfElements() {
        assertThatThrownBy(
                        () -> Reshape.INSTANCE.inferShape(new ReshapeParams(Shape.of(1, 5)), List.of(Shape.of(1, 6))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("cannot turn [1, 6] into [1, 5]");
    }

    private static Shape decode(int elements, int... shape) {
        Tensor input = Tensor.activation("input", Shape.of(elements), ElementType.INT8, Q);
        Tensor constant = Tensor.constant("shape", Shape.of(shape.length), Quantization.NONE, TensorData.of(shape));
        return Reshape.INSTANCE
                .tflite()
                .decode(new MapOptions(Map.of()), List.of(input, constant))
                .shape();
    }
}
