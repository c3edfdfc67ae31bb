package org.tinytune.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.vector.VectorMath;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.train.network.NetworkOptions.Arithmetic;

/**
 * Accumulators on and beside the boundaries of rounding: an image of all pairs of inputs, and multipliers that are
 * powers of two, where every other accumulator is a tie, or next to one.
 */
class QatKernelTest {
    private static final int SIDE = 256;
    private static final int CHANNELS = 16;
    private static final int SEEDS = 16;

    @Test
    void accumulatorsAreRescaledInFloatsAsInIntegers() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Graph graph = graph(seed);
            byte[] expected = Simulator.of(graph).run(allPairs());
            for (VectorMath math : List.of(VectorProvider.get(), VectorProvider.plain())) {
                assertThat(firstDifference(expected, run(graph, math)))
                        .as("seed %d, %s", seed, math.name())
                        .isEqualTo("none");
            }
        }
    }

    private static byte[] allPairs() {
        byte[] pairs = new byte[SIDE * SIDE * 2];
        for (int i = 0; i < SIDE * SIDE; i++) {
            pairs[2 * i] = (byte) (i / SIDE - 128);
            pairs[2 * i + 1] = (byte) (i % SIDE - 128);
        }
        return pairs;
    }

    /** A convolution that sees one pixel, with a multiplier of its own for each channel. */
    private static Graph graph(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] scales = new float[CHANNELS];
        byte[] weights = new byte[2 * CHANNELS];
        int[] bias = new int[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            float power = (float) StrictMath.scalb(random.nextBoolean() ? 1.0 : 1 / 3.0, random.nextInt(-12, 3));
            scales[c] = switch (random.nextInt(3)) {
                case 0 -> power;
                case 1 -> Math.nextUp(power);
                default -> Math.nextDown(power);
            };
            weights[2 * c] = (byte) random.nextInt(-127, 128);
            weights[2 * c + 1] = (byte) random.nextInt(-3, 4);
            // Within what the multiplier leaves in int8, a little beyond what a float holds, and next to overflow.
            bias[c] = switch (random.nextInt(6)) {
                case 0 -> random.nextInt(1 << 24, 1 << 25);
                case 1 -> -(1 << 30);
                default -> (int) (random.nextDouble(-60, 60) / scales[c]);
            };
        }
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input(
                "input",
                Shape.of(1, SIDE, SIDE, 2),
                ElementType.INT8,
                Quantization.perTensor(1, random.nextInt(-128, 128)));
        int output = builder.node(
                "output",
                ElementType.INT8,
                Quantization.perTensor(1, random.nextInt(-20, 20)),
                Conv2d.INSTANCE,
                Conv2dParams.of(1, Padding.VALID, Activation.NONE),
                input,
                builder.constant(
                        "weights",
                        Shape.of(CHANNELS, 1, 1, 2),
                        Quantization.perChannel(scales, 0),
                        TensorData.of(weights)),
                builder.constant("bias", Shape.of(CHANNELS), Quantization.perChannel(scales, 0), TensorData.of(bias)));
        return builder.output(output).build();
    }

    private static byte[] run(Graph graph, VectorMath math) {
        NetworkOptions options = NetworkOptions.inference(Arithmetic.INT8, 1, 1).withMath(math);
        try (Network network = new Network(graph, options)) {
            byte[] pairs = allPairs();
            FloatSpan span = network.values(graph.inputs().get(0));
            for (int i = 0; i < pairs.length; i++) {
                span.array()[span.offset() + i] = pairs[i];
            }
            network.infer(1, ShardTask.NONE, ShardTask.NONE);
            return Captured.sample(network, graph.outputs().get(0), 0);
        }
    }

    private static String firstDifference(byte[] expected, byte[] actual) {
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] != actual[i]) {
                return "pixel " + i / CHANNELS + ", channel " + i % CHANNELS + ": " + actual[i] + ", not "
                        + expected[i];
            }
        }
        return "none";
    }
}
