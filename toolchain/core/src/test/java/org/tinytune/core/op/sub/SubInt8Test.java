package org.tinytune.core.op.sub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.core.testing.PlainWindows.clamped;

import org.junit.jupiter.api.Test;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.Float64Definition;
import org.tinytune.core.testing.PlainPairs;
import org.tinytune.core.testing.SingleNode;

class SubInt8Test {
    private static final Quantization TENTHS = Quantization.perTensor(0.1f, 3);

    @Test
    void agreesWithTheDefinitionInFloat64() {
        Float64Definition.assertKernelAgrees(
                Sub.INSTANCE, (p, operands, in) -> clamped(PlainPairs.of(in, (a, b) -> a - b), p.activation()), 0.001);
    }

    @Test
    void theSecondOperandIsTakenFromTheFirst() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 3), TENTHS, 13, 3, -7)
                .input(Shape.of(1, 3), TENTHS, 5, 5, 5)
                .run(Sub.INSTANCE, new PairwiseParams(Activation.NONE), TENTHS);

        assertThat(output).containsExactly(11, 1, -9);
    }

    @Test
    void aSingleElementMeetsAllWhicheverComesFirst() {
        byte[] output = new SingleNode()
                .input(Shape.of(1), TENTHS, 13)
                .input(Shape.of(1, 1, 2, 2), TENTHS, 3, 5, 13, 23)
                .run(Sub.INSTANCE, new PairwiseParams(Activation.RELU), TENTHS);

        assertThat(output).containsExactly(13, 11, 3, 3);
    }
}
