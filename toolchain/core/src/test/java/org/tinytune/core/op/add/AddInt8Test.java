package org.tinytune.core.op.add;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytune.core.testing.PlainWindows.clamped;

import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.Float64Definition;
import org.tinytune.core.testing.PlainPairs;
import org.tinytune.core.testing.SingleNode;

class AddInt8Test {
    private static final PairwiseParams PLAIN = new PairwiseParams(Activation.NONE);

    @Test
    void agreesWithTheDefinitionInFloat64() {
        Float64Definition.assertKernelAgrees(Add.INSTANCE, AddInt8Test::define, 0.001);
    }

    private static double[] define(PairwiseParams p, Operands operands, double[][] in) {
        return clamped(PlainPairs.of(in, Double::sum), p.activation());
    }

    /** From TFLite 2.19, reference. */
    @Test
    void addsAsTheReferenceDoes() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 8), Quantization.perTensor(0.1f, 3), 0, 1, 2, 3, -128, 127, 4, 50)
                .input(Shape.of(1, 8), Quantization.perTensor(0.25f, -8), -8, -8, -7, -9, -128, 127, -8, 20)
                .run(Add.INSTANCE, PLAIN, Quantization.perTensor(0.2f, 1));

        assertThat(output).containsExactly(-1, 0, 2, 0, -128, 127, 2, 60);
    }

    @Test
    void aTinyScaleBesideALargeOneIsFlushedToZero() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 2), Quantization.perTensor(1, 0), 5, -7)
                .input(Shape.of(1, 2), Quantization.perTensor(1e-20f, 0), 127, -128)
                .run(Add.INSTANCE, PLAIN, Quantization.perTensor(1, 0));

        assertThat(output).containsExactly(5, -7);
    }

    @Test
    void refusesAnOutputScaleThatTheReferenceCannotReach() {
        SingleNode node = new SingleNode()
                .input(Shape.of(1, 1), Quantization.perTensor(1, 0), 1)
                .input(Shape.of(1, 1), Quantization.perTensor(1, 0), 1);

        assertThatThrownBy(() -> node.run(Add.INSTANCE, PLAIN, Quantization.perTensor(1e-6f, 0)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("too small");
    }
}
