package org.tinytune.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.OperatorCodeT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;
import org.tensorflow.lite.schema.TensorType;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.quantize.Quantize;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

class ConvertedEndsTest {
    private static final int OUTER_INPUT = 0;
    private static final int OUTPUT = 2;
    private static final int OUTER_OUTPUT = 3;
    private static final Quantization Q = Quantization.perTensor(0.5f, -3);

    /** QUANTIZE (node 0), RELU (node 1) and QUANTIZE (node 2), all of int8 so far. */
    private static byte[] file(Consumer<SubGraphT> alter, int lastOperator) {
        GraphBuilder builder = new GraphBuilder();
        NoParams none = new NoParams();
        int outer = builder.input("outer input", Shape.of(1, 4), ElementType.INT8, Quantization.perTensor(0.5f, 125));
        int input = builder.node("input", ElementType.INT8, Q, Quantize.INSTANCE, none, outer);
        int output = builder.node("output", ElementType.INT8, Q, Relu.INSTANCE, none, input);
        builder.output(builder.node("outer output", ElementType.INT8, Q, Quantize.INSTANCE, none, output));
        ModelT model = Model.getRootAsModel(ByteBuffer.wrap(TfliteWriter.write(builder.build())))
                .unpack();
        alter.accept(model.getSubgraphs()[0]);
        OperatorCodeT[] codes = model.getOperatorCodes();
        OperatorCodeT last = new OperatorCodeT();
        last.setBuiltinCode(lastOperator);
        last.setDeprecatedBuiltinCode((byte) lastOperator);
        last.setVersion(2);
        model.setOperatorCodes(new OperatorCodeT[] {codes[0], codes[1], last});
        model.getSubgraphs()[0].getOperators()[2].setOpcodeIndex(2);
        FlatBufferBuilder bytes = new FlatBufferBuilder();
        Model.finishModelBuffer(bytes, Model.pack(bytes, model));
        return bytes.sizedByteArray();
    }

    private static Graph read(Consumer<SubGraphT> alter, int lastOperator) {
        return TfliteReader.read("m.tflite", file(alter, lastOperator));
    }

    private static void type(SubGraphT graph, int tensor, byte type) {
        TensorT t = graph.getTensors()[tensor];
        t.setType(type);
    }

    private static void zeroPoint(SubGraphT graph, int tensor, long zeroPoint) {
        graph.getTensors()[tensor].getQuantization().setZeroPoint(new long[] {zeroPoint});
    }

    @Test
    void int8TakesThePlaceOfFloats() {
        Graph read = read(
                graph -> {
                    type(graph, OUTER_INPUT, TensorType.FLOAT32);
                    type(graph, OUTER_OUTPUT, TensorType.FLOAT32);
                },
                BuiltinOperator.DEQUANTIZE);

        assertThat(read.nodes()).hasSize(1);
        assertThat(read.tensors()).hasSize(2);
        assertThat(read.input().name()).isEqualTo("input");
        assertThat(read.input().quantization()).isEqualTo(Q);
        assertThat(read.output().name()).isEqualTo("output");
        assertThat(TfliteReader.read("m.tflite", TfliteWriter.write(read))).isEqualTo(read);
    }

    @Test
    void nodesKeepTheNumberThatTheFileGivesThem() {
        Consumer<SubGraphT> front = graph -> type(graph, OUTER_INPUT, TensorType.FLOAT32);
        ModelFile read = TfliteReader.readFile("m.tflite", file(front, BuiltinOperator.QUANTIZE));
        assertThat(read.origins()).containsExactly(new FileNode(1, "RELU", 2), new FileNode(2, "QUANTIZE", 2));
        assertRefused(
                front.andThen(graph -> graph.getTensors()[OUTER_OUTPUT].setType(TensorType.INT64)),
                BuiltinOperator.QUANTIZE,
                "1 operator is not supported: node 2 QUANTIZE version 2 with INT64;"
                        + " inputs or outputs of INT64 are not supported");
    }

    @Test
    void int8TakesThePlaceOfUint8OnlyWhereTheyAre128Apart() {
        Consumer<SubGraphT> front = graph -> type(graph, OUTER_INPUT, TensorType.UINT8);
        assertThat(read(front, BuiltinOperator.QUANTIZE).input().name()).isEqualTo("input");
        assertRefused(
                front.andThen(graph -> zeroPoint(graph, OUTER_INPUT, 124)),
                BuiltinOperator.QUANTIZE,
                "1 operator is not supported: node 0 QUANTIZE version 1 with UINT8;"
                        + " inputs or outputs of UINT8 are not supported");
    }

    @Test
    void floatsWithinAModelAreRefused() {
        assertRefused(
                graph -> {
                    type(graph, OUTER_OUTPUT, TensorType.FLOAT32);
                    graph.setOutputs(new int[] {OUTPUT});
                },
                BuiltinOperator.DEQUANTIZE,
                "1 operator is not supported: node 2 DEQUANTIZE version 2");
    }

    @Test
    void floatsThatAreUsedTwiceStay() {
        Graph read = read(
                graph -> {
                    type(graph, OUTER_INPUT, TensorType.FLOAT32);
                    graph.setOutputs(new int[] {OUTER_OUTPUT, OUTER_INPUT});
                },
                BuiltinOperator.QUANTIZE);
        assertThat(read.nodes()).hasSize(3);
        assertThat(read.input().type()).isEqualTo(ElementType.FLOAT32);
    }

    private static void assertRefused(Consumer<SubGraphT> alter, int lastOperator, String message) {
        byte[] file = file(alter, lastOperator);
        assertThatThrownBy(() -> TfliteReader.read("m.tflite", file))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("m.tflite: " + message);
    }
}
