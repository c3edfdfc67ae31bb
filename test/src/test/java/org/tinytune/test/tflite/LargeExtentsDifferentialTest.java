package org.tinytune.test.tflite;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.mean.Mean;
import org.tinytune.core.op.mean.MeanParams;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomGraphs;

/** Sums of many terms, which the small random shapes do not reach. */
class LargeExtentsDifferentialTest {
    private static final int CASES = 60;
    private static final int MAX_EXTENT = 70;
    /** Beyond, the reference shifts by more than 31 bits. */
    private static final int MAX_SOFTMAX_DEPTH = 511;

    @Test
    void softmaxOverManyElements() {
        for (long seed = 0; seed < CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Shape shape = Shape.of(1, random.nextInt(1, MAX_SOFTMAX_DEPTH + 1));
            Quantization input = Quantization.perTensor((float) random.nextDouble(0.0001, 0.2), 3);
            compare(seed, graph(Softmax.INSTANCE, new SoftmaxParams(1), shape, input, Softmax.OUTPUT));
        }
    }

    @Test
    void meanOverManyElements() {
        List<List<Integer>> axes = List.of(List.of(1, 2), List.of(1), List.of(2), List.of(3), List.of(1, 2, 3));
        for (long seed = 0; seed < CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            MeanParams params = new MeanParams(axes.get(random.nextInt(axes.size())), random.nextBoolean());
            Quantization input = Quantization.perTensor(0.05f, random.nextInt(-128, 128));
            float outputScale = (float) random.nextDouble(0.0005, 0.1);
            Quantization output = Quantization.perTensor(outputScale, random.nextInt(-128, 128));
            compare(seed, graph(Mean.INSTANCE, params, image(random), input, output));
        }
    }

    @Test
    void averageOfLargeWindows() {
        for (long seed = 0; seed < CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Shape shape = image(random);
            Padding padding = random.nextBoolean() ? Padding.SAME : Padding.VALID;
            Pool2dParams params = new Pool2dParams(
                    random.nextInt(1, shape.dim(1) + 1),
                    random.nextInt(1, shape.dim(2) + 1),
                    3,
                    5,
                    padding,
                    Activation.NONE);
            Quantization both = Quantization.perTensor(0.05f, random.nextInt(-128, 128));
            compare(seed, graph(AveragePool2d.INSTANCE, params, shape, both, both));
        }
    }

    private static Shape image(SplittableRandom random) {
        return Shape.of(1, random.nextInt(1, MAX_EXTENT + 1), random.nextInt(1, MAX_EXTENT + 1), random.nextInt(1, 20));
    }

    private static <P extends Record> Graph graph(
            Operator<P> operator, P params, Shape shape, Quantization input, Quantization output) {
        GraphBuilder builder = new GraphBuilder();
        int in = builder.input("input", shape, ElementType.INT8, input);
        return builder.output(builder.node("output", ElementType.INT8, output, operator, params, in))
                .build();
    }

    private static void compare(long seed, Graph graph) {
        Differential.assertEqual("seed " + seed, graph, List.of(RandomGraphs.inputs(graph, seed)));
    }
}
