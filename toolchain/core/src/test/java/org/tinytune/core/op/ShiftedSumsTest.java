package org.tinytune.core.op;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.mul.Mul;
import org.tinytune.core.op.sub.Sub;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.MapOptions;

/** The option {@code pot_scale_int16}, by default set. */
class ShiftedSumsTest {
    private static final MapOptions SHIFTED = new MapOptions(Map.of(1, 1.0));
    private static final MapOptions UNSHIFTED = new MapOptions(Map.of(1, 0.0));

    private static Operands operands(ElementType type, float first, float second, float output) {
        return new Operands(List.of(tensor(type, first), tensor(type, second)), List.of(tensor(type, output)));
    }

    private static Tensor tensor(ElementType type, float scale) {
        return Tensor.activation("t", Shape.of(1, 4), type, Quantization.perTensor(scale, 0));
    }

    @Test
    void int16OperandsThatWouldBeShiftedAreRefused() {
        for (PairwiseOperator operator : List.of(Add.INSTANCE, Sub.INSTANCE)) {
            assertThatThrownBy(() -> operator.tflite().check(SHIFTED, operands(ElementType.INT16, 0.5f, 0.25f, 1)))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessage("pot_scale_int16 with scales that are powers of two");
        }
    }

    @Test
    void othersAreRescaledWhateverTheOptionSays() {
        Add.INSTANCE.tflite().check(SHIFTED, operands(ElementType.INT16, 0.5f, 0.3f, 1));
        Add.INSTANCE.tflite().check(SHIFTED, operands(ElementType.INT16, 0.3f, 0.5f, 1));
        Add.INSTANCE.tflite().check(SHIFTED, operands(ElementType.INT16, 0.5f, 0.25f, 0.3f));
        Add.INSTANCE.tflite().check(SHIFTED, operands(ElementType.INT8, 0.5f, 0.25f, 1));
        Add.INSTANCE.tflite().check(UNSHIFTED, operands(ElementType.INT16, 0.5f, 0.25f, 1));
        Mul.INSTANCE.tflite().check(SHIFTED, operands(ElementType.INT16, 0.5f, 0.25f, 1));
    }
}
