package org.tinytune.core.op.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.SimulationObserver;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.tensor.Shape;

/** Between int8 and int16. What TFLite's interpreter knows of it is compared with that elsewhere. */
class Int16QuantizeTest {
    private static final Quantization INT8 = Quantization.perTensor(0.5f, -3);

    private static Graph graph(ElementType from, Quantization input, ElementType to, Quantization output) {
        GraphBuilder builder = new GraphBuilder();
        int x = builder.input("x", Shape.of(1, 4), from, input);
        builder.output(builder.node("y", to, output, Quantize.INSTANCE, new NoParams(), x));
        return builder.build();
    }

    private static int[] run(Graph graph, int... values) {
        Elements in = Elements.of(graph.input().type());
        byte[] bytes = new byte[values.length * in.bytes()];
        for (int i = 0; i < values.length; i++) {
            in.set(bytes, 0, i, values[i]);
        }
        byte[] output =
                Simulator.of(graph).run(List.of(bytes), SimulationObserver.NONE).get(0);
        Elements out = Elements.of(graph.output().type());
        int[] results = new int[values.length];
        for (int i = 0; i < results.length; i++) {
            results[i] = out.get(output, 0, i);
        }
        return results;
    }

    @Test
    void fromInt8ToInt16IsExactWhereTheScaleIsAPart() {
        Quantization fine = Quantization.perTensor(0.5f / 128, 0);

        assertThat(run(graph(ElementType.INT8, INT8, ElementType.INT16, fine), -128, -3, -2, 127))
                .containsExactly(-125 * 128, 0, 128, 130 * 128);
    }

    @Test
    void fromInt8ToInt16Saturates() {
        Quantization finest = Quantization.perTensor(0.5f / 1024, 0);

        assertThat(run(graph(ElementType.INT8, INT8, ElementType.INT16, finest), -128, -35, 29, 127))
                .containsExactly(-32768, -32768, 32767, 32767);
    }

    @Test
    void fromInt16ToInt8RoundsTwiceAndSaturates() {
        Quantization fine = Quantization.perTensor(0.5f / 128, 0);

        assertThat(run(graph(ElementType.INT16, fine, ElementType.INT8, INT8), -32768, 62, 63, -65))
                .containsExactly(-128, -3, -2, -4);
    }

    @Test
    void aZeroPointOtherThan0IsNoInt16() {
        Graph shifted = graph(ElementType.INT8, INT8, ElementType.INT16, Quantization.perTensor(0.5f, 1));

        assertThatThrownBy(() -> Simulator.of(shifted))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("whose zero point is 0");
    }
}
