package org.tinytune.core.op.prelu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.Float64Definition;
import org.tinytune.core.testing.SingleNode;

class PreluInt8Test {
    @Test
    void multipliesWhatIsNegative() {
        Float64Definition.assertKernelAgrees(Prelu.INSTANCE, PreluInt8Test::define, 1);
    }

    private static double[] define(NoParams p, Operands operands, double[][] in) {
        double[] values = in[0].clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= values[i] < 0 ? in[1][i % in[1].length] : 1;
        }
        return values;
    }

    @Test
    void eachChannelHasItsSlope() {
        Quantization q = Quantization.perTensor(1, 10);
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 2, 2), q, 8, 8, -10, 30)
                .weights(Shape.of(1, 1, 2), Quantization.perTensor(0.5f, 1), 2, -1)
                .run(Prelu.INSTANCE, new NoParams(), q);
        assertThat(output).containsExactly(9, 12, 0, 30);
    }

    @Test
    void refusesSlopesThatAreNotOfTheLastExtents() {
        Shape image = Shape.of(1, 2, 3, 4);
        List.of(Shape.of(4), Shape.of(1, 1, 4), Shape.of(3, 4), Shape.of(2, 3, 4), Shape.of(1), Shape.of(1, 1, 1))
                .forEach(slopes -> assertThat(shape(image, slopes)).isEqualTo(image));
        List.of(Shape.of(3), Shape.of(3, 1), Shape.of(2, 1, 4), Shape.of(3, 3, 4), Shape.of(1, 1, 1, 1, 4))
                .forEach(slopes -> assertThatThrownBy(() -> shape(image, slopes))
                        .isInstanceOf(InvalidModelException.class)
                        .hasMessage("slopes " + slopes + " are not the last extents of " + image));
    }

    private static Shape shape(Shape input, Shape slopes) {
        return Prelu.INSTANCE.inferShape(new NoParams(), List.of(input, slopes));
    }
}
