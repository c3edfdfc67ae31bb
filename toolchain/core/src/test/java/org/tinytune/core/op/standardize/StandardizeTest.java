package org.tinytune.core.op.standardize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

class StandardizeTest {
    private static Graph graph(Shape features, short[] means, short[] factors, int shift) {
        return graph(features, means, factors, shift, 0);
    }

    private static Graph graph(Shape features, short[] means, short[] factors, int shift, int zeroPoint) {
        GraphBuilder graph = new GraphBuilder();
        int input = graph.input("features", features, ElementType.INT16, Quantization.perTensor(1f / 256, 0));
        int mean = graph.constant("means", Shape.of(means.length), Quantization.NONE, TensorData.of(means));
        int factor = graph.constant("factors", Shape.of(factors.length), Quantization.NONE, TensorData.of(factors));
        int output = graph.node(
                "x",
                ElementType.INT8,
                Quantization.perTensor(1f / 32, zeroPoint),
                Standardize.INSTANCE,
                new StandardizeParams(shift),
                input,
                mean,
                factor);
        return graph.output(output).build();
    }

    private static byte[] run(Graph graph, int... features) {
        byte[] input = new byte[2 * features.length];
        for (int i = 0; i < features.length; i++) {
            Elements.INT16.set(input, 0, i, features[i]);
        }
        return Simulator.of(graph).run(input);
    }

    @Test
    void everyFeatureOfARowHasItsMeanAndItsFactor() {
        Graph graph = graph(Shape.of(1, 2, 3, 1), new short[] {100, -100, 0}, new short[] {4, 8, 0}, 3);

        assertThat(run(graph, 100, -100, 5, 117, -99, 32767)).containsExactly(0, 0, 0, 9, 1, 0);
    }

    @Test
    void theMeanIsTheZeroPoint() {
        Graph graph = graph(Shape.of(1, 1, 3, 1), new short[] {9, 9, 9}, new short[] {2, 2, 0}, 1, -20);

        assertThat(run(graph, 9, 30, 30)).containsExactly(-20, 1, -20);
    }

    @Test
    void halvesAreRoundedUp() {
        Graph graph = graph(Shape.of(1, 1, 4, 1), new short[4], new short[] {1, 1, 1, 1}, 1);

        assertThat(run(graph, 1, -1, 3, -3)).containsExactly(1, 0, 2, -1);
    }

    @Test
    void whatIsOutOfRangeIsSaturated() {
        short most = Short.MAX_VALUE;
        Graph graph = graph(
                Shape.of(1, 1, 4, 1),
                new short[] {Short.MIN_VALUE, most, 0, 0},
                new short[] {most, most, most, 1},
                StandardizeParams.MAX_SHIFT);

        // A difference of 65535 counts as 32767: 2^30 / 2^29, and nearly so.
        assertThat(run(graph, most, Short.MIN_VALUE, most, most)).containsExactly(2, -2, 2, 0);
        Graph steep = graph(Shape.of(1, 1, 2, 1), new short[2], new short[] {most, most}, 1);
        assertThat(run(steep, most, Short.MIN_VALUE)).containsExactly(127, -128);
    }

    @Test
    void isWithinHalfAStepOfTheRealNumbers() {
        SplittableRandom random = new SplittableRandom(3);
        int count = 40;
        short[] means = new short[count];
        short[] factors = new short[count];
        int[] features = new int[count];
        for (int i = 0; i < count; i++) {
            means[i] = (short) random.nextInt(-9000, 9000);
            factors[i] = (short) random.nextInt(1, 1000);
            features[i] = means[i] + random.nextInt(-3000, 3000);
        }
        byte[] output = run(graph(Shape.of(1, 1, 10, 4), means, factors, 15), features);
        for (int i = 0; i < count; i++) {
            double real = (features[i] - means[i]) * (double) factors[i] / (1 << 15);
            assertThat((double) output[i]).isBetween(real - 0.5, real + 0.5);
        }
    }

    @Test
    void refusesConstantsThatAreNotOneForEachOfARow() {
        assertThatThrownBy(() -> graph(Shape.of(1, 2, 3, 2), new short[3], new short[6], 1))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("constants [3] are not one for each of a row of [1, 2, 3, 2]");
        Graph negative = graph(Shape.of(1, 1, 1, 1), new short[1], new short[] {-1}, 1);
        assertThatThrownBy(() -> Simulator.of(negative))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("'factors' holds a factor of -1");
        assertThatThrownBy(() -> new StandardizeParams(0))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("a shift of 0 is not in [1, 29]");
    }
}
