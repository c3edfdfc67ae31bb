package org.tinytune.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.OperatorCodeT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.SparsityParametersT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;
import org.tensorflow.lite.schema.TensorType;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

class TfliteReaderTest {
    private static final int INPUT = 0;
    private static final int FLAT = 1;
    private static final int WEIGHTS = 2;
    private static final int BIAS = 3;
    private static final int OUTPUT = 4;

    /** Reshape (node 0) and dense (node 1). */
    private static Graph dense() {
        Quantization q = Quantization.perTensor(0.5f, 0);
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("image", Shape.of(1, 2, 2, 1), ElementType.INT8, q);
        ReshapeParams flat = new ReshapeParams(Shape.of(1, 4));
        int flattened = builder.node("flat", ElementType.INT8, q, Reshape.INSTANCE, flat, input);
        int weights = builder.constant("w", Shape.of(3, 4), q, TensorData.of(new byte[12]));
        int bias = builder.constant("b", Shape.of(3), Quantization.perTensor(0.25f, 0), TensorData.of(new int[3]));
        FullyConnectedParams params = new FullyConnectedParams(Activation.RELU);
        int out =
                builder.node("scores", ElementType.INT8, q, FullyConnected.INSTANCE, params, flattened, weights, bias);
        return builder.output(out).build();
    }

    private static byte[] altered(Consumer<ModelT> alter) {
        ModelT model = Model.getRootAsModel(ByteBuffer.wrap(TfliteWriter.write(dense())))
                .unpack();
        alter.accept(model);
        FlatBufferBuilder builder = new FlatBufferBuilder();
        Model.finishModelBuffer(builder, Model.pack(builder, model));
        return builder.sizedByteArray();
    }

    private static SubGraphT graph(ModelT model) {
        return model.getSubgraphs()[0];
    }

    private static TensorT tensor(ModelT model, int i) {
        return graph(model).getTensors()[i];
    }

    private static OperatorT node(ModelT model, int i) {
        return graph(model).getOperators()[i];
    }

    private static Graph read(Consumer<ModelT> alter) {
        return TfliteReader.read("m.tflite", altered(alter));
    }

    private static void assertRefused(Consumer<ModelT> alter, String message) {
        assertRefused(altered(alter), message);
    }

    private static void assertRefused(byte[] file, String message) {
        assertThatThrownBy(() -> TfliteReader.read("m.tflite", file))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("m.tflite: " + message)
                .extracting(e -> ((TinytuneException) e).exitCode())
                .isEqualTo(ExitCode.INVALID_INPUT);
    }

    @Test
    void readsWhatTheGeneratedClassesWrite() {
        assertThat(read(model -> {})).isEqualTo(dense());
    }

    @Test
    void refusesWhatIsNoModel() {
        assertRefused(new byte[0], "is no TFLite model (0 bytes, no 'TFL3' at byte 4)");
        assertRefused(
                "Hello, this is a text.".getBytes(StandardCharsets.UTF_8),
                "is no TFLite model (22 bytes, no 'TFL3' at byte 4)");
    }

