package org.tinytune.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.lite.schema.Model;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.DspBlock;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.FrontEnd.Stage;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Operators;
import org.tinytune.core.op.quantize.Quantize;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.resizearea.ResizeArea;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.op.standardize.Standardize;
import org.tinytune.core.op.standardize.StandardizeParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.RandomBlocks;

class FrontEndMetadataTest {
    private static final Quantization STEPS = Quantization.perTensor(0.5f, 0);

    /** Of samples with two channels, each with its own mean. */
    private static final InputEncoding ENCODING =
            new InputEncoding(List.of(0.1f, -2f), List.of(0.3f, 7f), -32768, 32767);

    private static final String FILTERED = """
            {"frames":{"length":4,"stride":4},"filter":{"highPass":false,"order":%s,"cutoff":%s},"fftLength":16,
            "window":"HANN","greatest":false,"scaleBits":0,"noiseFloorDb":-80,"moments":true,"peaks":0,"firstBin":0,
            "endBin":9}""";

    private static Graph network() {
        GraphBuilder graph = new GraphBuilder();
        int x = graph.input("x", Shape.of(1, 4, 1, 2), ElementType.INT8, STEPS);
        return graph.output(graph.node("y", ElementType.INT8, STEPS, Relu.INSTANCE, new NoParams(), x))
                .metadata(Metadata.unnamed().withExtra("seed", "7").withEncoding(ENCODING))
                .build();
    }

    private static Graph withFrontEnd() {
        Tensor means = Tensor.constant("means", Shape.of(2), Quantization.NONE, TensorData.of(new short[] {10, -10}));
        Tensor factors = Tensor.constant("factors", Shape.of(2), Quantization.NONE, TensorData.of(new short[] {2, 4}));
        Stage<?> stage = new Stage<>(
                Standardize.INSTANCE, new StandardizeParams(1), network().input(), List.of(means, factors));
        return new FrontEnd(FrontEnd.samples("samples", 4, 2, 0.01f), List.of(stage)).before(network());
    }

    /** Eight rows of two pixels become four of one. */
    private static Graph withCamera() {
        GraphBuilder graph = new GraphBuilder();
        int x = graph.input("x", Shape.of(1, 4, 1, 3), ElementType.INT8, STEPS);
        Graph network = graph.output(graph.node("y", ElementType.INT8, STEPS, Relu.INSTANCE, new NoParams(), x))
                .metadata(Metadata.unnamed().withEncoding(new InputEncoding(List.of(0f), List.of(255f), 0, 255)))
                .build();
        ResizeAreaParams part = new ResizeAreaParams(1, 0, 8, 2, 4, 1, false);
        Stage<?> stage = new Stage<>(ResizeArea.INSTANCE, part, network.input(), List.of());
        return new FrontEnd(FrontEnd.image("camera", 9, 6, 3, 0.5f, 0), List.of(stage)).before(network);
    }

    @Test
    void aFileGivesTheImageBack() {
        Graph graph = withCamera();
        assertThat(TfliteReader.read("m.tflite", TfliteWriter.write(graph))).isEqualTo(graph);
    }

    @Test
    void aFileGivesTheGraphBack() {
        Graph graph = withFrontEnd();
        ModelFile read = TfliteReader.readFile("m.tflite", TfliteWriter.write(graph));

        assertThat(read.graph()).isEqualTo(graph);
        assertThat(TfliteWriter.write(read.graph())).isEqualTo(TfliteWriter.write(graph));
        assertThat(read.origins())
                .extracting(FileNode::toString)
                .containsExactly("node 0 STANDARDIZE of the front end version 1", "node 0 RELU version 2");
    }

    /** With any parameters, and a network that begins with whatever features there are. */
    @ParameterizedTest
    @MethodSource("blocks")
    void everyBlockIsReadBack(DspBlock<?> block) {
        for (long seed = 0; seed < 5; seed++) {
            FrontEnd frontEnd = FrontEnd.of(RandomBlocks.single(block, seed)).orElseThrow();
            Tensor features = frontEnd.features();
            GraphBuilder network = new GraphBuilder();
            int input = network.input(features.name(), features.shape(), features.type(), features.quantization());
            int output = network.node("y", ElementType.INT8, STEPS, Quantize.INSTANCE, new NoParams(), input);
            Graph graph = frontEnd.before(network.output(output).build());

            assertThat(TfliteReader.read("m.tflite", TfliteWriter.write(graph)))
                    .as("seed %d", seed)
                    .isEqualTo(graph);
        }
    }

    static List<DspBlock<?>> blocks() {
        return Operators.DSP_BLOCKS.stream()
                .filter(block -> !block.equals(Standardize.INSTANCE))
                .toList();
    }

    /** What files say of samples and images, to the byte: those that were written are to be read for good. */
    @Test
    void theFormOfTheInputIsKept() {
        assertThat(frontEndOf(withFrontEnd()))
                .startsWith("{\"input\":{\"name\":\"samples\",\"samples\":4,\"channels\":2,\"scale\":0.01,"
                        + "\"mean\":[0.1,-2.0],\"deviation\":[0.3,7.0],\"rawMin\":-32768.0,\"rawMax\":32767.0},"
                        + "\"blocks\":[{\"operator\":\"STANDARDIZE\"");
        assertThat(frontEndOf(withCamera()))
                .isEqualTo("{\"input\":{\"name\":\"camera\",\"height\":9,\"width\":6,\"channels\":3,\"scale\":0.5,"
                        + "\"zeroPoint\":0,\"mean\":[0.0],\"deviation\":[255.0],\"rawMin\":0.0,"
                        + "\"rawMax\":255.0},\"blocks\":[{\"operator\":\"RESIZE_AREA\",\"parameters\":{\"top\":1,"
                        + "\"left\":0,\"height\":8,\"width\":2,\"outputHeight\":4,\"outputWidth\":1,"
                        + "\"grey\":false},\"constants\":[]}],\"between\":[]}");
    }

