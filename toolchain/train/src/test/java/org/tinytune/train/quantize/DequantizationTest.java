package org.tinytune.train.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.RandomGraphs;

class DequantizationTest {
    @Test
    void constantsBecomeTheRealValuesOfTheirChannels() {
        GraphBuilder builder = new GraphBuilder();
        Quantization activations = Quantization.perTensor(0.5f, 3);
        int input = builder.input("input", Shape.of(1, 1, 1, 2), ElementType.INT8, activations);
        int weights = builder.constant(
                "weights",
                Shape.of(2, 1, 1, 2),
                Quantization.perChannel(new float[] {0.5f, 2}, 0),
                TensorData.of(new byte[] {1, -2, 3, -4}));
        int bias = builder.constant(
                "bias", Shape.of(2), Quantization.perChannel(new float[] {0.25f, 1}, 0), TensorData.of(new int[] {
                    100, -1000
                }));
        Conv2dParams params = Conv2dParams.of(1, Padding.SAME, Activation.NONE);
        int output =
                builder.node("output", ElementType.INT8, activations, Conv2d.INSTANCE, params, input, weights, bias);

        Graph real = Dequantization.of(builder.output(output).build());

        assertThat(real.tensor(weights).float32Data()).containsExactly(0.5f, -1, 6, -8);
        assertThat(real.tensor(bias).float32Data()).containsExactly(25, -1000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsQuantizedAnyMore(long seed) {
        Graph graph = RandomGraphs.network(seed);

        Graph real = Dequantization.of(graph);

        assertThat(real.nodes()).isEqualTo(graph.nodes());
        for (Tensor tensor : real.tensors()) {
            assertThat(tensor.type()).as("%s, seed %d", tensor.name(), seed).isEqualTo(ElementType.FLOAT32);
            assertThat(tensor.quantization())
                    .as("%s, seed %d", tensor.name(), seed)
                    .isEqualTo(Quantization.NONE);
        }
        assertThat(Dequantization.of(real)).isEqualTo(real);
    }
}
