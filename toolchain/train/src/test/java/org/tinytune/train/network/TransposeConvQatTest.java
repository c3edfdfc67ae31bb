package org.tinytune.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.transposeconv.TransposeConv;
import org.tinytune.core.op.transposeconv.TransposeConvParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.train.network.NetworkOptions.Arithmetic;

class TransposeConvQatTest {
    private static final int SIDE = 3;
    private static final int INPUT_CHANNELS = 300;

    /** One channel whose sums reach 2^24 and more, and one whose sums do not. */
    @Test
    void sumsThatFloatsCannotHoldAreExact() {
        for (long seed = 0; seed < 10; seed++) {
            Graph graph = graph(seed);
            byte[] input = new byte[SIDE * SIDE * INPUT_CHANNELS];
            new SplittableRandom(seed).nextBytes(input);
            for (int i = 0; seed % 2 == 0 && i < input.length; i++) {
                input[i] = 127;
            }
            assertThat(run(graph, input))
                    .as("seed %d", seed)
                    .isEqualTo(Simulator.of(graph).run(input));
        }
    }

    private static Graph graph(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] weights = new byte[2 * 3 * 3 * INPUT_CHANNELS];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) (i < weights.length / 2 ? random.nextInt(100, 128) : random.nextInt(-3, 4));
        }
        int[] bias = {random.nextInt(-30_000_000, 0), random.nextInt(-1000, 1000)};
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input(
                "input", Shape.of(1, SIDE, SIDE, INPUT_CHANNELS), ElementType.INT8, Quantization.perTensor(1, -128));
        // An odd multiplier of the wide channel, so that the last bits of an accumulator show in its rounding.
        Quantization scales = Quantization.perChannel(new float[] {0.37f / (1 << 10), 0.01f}, 0);
        int output = builder.node(
                "output",
                ElementType.INT8,
                Quantization.perTensor(100, 0),
                TransposeConv.INSTANCE,
                new TransposeConvParams(5, 6, 2, 2, Padding.SAME, Activation.NONE),
                input,
                builder.constant("weights", Shape.of(2, 3, 3, INPUT_CHANNELS), scales, TensorData.of(weights)),
                builder.constant("bias", Shape.of(2), scales, TensorData.of(bias)));
        return builder.output(output).build();
    }

    private static byte[] run(Graph graph, byte[] input) {
        try (Network network = new Network(graph, NetworkOptions.inference(Arithmetic.INT8, 1, 1))) {
            FloatSpan span = network.values(graph.inputs().get(0));
            for (int i = 0; i < input.length; i++) {
                span.array()[span.offset() + i] = input[i];
            }
            network.infer(1, ShardTask.NONE, ShardTask.NONE);
            return Captured.sample(network, graph.outputs().get(0), 0);
        }
    }
}
