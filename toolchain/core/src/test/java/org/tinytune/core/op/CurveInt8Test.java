package org.tinytune.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.hardswish.HardSwish;
import org.tinytune.core.op.leakyrelu.LeakyRelu;
import org.tinytune.core.op.leakyrelu.LeakyReluParams;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.quantize.Quantize;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.Float64Definition;
import org.tinytune.core.testing.SingleNode;

/** Operators that map each int8 on its own. */
class CurveInt8Test {
    private static final Quantization INPUT = Quantization.perTensor(0.05f, 0);

    private static void assertAgrees(Operator<NoParams> operator, DoubleUnaryOperator definition, double oftenOff) {
        Float64Definition.assertKernelAgrees(
                operator,
                (p, operands, in) -> Arrays.stream(in[0]).map(definition).toArray(),
                oftenOff);
    }

    @Test
    void tablesAgreeWithTheirDefinitionInFloat64() {
        assertAgrees(Logistic.INSTANCE, x -> 1 / (1 + StrictMath.exp(-x)), 0);
        assertAgrees(Tanh.INSTANCE, StrictMath::tanh, 0);
        assertAgrees(Quantize.INSTANCE, x -> x, 0.001);
    }

    /** 16 bits do not hold the product exactly, and what is scaled down is rounded twice. */
    @Test
    void hardSwishAndLeakyReluAreSometimesOneOff() {
        assertAgrees(HardSwish.INSTANCE, x -> x * Math.max(0, Math.min(6, x + 3)) / 6, 0.05);
        Float64Definition.assertKernelAgrees(
                LeakyRelu.INSTANCE,
                (p, operands, in) ->
                        Arrays.stream(in[0]).map(x -> x < 0 ? x * p.alpha() : x).toArray(),
                0.06);
    }

    @Test
    void aCurveWithAFixedRangeRefusesAnotherOne() {
        SingleNode node = new SingleNode().input(Shape.of(1, 1), INPUT, 1);

        assertThatThrownBy(() -> node.run(Tanh.INSTANCE, new NoParams(), Logistic.OUTPUT))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("but TANH gives scale 0.0078125, zero point 0");
    }

    @Test
    void hardSwishRefusesAnOutputScaleThatTheReferenceCannotReach() {
        SingleNode node = new SingleNode().input(Shape.of(1, 1), INPUT, 1);

        assertThatThrownBy(() -> node.run(HardSwish.INSTANCE, new NoParams(), Quantization.perTensor(0.0001f, 0)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("too small");
    }

    @Test
    void aSlopeOfOneIsTheIdentity() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 4), INPUT, -128, -1, 0, 127)
                .run(LeakyRelu.INSTANCE, new LeakyReluParams(1), INPUT);

        assertThat(output).containsExactly(-128, -1, 0, 127);
        for (float alpha : new float[] {-0.1f, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new LeakyReluParams(alpha)).isInstanceOf(InvalidModelException.class);
        }
    }
}
