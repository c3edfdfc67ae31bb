package org.tinytune.core.op.relu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.relu6.Relu6;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.Float64Definition;
import org.tinytune.core.testing.PlainWindows;
import org.tinytune.core.testing.SingleNode;

class ReluInt8Test {
    @Test
    void agreesWithTheDefinitionInFloat64() {
        Float64Definition.assertKernelAgrees(
                Relu.INSTANCE, (p, operands, in) -> PlainWindows.clamped(in[0], Activation.RELU), 0.001);
        Float64Definition.assertKernelAgrees(
                Relu6.INSTANCE, (p, operands, in) -> PlainWindows.clamped(in[0], Activation.RELU6), 0.001);
    }

    /** The quotient of these scales is 1.5 in float and less in double; from TFLite 2.19, reference. */
    @Test
    void dividesTheScalesInFloat() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 8), Quantization.perTensor(0.45000005f, 0), -128, -1, 0, 1, 2, 3, 99, 127)
                .run(Relu.INSTANCE, new NoParams(), Quantization.perTensor(0.30000004f, -100));

        assertThat(output).containsExactly(-100, -100, -100, -98, -97, -95, 49, 91);
    }

    @Test
    void relu6ClampsAtSix() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 5), Quantization.perTensor(0.1f, 0), -1, 0, 59, 61, 127)
                .run(Relu6.INSTANCE, new NoParams(), Quantization.perTensor(0.1f, 10));

        assertThat(output).containsExactly(10, 10, 69, 70, 70);
    }
}
