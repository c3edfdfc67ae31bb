package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** What convolutions copy before they multiply: nothing that they can read where it lies, and not too much at once. */
class Conv2dScratchTest {
    private static final Conv2dParams VALID = Conv2dParams.of(1, Padding.VALID, Activation.RELU);
    private static final Conv2dParams SAME = Conv2dParams.of(1, Padding.SAME, Activation.RELU);

    @TempDir
    Path folder;

    /** A convolution with random weights, of outputs that a ReLU begins at the zero point -128. */
    private static Graph convolution(Shape input, Shape weights, Conv2dParams params) {
        SplittableRandom random = new SplittableRandom(1);
        byte[] values = new byte[weights.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) random.nextInt(-127, 128);
        }
        int channels = weights.dim(0);
        float[] scales = new float[channels];
        for (int c = 0; c < channels; c++) {
            scales[c] = (float) random.nextDouble(0.002, 0.01);
        }
        int[] biases = random.ints(channels, -2000, 2000).toArray();
        GraphBuilder graph = new GraphBuilder();
        int output = graph.node(
                "y",
                ElementType.INT8,
                Quantization.perTensor(0.5f, -128),
                Conv2d.INSTANCE,
                params,
                graph.input("x", input, ElementType.INT8, Quantization.perTensor(0.05f, -3)),
                graph.constant("weights", weights, Quantization.perChannel(scales, 0), TensorData.of(values)),
                graph.constant("bias", Shape.of(channels), Quantization.NONE, TensorData.of(biases)));
        return graph.output(output).build();
    }

    private static String variant(Graph graph, CTarget target) {
        return new CTargetCosts(target).variants(graph, graph.nodes().get(0)).get(0);
    }

    private static int scratch(Graph graph, CTarget target) {
        return new CTargetCosts(target).scratchBytes(graph, graph.nodes().get(0), variant(graph, target));
    }

    private static Graph pixel(int channels, Activation activation) {
        return convolution(Shape.of(1, 1, 1, channels), Shape.of(6, 1, 1, channels), VALID.withActivation(activation));
    }

    @ParameterizedTest
    @CsvSource({
        "ARMV6M, blocks, 7, 0",
        "ARMV6M, blocks, 12, 0",
        "PORTABLE, blocks, 12, 0",
        "ARMV7EM, pairs, 12, 24",
        "HELIUM, vectors, 32, 0"
    })
    void anOnlyPixelIsNotGathered(CTarget target, String variant, int channels, int bytes) {
        for (Activation activation : List.of(Activation.RELU, Activation.RELU6)) {
            Graph pixel = pixel(channels, activation);
            assertThat(variant(pixel, target)).isEqualTo(variant);
            assertThat(scratch(pixel, target)).isEqualTo(bytes);
        }
    }

    @Test
    void vectorsReadRunsOfWholeVectorsWhereTheyLie() {
        assertThat(scratch(series(2, 8, VALID), CTarget.HELIUM)).isZero();
        assertThat(scratch(series(2, 8, SAME), CTarget.HELIUM)).isPositive();
        assertThat(scratch(series(3, 8, VALID), CTarget.HELIUM)).isPositive();
    }

    @Test
    void vectorsCopyLongRowsStripByStrip() {
        Graph second = convolution(Shape.of(1, 1, 16_000, 1), Shape.of(4, 1, 10, 1), VALID);
        assertThat(variant(second, CTarget.HELIUM)).isEqualTo("vectors");
        assertThat(scratch(second, CTarget.HELIUM)).isBetween(4000, 4096);
        // Of padding a pixel is held as well, which fills a vector.
        assertThat(scratch(image(90, 1, SAME), CTarget.HELIUM)).isBetween(4000, 4096 + 16);
        // A window that is larger by itself, and the next one.
        Graph wide = convolution(Shape.of(1, 3, 5, 600), Shape.of(4, 3, 3, 600), VALID);
        assertThat(scratch(wide, CTarget.HELIUM)).isEqualTo(3 * 1800 + 1800 + 8);
    }

    @Test
    void vectorsAreNotFilledUpAtAnyPrice() {
        assertThat(variant(convolution(Shape.of(1, 2, 2, 8), Shape.of(16, 1, 1, 8), VALID), CTarget.HELIUM))
                .isEqualTo("vectors");
        assertThat(variant(convolution(Shape.of(1, 2, 2, 8), Shape.of(512, 1, 1, 8), VALID), CTarget.HELIUM))
                .isEmpty();
        assertThat(variant(convolution(Shape.of(1, 3, 3, 24), Shape.of(512, 3, 3, 24), VALID), CTarget.HELIUM))
                .isEqualTo("vectors");
    }

    /** Over time, 41 steps. */
    private static Graph series(int taps, int channels, Conv2dParams params) {
        return convolution(Shape.of(1, 1, 41, channels), Shape.of(5, 1, taps, channels), params);
    }

    /** Four rows, windows of 3 by 3 over 16 channels. */
    private static Graph image(int width, int stride, Conv2dParams params) {
        Conv2dParams strided = Conv2dParams.of(stride, params.padding(), params.activation());
        return convolution(Shape.of(1, 4, width, 16), Shape.of(5, 3, 3, 16), strided);
    }

    @ParameterizedTest
    @CsvSource({"ARMV6M, CORTEX_M0", "ARMV7EM, CORTEX_M4", "HELIUM, CORTEX_M55"})
    void equalTheSimulator(CTarget target, Machine machine) {
        assertEqualTheSimulator(target, machine);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            value = CTarget.class,
            names = {"ARMV6M", "ARMV7EM", "HELIUM"})
    void touchNothingElse(CTarget target) {
        assertEqualTheSimulator(target, Machine.HOST_SANITIZED);
    }

    private void assertEqualTheSimulator(CTarget target, Machine machine) {
        CHarness harness = new CHarness();
        for (int channels : new int[] {7, 12, 32}) {
            for (Activation activation : new Activation[] {Activation.RELU, Activation.RELU6}) {
                add(harness, "pixel of " + channels + ", " + activation, pixel(channels, activation), target);
            }
        }
        for (Conv2dParams params : new Conv2dParams[] {VALID, SAME}) {
            add(harness, "runs, " + params, series(2, 8, params), target);
            add(harness, "runs of two vectors, " + params, series(2, 16, params), target);
            for (int width = 88; width <= 90; width++) {
                add(harness, "image of " + width + ", " + params, image(width, 1, params), target);
            }
            add(harness, "image, every other, " + params, image(171, 2, params), target);
        }
        Graph strided = convolution(
                Shape.of(1, 1, 5003, 1),
                Shape.of(4, 1, 10, 1),
                Conv2dParams.overTime(3, 1, Padding.SAME, Activation.RELU6));
        add(harness, "series", strided, target);
        harness.assertEqualOn(machine, target, folder);
    }

    private static void add(CHarness harness, String name, Graph graph, CTarget target) {
        TargetCosts costs = new CTargetCosts(target);
        harness.add(name, graph, Planner.wholeTensors(graph, costs, target.alignment()));
    }
}
