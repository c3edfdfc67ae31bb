package org.tinytune.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.mul.Mul;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.MapOptions;

/** The option {@code pot_scale_int16}, by default set. */
class ShiftedSumsTest {
    private static final MapOptions SHIFTED = new MapOptions(Map.of(1, 1.0));

    private static List<Tensor> operands(ElementType type, float first, float second) {
        Shape shape = Shape.of(1, 4);
        return List.of(
                Tensor.activation("a", shape, type, Quantization.perTensor(first, 0)),
                Tensor.activation("b", shape, type, Quantization.perTensor(second, 0)));
    }

    @Test
    void int16OperandsThatWouldBeShiftedAreRefused() {
        assertThatThrownBy(() -> Add.INSTANCE.tflite().decode(SHIFTED, operands(ElementType.INT16, 0.5f, 0.25f)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("pot_scale_int16 with scales that are powers of two");
    }

    @Test
    void othersAreRescaledWhateverTheOptionSays() {
        PairwiseParams plain = new PairwiseParams(Activation.NONE);

        assertThat(Add.INSTANCE.tflite().decode(SHIFTED, operands(ElementType.INT16, 0.5f, 0.3f)))
                .isEqualTo(plain);
        assertThat(Add.INSTANCE.tflite().decode(SHIFTED, operands(ElementType.INT8, 0.5f, 0.25f)))
                .isEqualTo(plain);
        assertThat(Mul.INSTANCE.tflite().decode(SHIFTED, operands(ElementType.INT16, 0.5f, 0.25f)))
                .isEqualTo(plain);
    }
}
