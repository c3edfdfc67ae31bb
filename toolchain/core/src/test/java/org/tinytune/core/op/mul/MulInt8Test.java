package org.tinytune.core.op.mul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytune.core.testing.PlainWindows.clamped;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.Float64Definition;
import org.tinytune.core.testing.PlainPairs;
import org.tinytune.core.testing.SingleNode;

class MulInt8Test {
    private static final PairwiseParams PLAIN = new PairwiseParams(Activation.NONE);

    @Test
    void agreesWithTheDefinitionInFloat64() {
        Float64Definition.assertKernelAgrees(
                Mul.INSTANCE, (p, operands, in) -> clamped(PlainPairs.of(in, (a, b) -> a * b), p.activation()), 0.004);
    }

    @Test
    void anElementAChannelMeetsEveryPixel() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 2, 1, 2), Quantization.perTensor(1, 0), 1, 2, 3, 4)
                .weights(Shape.of(2), Quantization.perTensor(1, 1), 11, -9)
                .run(Mul.INSTANCE, PLAIN, Quantization.perTensor(1, 0));

        assertThat(output).containsExactly(10, -20, 30, -40);
    }

    /** 255 · 255 is more than 16 bits hold. */
    @Test
    void theGreatestProductDoesNotOverflow() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 2), Quantization.perTensor(1, -128), 127, 127)
                .input(Shape.of(1, 2), Quantization.perTensor(1, -128), 127, -128)
                .run(Mul.INSTANCE, PLAIN, Quantization.perTensor(510, 0));

        assertThat(output).containsExactly(127, 0);
    }

    @Test
    void operandsThatDoNotFitAreRefused() {
        for (List<Shape> shapes : List.of(
                List.of(Shape.of(1, 2, 3, 4), Shape.of(3)),
                List.of(Shape.of(1, 2, 3, 4), Shape.of(1, 2, 1, 4)),
                List.of(Shape.of(4), Shape.of(2, 2)))) {
            assertThatThrownBy(() -> Mul.INSTANCE.inferShape(PLAIN, shapes))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessageContaining("one has to have the shape of the other");
        }
    }
}