    @Test
    void refusesEveryCutFileInOneLine() {
        byte[] file = TfliteWriter.write(SampleGraphs.described());
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> TfliteReader.read("m.tflite", cut))
                    .as("cut to %d of %d bytes", length, file.length)
                    .isInstanceOf(TinytuneException.class)
                    .hasMessageStartingWith("m.tflite: ")
                    .hasMessageNotContainingAny("\n", "\r");
        }
    }

    @Test
    void namesAllThatIsNotSupportedAtOnce() {
        assertRefused(
                model -> {
                    model.getOperatorCodes()[0].setDeprecatedBuiltinCode((byte) BuiltinOperator.RESIZE_BILINEAR);
                    model.getOperatorCodes()[0].setBuiltinCode(BuiltinOperator.RESIZE_BILINEAR);
                    model.getOperatorCodes()[0].setVersion(3);
                    tensor(model, INPUT).setType(TensorType.UINT8);
                    tensor(model, OUTPUT).setType(TensorType.INT64);
                    tensor(model, WEIGHTS).setSparsity(new SparsityParametersT());
                },
                "2 operators are not supported: node 0 RESIZE_BILINEAR version 3;"
                        + " node 1 FULLY_CONNECTED version 4 with sparse INT8, INT64;"
                        + " inputs or outputs of UINT8, INT64 are not supported");
    }

    @Test
    void refusesAnOperatorVersionOfTheFuture() {
        assertRefused(
                model -> model.getOperatorCodes()[1].setVersion(99),
                "1 operator is not supported: node 1 FULLY_CONNECTED version 99 (up to 11 is)");
    }

    @Test
    void namesCustomOperators() {
        assertRefused(
                model -> {
                    model.getOperatorCodes()[1].setBuiltinCode(BuiltinOperator.CUSTOM);
                    model.getOperatorCodes()[1].setCustomCode("Detection\nPostProcess");
                },
                "1 operator is not supported: node 1 CUSTOM 'Detection PostProcess' version 4");
    }

    @Test
    void refusesModelsOfAnotherForm() {
        assertRefused(model -> model.setVersion(2), "schema version 2 is not supported, only 3");
        assertRefused(
                model -> model.setSubgraphs(new SubGraphT[] {graph(model), graph(model)}),
                "has 2 subgraphs; only models with exactly one are supported (no IF, no WHILE)");
        assertRefused(
                model -> {
                    TensorT[] tensors = new TensorT[20_000];
                    Arrays.fill(tensors, tensor(model, INPUT));
                    graph(model).setTensors(tensors);
                },
                "has 20000 tensors; more than 16384 are not supported");
        assertRefused(model -> graph(model).setInputs(new int[0]), "has no input");
        assertRefused(model -> graph(model).setOutputs(new int[0]), "has no output");
    }

    @Test
    void refusesReferencesToWhatIsNotThere() {
        assertRefused(
                model -> node(model, 1).setInputs(new int[] {FLAT, 77}),
                "node 1 (FULLY_CONNECTED version 4): refers to tensor 77, but there are 6 tensors");
        assertRefused(
                model -> node(model, 1).setOutputs(new int[] {-1}),
                "node 1 (FULLY_CONNECTED version 4): refers to tensor -1, but there are 6 tensors");
        assertRefused(model -> node(model, 0).setInputs(new int[0]), "node 0 (RESHAPE version 1): has no input");
        assertRefused(model -> node(model, 0).setOpcodeIndex(9), "there is no operator code 9 among 2");
        assertRefused(
                model -> tensor(model, BIAS).setBuffer(0xffff_ffffL),
                "tensor 'b': there is no buffer 4294967295 among 5");
        assertRefused(
                model -> graph(model).setInputs(new int[] {-5}), "input refers to tensor -5, but there are 6 tensors");
    }

    @Test
    void refusesAGraphThatCannotRun() {
        assertRefused(
                model -> graph(model).setOperators(new OperatorT[] {node(model, 1), node(model, 0)}),
                "node 0 (FULLY_CONNECTED version 4) reads tensor 'flat' before it is computed");
        assertRefused(
                model -> node(model, 1).setOutputs(new int[] {FLAT}),
                "node 1 (FULLY_CONNECTED version 4) writes tensor 'flat' a second time");
        assertRefused(model -> graph(model).setInputs(new int[] {WEIGHTS}), "input 'w' is a constant");
    }

    @Test
    void refusesTensorsWhosePartsDoNotFit() {
        assertRefused(
                model -> tensor(model, WEIGHTS).setShape(new int[] {4, 4}),
                "tensor 'w': data INT8[12] is not INT8[4, 4]");
        assertRefused(
                model -> tensor(model, OUTPUT).setShape(new int[] {1, 1 << 20, 1 << 20}),
                "tensor 'scores': shape [1, 1048576, 1048576] has 2^31 elements or more");
        assertRefused(
                model -> tensor(model, OUTPUT).setShape(new int[] {1, 1 << 29}),
                "with tensor 'scores' [1, 536870912], its activations take more than 67108864 bytes");
        assertRefused(
                model -> tensor(model, OUTPUT).setShape(new int[] {1, -3}),
                "tensor 'scores': the shape [1, -3] is not fixed (export the model with fixed shapes, and a batch of 1)");
        assertRefused(
                model -> tensor(model, INPUT).setShape(new int[] {8, 2, 2, 1}),
                "tensor 'image' is [8, 2, 2, 1]: export the model with a batch of 1");
        assertRefused(model -> tensor(model, WEIGHTS).setIsVariable(true), "tensor 'w' is both a state and a constant");
        assertRefused(
                model -> model.getBuffers()[(int) tensor(model, BIAS).getBuffer()].setData(new int[7]),
                "tensor 'b': 7 bytes of data are no whole INT32 elements");
    }

    @Test
    void refusesQuantizationThatMeansNothing() {
        assertRefused(
                model -> tensor(model, INPUT).getQuantization().setZeroPoint(new long[] {128}),
                "tensor 'image': zero point 128 is outside the range of INT8");
        assertRefused(
                model -> tensor(model, INPUT).getQuantization().setScale(new float[] {Float.NaN}),
                "tensor 'image': scale NaN is not a finite number of 0 or more");
        assertRefused(
                model -> tensor(model, INPUT).getQuantization().setZeroPoint(new long[0]),
                "tensor 'image': 1 scales but 0 zero points");
        for (int axis : new int[] {-1, 4}) {
            assertRefused(
                    model -> tensor(model, INPUT).getQuantization().setQuantizedDimension(axis),
                    "tensor 'image': quantized_dimension " + axis + " is no extent of [1, 2, 2, 1]");
        }
    }

    @Test
    void theAxisOfASingleScaleMeansNothing() {
        assertThat(read(model -> {
                    tensor(model, INPUT).getQuantization().setQuantizedDimension(2);
                    tensor(model, OUTPUT).getQuantization().setQuantizedDimension(1);
                }))
                .isEqualTo(dense());
    }

    @Test
    void refusesAnOptionWithoutMeaning() {
        assertRefused(
                model -> node(model, 1)
                        .getBuiltinOptions()
                        .asFullyConnectedOptions()
                        .setFusedActivationFunction((byte) 4),
                "1 operator is not supported: node 1 FULLY_CONNECTED version 4 (fused activation 4 is not supported)");
    }

    @Test
    void namesOptionsAndOperatorsThatAreNotSupportedTogether() {
        assertRefused(
                model -> {
                    OperatorT lstm = new OperatorT();
                    lstm.setOpcodeIndex(2);
                    lstm.setInputs(new int[] {OUTPUT});
                    lstm.setOutputs(new int[] {OUTPUT});
                    OperatorCodeT code = new OperatorCodeT();
                    code.setBuiltinCode(BuiltinOperator.LSTM);
                    code.setVersion(1);
                    model.setOperatorCodes(
                            new OperatorCodeT[] {model.getOperatorCodes()[0], model.getOperatorCodes()[1], code});
                    graph(model).setOperators(new OperatorT[] {lstm, node(model, 1), node(model, 0), lstm});
                    node(model, 1).getBuiltinOptions().asFullyConnectedOptions().setWeightsFormat((byte) 1);
                },
                "3 operators are not supported: nodes 0, 3 LSTM version 1;"
                        + " node 1 FULLY_CONNECTED version 4 (shuffled weights are not supported)");
    }

    @Test
    void refusesASmallFileThatRefersToTheSamePartsOverAndOver() {
        int count = 5_000;
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int shape = org.tensorflow.lite.schema.Tensor.createShapeVector(builder, new int[] {count});
        int scales = QuantizationParameters.createScaleVector(builder, new float[count]);
        int zeroPoints = QuantizationParameters.createZeroPointVector(builder, new long[count]);
        int quantization =
                QuantizationParameters.createQuantizationParameters(builder, 0, 0, scales, zeroPoints, (byte) 0, 0, 0);
        int[] tensors = new int[count];
        Arrays.fill(
                tensors,
                org.tensorflow.lite.schema.Tensor.createTensor(
                        builder, shape, TensorType.INT8, 0, 0, quantization, false, 0, 0, false, 0));
        int subgraph = org.tensorflow.lite.schema.SubGraph.createSubGraph(
                builder,
                org.tensorflow.lite.schema.SubGraph.createTensorsVector(builder, tensors),
                org.tensorflow.lite.schema.SubGraph.createInputsVector(builder, new int[] {0}),
                org.tensorflow.lite.schema.SubGraph.createOutputsVector(builder, new int[] {0}),
                0,
                0);
        int subgraphs = Model.createSubgraphsVector(builder, new int[] {subgraph});
        Model.finishModelBuffer(builder, Model.createModel(builder, 3, 0, subgraphs, 0, 0, 0, 0, 0));
        assertRefused(builder.sizedByteArray(), "is cut or damaged: it refers to the same bytes over and over");
    }

    @Test
    void makesUpNamesThatAreMissingOrDoubled() {
        Graph graph = read(model -> {
            tensor(model, FLAT).setName("");
            tensor(model, WEIGHTS).setName("image");
            tensor(model, BIAS).setName("two\nlines");
        });
        assertThat(graph.tensors())
                .extracting(tensor -> tensor.name())
                .containsExactly("image", "tensor_1", "image_2", "two lines", "scores");
    }

    @Test
    void readsAShapeThatStandsAmongTheOptions() {
        Graph graph = read(model -> {
            node(model, 0).setInputs(new int[] {INPUT});
            node(model, 0).getBuiltinOptions().asReshapeOptions().setNewShape(new int[] {1, -1});
        });
        assertThat(graph.nodes()).isEqualTo(dense().nodes());
    }

    @Test
    void aBiasMarkedAsLeftOutIsNotListed() {
        assertThat(read(model -> node(model, 1).setInputs(new int[] {FLAT, WEIGHTS, -1})))
                .isEqualTo(read(model -> node(model, 1).setInputs(new int[] {FLAT, WEIGHTS})));
    }

    @Test
    void leavesOutTheConstantsThatBecameParametersAndUnusedTensorsOfOtherTypes() {
        Graph graph = read(model -> {
            TensorT unused = new TensorT();
            unused.setType(TensorType.STRING);
            unused.setName("unused");
            TensorT[] tensors = graph(model).getTensors();
            graph(model)
                    .setTensors(List.of(unused, tensors[5], tensors[0], tensors[1], tensors[2], tensors[3], tensors[4])
                            .toArray(new TensorT[0]));
            graph(model).setInputs(new int[] {2});
            graph(model).setOutputs(new int[] {6});
            node(model, 0).setInputs(new int[] {2, 1});
            node(model, 0).setOutputs(new int[] {3});
            node(model, 1).setInputs(new int[] {3, 4, 5});
            node(model, 1).setOutputs(new int[] {6});
        });
        assertThat(graph).isEqualTo(dense());
    }

    @Test
    void takesTheOperatorCodeFromEitherField() {
        assertThat(read(model -> model.getOperatorCodes()[1].setDeprecatedBuiltinCode((byte) 0)))
                .isEqualTo(dense());
        assertThat(read(model -> model.getOperatorCodes()[1].setBuiltinCode(0))).isEqualTo(dense());
    }
}
