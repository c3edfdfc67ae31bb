package org.tinytune.core.op.maximum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.ExtremumOperator;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.minimum.Minimum;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.SingleNode;

class ExtremumInt8Test {
    private static final Quantization Q = Quantization.perTensor(0.5f, -7);

    @Test
    void takesTheGreaterOrTheLesserOfEachPair() {
        assertThat(run(Maximum.INSTANCE, Q)).containsExactly(5, 6, 5, 127);
        assertThat(run(Minimum.INSTANCE, Q)).containsExactly(-128, 5, 4, 6);
    }

    @Test
    void neverRescales() {
        assertThatThrownBy(() -> run(Maximum.INSTANCE, Quantization.perTensor(0.25f, -7)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("does not rescale");
        assertThatThrownBy(() -> run(Minimum.INSTANCE, Quantization.perTensor(0.5f, -8)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("does not rescale");
    }

    private static byte[] run(ExtremumOperator operator, Quantization second) {
        return new SingleNode()
                .input(Shape.of(1, 4), Q, -128, 6, 4, 127)
                .input(Shape.of(1, 4), second, 5, 5, 5, 6)
                .run(operator, new NoParams(), Q);
    }
}
