package org.tinytune.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.lite.schema.Model;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Operators;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.leakyrelu.LeakyRelu;
import org.tinytune.core.op.leakyrelu.LeakyReluParams;
import org.tinytune.core.op.mul.Mul;
import org.tinytune.core.op.pad.Pad;
import org.tinytune.core.op.pad.PadParams;
import org.tinytune.core.op.sub.Sub;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.RandomGraphs;

/** The lowest operator version that serves, by the rules of tensorflow:lite/tools/versioning/op_version.cc. */
class OperatorVersionsTest {
    private static final Quantization HALF = Quantization.perTensor(0.5f, 0);
    private static final PairwiseParams PLAIN = new PairwiseParams(Activation.NONE);

    private final GraphBuilder builder = new GraphBuilder();

    private int input(int... dims) {
        return builder.input("x", Shape.of(dims), ElementType.INT8, HALF);
    }

    private int version(int output) {
        Graph graph = builder.output(output).build();
        return Model.getRootAsModel(ByteBuffer.wrap(TfliteWriter.write(graph)))
                .operatorCodes(0)
                .version();
    }

    private int dense(boolean biased) {
        int x = input(1, 2);
        int weights = builder.constant("w", Shape.of(1, 2), HALF, TensorData.of(new byte[2]));
        int bias = biased
                ? builder.constant("b", Shape.of(1), Quantization.perTensor(0.25f, 0), TensorData.of(new int[1]))
                : -1;
        return builder.node(
                "y",
                ElementType.INT8,
                HALF,
                FullyConnected.INSTANCE,
                new FullyConnectedParams(Activation.NONE),
                x,
                weights,
                bias);
    }

    @Test
    void aDenseLayerWithoutBiasNeedsVersion6() {
        assertThat(version(dense(false))).isEqualTo(6);
    }

    @Test
    void aDenseLayerWithBiasNeedsVersion4() {
        assertThat(version(dense(true))).isEqualTo(4);
    }

    @Test
    void aLeakyReluOfInt8NeedsVersion1() {
        int x = input(1, 3);
        assertThat(version(
                        builder.node("y", ElementType.INT8, HALF, LeakyRelu.INSTANCE, new LeakyReluParams(0.25f), x)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0.3, 2", "0.25, 3", "0.2, 3"})
    void aProductThatIsScaledUpNeedsVersion3(float scale, int version) {
        int x = input(1, 3);
        assertThat(version(builder.node(
                        "y", ElementType.INT8, Quantization.perTensor(scale, 0), Mul.INSTANCE, PLAIN, x, x)))
                .isEqualTo(version);
    }

    @Test
    void aDifferenceOfEqualShapesNeedsVersion2() {
        int x = input(1, 2, 2, 2, 3);
        assertThat(version(builder.node("y", ElementType.INT8, HALF, Sub.INSTANCE, PLAIN, x, x)))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"4, 2", "5, 4"})
    void paddingOfFiveExtentsNeedsVersion4(int rank, int version) {
        int[] dims = new int[rank];
        Arrays.fill(dims, 1);
        List<Integer> one = Stream.generate(() -> 1).limit(rank).toList();
        List<Integer> none = Stream.generate(() -> 0).limit(rank).toList();
        int x = input(dims);
        assertThat(version(builder.node("y", ElementType.INT8, HALF, Pad.INSTANCE, new PadParams(none, one), x)))
                .isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({
        "ADD, 3",
        "AVERAGE_POOL_2D, 3",
        "CONCATENATION, 3",
        "DEPTHWISE_CONV_2D, 5",
        "LEAKY_RELU, 2",
        "LOGISTIC, 3",
        "MAXIMUM, 4",
        "MAX_POOL_2D, 3",
        "MEAN, 3",
        "MINIMUM, 4",
        "MUL, 4",
        "RELU, 3",
        "RELU6, 3",
        "RESHAPE, 1",
        "RESIZE_NEAREST_NEIGHBOR, 4",
        "SOFTMAX, 3",
        "SUB, 5",
        "TANH, 3"
    })
    void activationsOfInt16NeedTheVersionThatBroughtThem(String name, int version) {
        Operator<?> operator = Operators.byName(name).orElseThrow();
        for (long seed = 0; seed < 10; seed++) {
            assertThat(versionOf(RandomGraphs.single(operator, ElementType.INT16, seed)))
                    .as("seed %d", seed)
                    .isEqualTo(version);
        }
    }

    @ParameterizedTest
    @CsvSource({"CONV_2D, 4, 8", "FULLY_CONNECTED, 7, 11"})
    void int32BiasesBesideInt16NeedTheVersionThatSaysSo(String name, int wide, int narrow) {
        Operator<?> operator = Operators.byName(name).orElseThrow();
        Set<Integer> versions = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            Graph graph = RandomGraphs.single(operator, ElementType.INT16, seed);
            boolean isNarrow = graph.tensors().stream().anyMatch(t -> t.type() == ElementType.INT32);
            assertThat(versionOf(graph)).as("seed %d", seed).isEqualTo(isNarrow ? narrow : wide);
            versions.add(versionOf(graph));
        }
        assertThat(versions).hasSize(2);
    }

    private static int versionOf(Graph graph) {
        return Model.getRootAsModel(ByteBuffer.wrap(TfliteWriter.write(graph)))
                .operatorCodes(0)
                .version();
    }
}
