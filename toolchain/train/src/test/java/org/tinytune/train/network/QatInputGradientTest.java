package org.tinytune.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.range.WeightScalings;

/** The gradient of a dense layer's input is that of what its integer weights stand for, be they few or many. */
class QatInputGradientTest {
    private static final int SAMPLES = 7;
    private static final int INPUTS = 20;

    @ParameterizedTest
    @CsvSource({
        "24, 10, 1, magnitude",
        "128, 127, 1, magnitude",
        "128, 128, 1, magnitude",
        "131, 150, 2, magnitude",
        "24, 10, 1, lsq",
        "131, 150, 2, lsq"
    })
    void isThatOfTheQuantizedWeights(int hidden, int outputs, int threads, String scaling) {
        SplittableRandom random = new SplittableRandom(hidden);
        float[] weights = uniform(random, outputs * hidden, 0.1);
        Graph graph = graph(random, hidden, outputs, weights);
        int middle = graph.nodes().get(0).output();
        float[] slopes = uniform(random, SAMPLES * outputs, 1);

        // Learned scales begin with those of the magnitudes.
        NetworkOptions options = NetworkOptions.training(Arithmetic.INT8, SAMPLES, threads)
                .withScaling(WeightScalings.ALL.get(scaling, Map.of()));
        try (Network network = new Network(graph, options)) {
            network.train(
                    SAMPLES,
                    0,
                    shard -> fillInput(network, shard),
                    shard -> copy(slopes, network.gradient(graph.outputs().get(0)), shard, outputs),
                    (range, pass) -> {});

            FloatSpan actual = network.gradient(middle);
            FloatSpan values = network.values(middle);
            for (int n = 0; n < SAMPLES; n++) {
                for (int i = 0; i < hidden; i++) {
                    float value = values.array()[values.offset() + n * hidden + i];
                    double expected = value == -128 || value == 127 ? 0 : product(slopes, weights, n, i, hidden);
                    assertThat((double) actual.array()[actual.offset() + n * hidden + i])
                            .as("sample %d, input %d", n, i)
                            .isCloseTo(expected, Offset.offset(1e-4));
                }
            }
        }
    }

    /** With the weights rounded to integers: {@code s = max|w| / 127}. */
    private static double product(float[] slopes, float[] weights, int sample, int input, int inputs) {
        float greatest = 0;
        for (float weight : weights) {
            greatest = Math.max(greatest, Math.abs(weight));
        }
        float scale = greatest / 127;
        int outputs = weights.length / inputs;
        double sum = 0;
        for (int o = 0; o < outputs; o++) {
            double integer = Math.rint(weights[o * inputs + input] / scale);
            sum += slopes[sample * outputs + o] * integer * scale;
        }
        return sum;
    }

    private static Graph graph(SplittableRandom random, int hidden, int outputs, float[] weights) {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("input", Shape.of(1, INPUTS), ElementType.INT8, Quantization.perTensor(1 / 128f, 0));
        int middle =
                dense(builder, "hidden", input, Shape.of(hidden, INPUTS), uniform(random, hidden * INPUTS, 0.5), 0.02f);
        int output = dense(builder, "output", middle, Shape.of(outputs, hidden), weights, 0.1f);
        return builder.output(output).build();
    }

    private static int dense(
            GraphBuilder builder, String name, int input, Shape shape, float[] weights, float scaleOfOutput) {
        return builder.node(
                name,
                ElementType.INT8,
                Quantization.perTensor(scaleOfOutput, 3),
                FullyConnected.INSTANCE,
                new FullyConnectedParams(Activation.NONE),
                input,
                builder.constant(name + "/weights", shape, Quantization.NONE, TensorData.of(weights)),
                builder.constant(
                        name + "/bias",
                        Shape.of(shape.dim(0)),
                        Quantization.NONE,
                        TensorData.of(new float[shape.dim(0)])));
    }

    private static float[] uniform(SplittableRandom random, int count, double bound) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return values;
    }

    private static void fillInput(Network network, Shard shard) {
        FloatSpan input = network.values(network.graph().inputs().get(0));
        for (int i = shard.begin() * INPUTS; i < shard.end() * INPUTS; i++) {
            input.array()[input.offset() + i] = i * 37 % 255 - 127;
        }
    }

    private static void copy(float[] from, FloatSpan to, Shard shard, int elements) {
        int begin = shard.begin() * elements;
        System.arraycopy(from, begin, to.array(), to.offset() + begin, shard.samples() * elements);
    }
}
