package org.tinytune.core.op.concatenation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.MapOptions;
import org.tinytune.core.testing.SingleNode;

class ConcatenationInt8Test {
    private static final Quantization QUANTIZATION = Quantization.perTensor(0.1f, 3);

    @ParameterizedTest
    @CsvSource({
        "1, 1 2 3 4 5 6 7 8 11 12 13 14 15 16 17 18",
        "2, 1 2 3 4 11 12 13 14 5 6 7 8 15 16 17 18",
        "3, 1 2 11 12 3 4 13 14 5 6 15 16 7 8 17 18"
    })
    void joinsImagesAlongEveryAxis(int axis, String expected) {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 2, 2, 2), QUANTIZATION, 1, 2, 3, 4, 5, 6, 7, 8)
                .input(Shape.of(1, 2, 2, 2), QUANTIZATION, 11, 12, 13, 14, 15, 16, 17, 18)
                .run(Concatenation.INSTANCE, new ConcatenationParams(axis), QUANTIZATION);

        int[] values = List.of(expected.split(" ")).stream()
                .mapToInt(Integer::parseInt)
                .toArray();
        assertThat(output).isEqualTo(SingleNode.bytes(values));
    }

    @Test
    void joinsOperandsOfDifferentExtents() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 2, 1), QUANTIZATION, 1, 2)
                .input(Shape.of(1, 1, 2, 3), QUANTIZATION, 3, 4, 5, 6, 7, 8)
                .input(Shape.of(1, 1, 2, 1), QUANTIZATION, 9, 10)
                .run(Concatenation.INSTANCE, new ConcatenationParams(3), QUANTIZATION);

        assertThat(output).containsExactly(1, 3, 4, 5, 9, 2, 6, 7, 8, 10);
    }

    /** The reference does not rescale int8 either. */
    @Test
    void anOperandOfAnotherScaleIsRefused() {
        SingleNode node = new SingleNode()
                .input(Shape.of(1, 1), QUANTIZATION, 1)
                .input(Shape.of(1, 1), Quantization.perTensor(0.1f, 4), 1);

        assertThatThrownBy(() -> node.run(Concatenation.INSTANCE, new ConcatenationParams(1), QUANTIZATION))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("'input1'")
                .hasMessageContaining("does not rescale");
    }

    @Test
    void shapesThatDifferBesideTheAxisAreRefused() {
        assertRefused(1, Shape.of(1, 2, 2, 2), Shape.of(1, 2, 3, 2));
        assertRefused(1, Shape.of(1, 2), Shape.of(1, 2, 1));
        assertRefused(2, Shape.of(1, 2), Shape.of(1, 2));
        assertRefused(-1, Shape.of(1, 2), Shape.of(1, 2));
    }

    private static void assertRefused(int axis, Shape first, Shape second) {
        assertThatThrownBy(
                        () -> Concatenation.INSTANCE.inferShape(new ConcatenationParams(axis), List.of(first, second)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("axis " + axis);
    }

    @Test
    void aNegativeAxisOfAFileCountsFromTheLast() {
        var input = new SingleNode()
                .input(Shape.of(1, 2, 2, 2), QUANTIZATION, new int[8])
                .graph(Concatenation.INSTANCE, new ConcatenationParams(3), QUANTIZATION)
                .input();
        MapOptions options = new MapOptions(Map.of(0, -1.0, 1, 0.0));

        assertThat(Concatenation.INSTANCE.tflite().decode(options, List.of(input)))
                .isEqualTo(new ConcatenationParams(3));
    }
}
