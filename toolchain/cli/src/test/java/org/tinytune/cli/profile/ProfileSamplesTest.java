package org.tinytune.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.cli.model.SampleEncoder;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.op.Operators;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomBlocks;

class ProfileSamplesTest {
    /** As models with blocks before the network are written: mean 0 and the scale's reciprocal as deviation. */
    @Test
    void aCountIsItsOwnQuantizedValue() {
        Graph graph = RandomBlocks.beforeNetwork(Operators.DSP_BLOCKS.get(0), 1);
        float scale = graph.input().quantization().scale();
        InputEncoding encoding = new InputEncoding(List.of(0f), List.of(1 / scale), Short.MIN_VALUE, Short.MAX_VALUE);
        Graph counts = graph.withMetadata(graph.metadata().withEncoding(encoding));
        Shape shape = counts.input().shape();
        float[] raw = new float[shape.elements()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (short) (i * 7919 - 32_768);
        }

        byte[] bytes = SampleEncoder.of(counts).encode(raw);

        assertThat(bytes).hasSize(counts.input().bytes());
        ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (float count : raw) {
            assertThat((float) values.getShort()).isEqualTo(count);
        }
    }
}
