package org.tinytune.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Operators;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.RandomGraphs;

class TfliteRoundTripTest {
    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void networksComeBackAsTheyWere(long seed) {
        assertComesBack(RandomGraphs.network(seed));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void foreignNetworksComeBackAsTheyWere(long seed) {
        assertComesBack(RandomGraphs.foreignNetwork(seed));
        assertComesBack(RandomGraphs.int16Network(seed));
    }

    @Test
    void everyOperatorComesBackAsItWas() {
        Operators.ALL.forEach(operator -> {
            for (long seed = 0; seed < 20; seed++) {
                assertComesBack(RandomGraphs.single(operator, seed));
            }
        });
    }

    @Test
    void metadataComesBackAsItWas() {
        assertComesBack(SampleGraphs.described());
    }

    @Test
    void labelsWithLineBreaksComeBackAsTheyWere() {
        Metadata m = SampleGraphs.fullMetadata();
        assertComesBack(SampleGraphs.described()
                .withMetadata(new Metadata(m.name(), "", List.of("a\nb", "c\r"), m.encoding(), new TreeMap<>())));
    }

    @Test
    void anEncodingOfEachChannelComesBackAsItWas() {
        InputEncoding encoding = new InputEncoding(List.of(1f, 2f, 3f), List.of(4f, 5f, 6f), 0, 255);
        Metadata metadata = new Metadata("rgb", "", List.of(), encoding, new TreeMap<>(Map.of()));
        assertComesBack(sum(Shape.of(1, 2, 2, 3), ElementType.INT8).withMetadata(metadata));
    }

    @Test
    void aFloatGraphComesBackAsItWas() {
        assertComesBack(sum(Shape.of(1, 5), ElementType.FLOAT32));
    }

    @Test
    void unusedConstantsAndStatesComeBackAsTheyWere() {
        GraphBuilder builder = new GraphBuilder();
        Quantization q = Quantization.perTensor(0.5f, 3);
        int input = builder.input("x", Shape.of(1, 4), ElementType.INT8, q);
        builder.constant("unused", Shape.of(), Quantization.NONE, TensorData.of(new int[] {-7}));
        int state = builder.tensor(
                new Tensor("state", Shape.of(1, 4), ElementType.INT8, q, java.util.Optional.empty(), true));
        int sum = builder.node(
                "y", ElementType.INT8, q, Add.INSTANCE, new PairwiseParams(Activation.RELU6), input, state);
        assertComesBack(builder.output(sum).output(input).build());
    }

    @Test
    void equalGraphsGiveEqualBytes() {
        assertThat(TfliteWriter.write(RandomGraphs.network(3)))
                .isEqualTo(TfliteWriter.write(RandomGraphs.network(3)))
                .isNotEqualTo(TfliteWriter.write(RandomGraphs.network(4)));
    }

    private static Graph sum(Shape shape, ElementType type) {
        Quantization q = type == ElementType.INT8 ? Quantization.perTensor(0.25f, -1) : Quantization.NONE;
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("x", shape, type, q);
        return builder.output(
                        builder.node("y", type, q, Add.INSTANCE, new PairwiseParams(Activation.NONE), input, input))
                .build();
    }

    private static void assertComesBack(Graph graph) {
        byte[] written = TfliteWriter.write(graph);
        Graph read = TfliteReader.read("model.tflite", written);
        assertThat(read).isEqualTo(graph);
        assertThat(TfliteWriter.write(read)).isEqualTo(written);
    }
}