    private static String frontEndOf(Graph graph) {
        return FrontEndMetadata.toFile(graph).metadata().extra().get("front_end");
    }

    @Test
    void anInterpreterSeesTheNetworkAlone() {
        Model model = Model.getRootAsModel(ByteBuffer.wrap(TfliteWriter.write(withFrontEnd())));

        assertThat(model.subgraphs(0).operatorsLength()).isEqualTo(1);
        assertThat(model.subgraphs(0).tensors(model.subgraphs(0).inputs(0)).name())
                .isEqualTo("x");
    }

    @Test
    void refusesWhatIsNoFrontEnd() {
        assertRefused("{", "it is not what tinytune writes");
        assertRefused("null", "it is not what tinytune writes");
        assertRefused(front(4, "STANDARDIZE", "{\"shift\":0}"), "STANDARDIZE: a shift of 0 is not in [1, 29]");
        assertRefused(front(4, "STANDARDIZE", "{}"), "STANDARDIZE: its parameters are not those of this version");
        assertRefused(front(4, "CONV_2D", "{}"), "there is no block CONV_2D");
        assertRefused(front(5, "STANDARDIZE", "{\"shift\":1}"), "makes [1, 5, 1, 2], but tensor 'x' is [1, 4, 1, 2]");
        assertRefused(front(2_000_000_000, "STANDARDIZE", "{\"shift\":1}"), "2000000000 samples of 2 channels");
        assertRefused(
                front(input(1_000_000, "1").replace("\"channels\":2", "\"channels\":2000000000"), "STANDARDIZE", "{}"),
                "1000000 samples of 2000000000 channels");
        assertRefused(
                front(4, "SPECTRAL_FEATURES", FILTERED.formatted(3, 0.1)),
                "SPECTRAL_FEATURES: a filter of order 3, not 2, 4, 6 or 8");
        assertRefused(
                front(4, "SPECTRAL_FEATURES", FILTERED.formatted(2, 0.7)),
                "SPECTRAL_FEATURES: a filter whose cutoff is 0.7 of the sample rate, not 0.002 to 0.49");
        assertRefused(front(4, "STANDARDIZE", "null"), "its parameters are not those of this version");
        assertRefused(
                "{\"input\":" + input(4, "1") + ",\"blocks\":[],\"between\":[]}",
                "a front end has 1 to 16 blocks, not 0");
        assertRefused(front(4, "STANDARDIZE", "{\"shift\":1.5}"), "its parameters are not those of this version");
        assertRefused(front(4, "STANDARDIZE", "{\"shift\":1}") + "}", "it is not what tinytune writes");
        for (String scale : List.of("-1", "0", "1e39", "\"NaN\"")) {
            assertRefused(front(input(4, scale), "STANDARDIZE", "{\"shift\":1}"), "a scale of ");
        }
        assertRefused(front("null", "STANDARDIZE", "{\"shift\":1}"), "it is not what tinytune writes");
        assertRefused(front("{\"name\":\"s\"}", "STANDARDIZE", "{\"shift\":1}"), "it is not what tinytune writes");
        assertRefused(image("4", "1", "0"), "constants [2] are not one for each of a row of [1, 4, 2, 2]");
        assertRefused(image("4", "1e39", "0"), "a scale of ");
        assertRefused(image("4", "1", "128"), "a zero point of 128");
        assertRefused(image("0", "1", "0"), "0 x 2 pixels of 2 channels");
        assertRefused(image("2000000000", "1", "0"), "2000000000 x 2 pixels of 2 channels");
        assertRefused(image("4,\"samples\":4", "1", "0"), "it is not what tinytune writes");
        assertRefused(
                front(input(4, "1").replace("\"s\"", "\"\\n\""), "STANDARDIZE", "{\"shift\":1}"),
                "a tensor has no name");
    }

    private static String input(int samples, String scale) {
        return "{\"name\":\"s\",\"samples\":" + samples + ",\"channels\":2,\"scale\":" + scale
                + ",\"mean\":[0],\"deviation\":[1],\"rawMin\":-1,\"rawMax\":1}";
    }

    private static String image(String height, String scale, String zeroPoint) {
        String input = "{\"name\":\"s\",\"height\":" + height + ",\"width\":2,\"channels\":2,\"scale\":" + scale
                + ",\"zeroPoint\":" + zeroPoint + ",\"mean\":[0],\"deviation\":[1],\"rawMin\":0,\"rawMax\":1}";
        return front(input, "STANDARDIZE", "{\"shift\":1}");
    }

    private static String front(int samples, String operator, String params) {
        return front(input(samples, "1"), operator, params);
    }

    private static String front(String input, String operator, String params) {
        return "{\"input\":" + input + ",\"blocks\":[{\"operator\":\"" + operator + "\",\"parameters\":" + params
                + ",\"constants\":[{\"name\":\"m\",\"values\":[1,2]},{\"name\":\"f\",\"values\":[1,2]}]}],"
                + "\"between\":[]}";
    }

    private static void assertRefused(String frontEnd, String why) {
        Graph network = network();
        byte[] file = TfliteWriter.write(network.withMetadata(network.metadata().withExtra("front_end", frontEnd)));
        assertThatThrownBy(() -> TfliteReader.read("m.tflite", file))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith("m.tflite: the front end in its metadata: ")
                .hasMessageContaining(why)
                .extracting("exitCode")
                .isEqualTo(ExitCode.INVALID_INPUT);
    }
}
