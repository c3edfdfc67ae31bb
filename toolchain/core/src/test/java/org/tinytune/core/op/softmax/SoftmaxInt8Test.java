package org.tinytune.core.op.softmax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.Float64Definition;
import org.tinytune.core.testing.SingleNode;

class SoftmaxInt8Test {
    private static final SoftmaxParams PLAIN = new SoftmaxParams(1);

    @Test
    void agreesWithTheDefinitionInFloat64() {
        Float64Definition.assertKernelAgrees(Softmax.INSTANCE, SoftmaxInt8Test::define, 0.01);
    }

    private static double[] define(SoftmaxParams p, Operands operands, double[][] in) {
        int depth = operands.input(0).shape().dim(-1);
        double[] probabilities = new double[in[0].length];
        for (int begin = 0; begin < probabilities.length; begin += depth) {
            double sum = 0;
            for (int i = begin; i < begin + depth; i++) {
                probabilities[i] = Math.exp(p.beta() * in[0][i]);
                sum += probabilities[i];
            }
            for (int i = begin; i < begin + depth; i++) {
                probabilities[i] /= sum;
            }
        }
        return probabilities;
    }

    /** From TFLite 2.19, reference. */
    @Test
    void isTheReferencesFixedPoint() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 10), Quantization.perTensor(0.1f, 5), 12, -7, 3, 25, 19, -128, 24, 0, 21, 17)
                .run(Softmax.INSTANCE, PLAIN, Softmax.OUTPUT);

        assertThat(output).containsExactly(-111, -125, -121, -65, -94, -128, -71, -123, -86, -100);
    }

    /** From TFLite 2.19, reference. */
    @Test
    void leavesOutWhatIsTooFarBelowTheGreatest() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 3), Quantization.perTensor(4, 5), 127, -128, 126)
                .run(Softmax.INSTANCE, PLAIN, Softmax.OUTPUT);

        assertThat(output).containsExactly(123, -128, -123);
    }

    @Test
    void aCertainClassSaturatesAndEqualOnesShare() {
        Quantization q = Quantization.perTensor(1, 0);

        assertThat(new SingleNode().input(Shape.of(1, 1), q, -128).run(Softmax.INSTANCE, PLAIN, Softmax.OUTPUT))
                .containsExactly(127);
        assertThat(new SingleNode().input(Shape.of(1, 4), q, 7, 7, 7, 7).run(Softmax.INSTANCE, PLAIN, Softmax.OUTPUT))
                .containsExactly(-64, -64, -64, -64);
    }

    @Test
    void manyEqualClassesAreAllUnlikely() {
        Quantization q = Quantization.perTensor(1, 0);
        for (int classes : new int[] {511, 512, 4095}) {
            byte[] output = new SingleNode()
                    .input(Shape.of(1, classes), q, new int[classes])
                    .run(Softmax.INSTANCE, PLAIN, Softmax.OUTPUT);
            assertThat(output).as("%d classes", classes).containsOnly(classes < 512 ? -127 : -128);
        }
    }

    @Test
    void refusesWhatTheReferenceRefuses() {
        Quantization q = Quantization.perTensor(1, 0);
        SingleNode node = new SingleNode().input(Shape.of(1, 2), q, 1, 2);
        assertThatThrownBy(() -> node.run(Softmax.INSTANCE, PLAIN, q))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("SOFTMAX gives scale 0.00390625, zero point -128");

        SingleNode flat = new SingleNode().input(Shape.of(1, 2), Quantization.perTensor(1e-9f, 0), 1, 2);
        assertThatThrownBy(() -> flat.run(Softmax.INSTANCE, PLAIN, Softmax.OUTPUT))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("too small");

        SingleNode wide = new SingleNode().input(Shape.of(1, 5000), q, new int[5000]);
        assertThatThrownBy(() -> wide.run(Softmax.INSTANCE, PLAIN, Softmax.OUTPUT))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("more than 4095");
    }
}
