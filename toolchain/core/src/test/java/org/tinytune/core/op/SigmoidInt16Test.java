package org.tinytune.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

class SigmoidInt16Test {
    private static Operands operands(float scale) {
        Shape shape = Shape.of(1);
        return new Operands(
                List.of(Tensor.activation("x", shape, ElementType.INT16, Quantization.perTensor(scale, 0))),
                List.of(Tensor.activation("y", shape, ElementType.INT16, Int16Tensors.FRACTION)));
    }

    /** Scales that are shifted, and one that is multiplied. */
    @ParameterizedTest
    @ValueSource(floats = {1f / 4096, 1f / 2048, 1e-4f})
    void isWithinThreeStepsOfTheRealFunction(float scale) {
        SigmoidInt16 logistic = SigmoidInt16.logistic(operands(scale));
        SigmoidInt16 tanh = SigmoidInt16.tanh(operands(scale));
        for (int q = Short.MIN_VALUE; q <= Short.MAX_VALUE; q++) {
            double x = scale * (double) q;
            assertThat(Math.abs(logistic.apply(q) - 32768 / (1 + StrictMath.exp(-x))))
                    .as("sigmoid of %s", x)
                    .isLessThan(3);
            assertThat(Math.abs(tanh.apply(q) - 32768 * StrictMath.tanh(x)))
                    .as("tanh of %s", x)
                    .isLessThan(3);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {3f, 1e-20f})
    void scalesBeyondTheMultiplierAreRefused(float scale) {
        assertThatThrownBy(() -> SigmoidInt16.logistic(operands(scale)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("out of the range that LOGISTIC computes in int16");
    }

    @Test
    void thePointsGrowFromAHalfToNearlyOne() {
        assertThat(SigmoidInt16.sigmoid())
                .hasSize(256)
                .isSorted()
                .startsWith(32768, 33451)
                .endsWith(65534, 65535);
    }
}
