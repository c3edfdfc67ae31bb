package org.tinytune.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.Metadata;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.SubGraph;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;

/**
 * Writes a graph as a TFLite file that a TFLite interpreter runs, with metadata.
 *
 * <p>Blocks before the network are in the metadata. Tensor {@code i} of the file is tensor {@code i} of the graph;
 * behind them stand the constants that live in parameters here (shapes, paddings, axes). Equal graphs give equal bytes.
 *
 * <p>Vectors without elements are left out: an interpreter takes an empty one for something else. Operator versions are
 * the lowest that serve. Source: tensorflow:lite/tools/versioning/op_version.cc. Checked by: TfliteWriterTest,
 * ExportedFilesTest.
 */
public final class TfliteWriter {
    /** Constants are aligned as the schema asks, so that a mapped file needs no copy. */
    private static final int ALIGNMENT = 16;

    private static final String SUBGRAPH_NAME = "main";
    private static final String DESCRIPTION = "written by tinytune";
    /** Buffer 0 is empty, and stands for every tensor without data. */
    private static final int NO_DATA = 0;
    /** A field that is left out. */
    private static final int ABSENT = 0;

    private final Graph graph;
    private final FlatBufferBuilder builder = new FlatBufferBuilder(1 << 16);
    private final List<Integer> buffers = new ArrayList<>();
    private final List<Integer> tensors = new ArrayList<>();
    private final Map<VersionedCode, Integer> operatorCodes = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    private record VersionedCode(int builtinOperator, int version) {}

    private TfliteWriter(Graph graph) {
        this.graph = graph;
    }

    /**
     * The bytes of a .tflite file.
     *
     * @throws org.tinytune.core.graph.InvalidModelException if an operator has no form there
     */
    public static byte[] write(Graph graph) {
        return new TfliteWriter(FrontEndMetadata.toFile(graph)).write();
    }

    private byte[] write() {
        buffers.add(Buffer.createBuffer(builder, ABSENT));
        for (Tensor tensor : graph.tensors()) {
            names.add(tensor.name());
            tensors.add(tensor(tensor));
        }
        int[] operators = graph.nodes().stream().mapToInt(this::node).toArray();
        int subgraph = SubGraph.createSubGraph(
                builder,
                SubGraph.createTensorsVector(builder, toArray(tensors)),
                SubGraph.createInputsVector(builder, toArray(graph.inputs())),
                SubGraph.createOutputsVector(builder, toArray(graph.outputs())),
                operators.length == 0 ? ABSENT : SubGraph.createOperatorsVector(builder, operators),
                builder.createString(SUBGRAPH_NAME));
        int metadata = Metadata.createMetadata(
                builder, builder.createString(Schema.METADATA_ENTRY), buffer(MetadataWriter.flatbuffer(graph)));
        int model = Model.createModel(
                builder,
                Schema.MODEL_VERSION,
                operatorCodes.isEmpty() ? ABSENT : Model.createOperatorCodesVector(builder, operatorCodes()),
                Model.createSubgraphsVector(builder, new int[] {subgraph}),
                builder.createString(DESCRIPTION),
                Model.createBuffersVector(builder, toArray(buffers)),
                ABSENT,
                Model.createMetadataVector(builder, new int[] {metadata}),
                ABSENT);
        Model.finishModelBuffer(builder, model);
        return AssociatedFiles.append(builder.sizedByteArray(), MetadataWriter.files(graph.metadata()));
    }

    private int tensor(Tensor tensor) {
        return org.tensorflow.lite.schema.Tensor.createTensor(
                builder,
                tensor.shape().rank() == 0
                        ? ABSENT
                        : org.tensorflow.lite.schema.Tensor.createShapeVector(
                                builder, tensor.shape().dims()),
                TensorTypes.code(tensor.type()),
                tensor.data().map(data -> buffer(TensorBytes.of(data))).orElse(NO_DATA),
                builder.createString(tensor.name()),
                tensor.quantization().isPresent() ? quantization(tensor.quantization()) : ABSENT,
                tensor.state(),
                ABSENT,
                ABSENT,
                true,
                ABSENT);
    }

    private int quantization(Quantization quantization) {
        long[] zeroPoints =
                Arrays.stream(quantization.zeroPoints()).asLongStream().toArray();
        return QuantizationParameters.createQuantizationParameters(
                builder,
                ABSENT,
                ABSENT,
                QuantizationParameters.createScaleVector(builder, quantization.scales()),
                QuantizationParameters.createZeroPointVector(builder, zeroPoints),
                (byte) 0,
                ABSENT,
                quantization.axis());
    }

    private <P extends Record> int node(Node<P> node) {
        TfliteCodec<P> codec = node.operator().tflite();
        VersionedCode code =
                new VersionedCode(codec.builtinOperator(), codec.version(node.params(), graph.operands(node)));
        operatorCodes.putIfAbsent(code, operatorCodes.size());
        List<Integer> constants = new ArrayList<>();
        for (TfliteCodec.Constant constant : codec.constants(node.params(), graph.operands(node))) {
            constants.add(constant(graph.tensor(node.output()).name(), constant));
        }
        List<Integer> inputs = codec.inputOrder().toFile(node.inputs(), constants);
        return org.tensorflow.lite.schema.Operator.createOperator(
                builder,
                operatorCodes.get(code),
                org.tensorflow.lite.schema.Operator.createInputsVector(builder, toArray(inputs)),
                org.tensorflow.lite.schema.Operator.createOutputsVector(builder, toArray(node.outputs())),
                (byte) codec.optionsType(),
                codec.optionsType() == 0 ? ABSENT : options(codec, node),
                ABSENT,
                (byte) 0,
                ABSENT,
                ABSENT);
    }

    private int constant(String owner, TfliteCodec.Constant constant) {
        String name = owner + "/" + constant.suffix();
        while (!names.add(name)) {
            name += "_";
        }
        tensors.add(tensor(Tensor.constant(name, Shape.of(constant.dims()), Quantization.NONE, constant.data())));
        return tensors.size() - 1;
    }

    private <P extends Record> int options(TfliteCodec<P> codec, Node<P> node) {
        Map<Integer, Integer> vectors = vectors(codec, node.params());
        IntStream scalars = codec.fields().stream().mapToInt(TfliteCodec.Field::id);
        IntStream ids = IntStream.concat(scalars, vectors.keySet().stream().mapToInt(id -> id));
        builder.startTable(ids.max().orElse(-1) + 1);
        for (TfliteCodec.Field<P> field : codec.fields()) {
            double value = field.get().applyAsDouble(node.params(), graph.operands(node));
            switch (field.kind()) {
                case BYTE -> builder.addByte(field.id(), (byte) value, (byte) field.defaultValue());
                case INT -> builder.addInt(field.id(), (int) value, (int) field.defaultValue());
                case FLOAT -> builder.addFloat(field.id(), (float) value, field.defaultValue());
            }
        }
        vectors.forEach((id, vector) -> builder.addOffset(id, vector, ABSENT));
        return builder.endTable();
    }

    /** Writes the vectors of an options table, by field; none for an empty one. */
    private <P extends Record> Map<Integer, Integer> vectors(TfliteCodec<P> codec, P params) {
        Map<Integer, Integer> vectors = new TreeMap<>();
        for (TfliteCodec.Vector<P> vector : codec.vectors()) {
            int[] elements = vector.get().apply(params);
            if (elements.length > 0) {
                vectors.put(vector.id(), SubGraph.createInputsVector(builder, elements));
            }
        }
        return vectors;
    }

    private int[] operatorCodes() {
        return operatorCodes.keySet().stream()
                .mapToInt(code -> OperatorCode.createOperatorCode(
                        builder,
                        (byte) Math.min(code.builtinOperator(), Schema.LARGE_OPERATOR_CODE),
                        ABSENT,
                        code.version(),
                        code.builtinOperator()))
                .toArray();
    }

    /** Adds a buffer and returns its number. */
    private int buffer(ByteBuffer data) {
        builder.createUnintializedVector(Byte.BYTES, data.remaining(), ALIGNMENT)
                .put(data);
        int vector = builder.endVector();
        buffers.add(Buffer.createBuffer(builder, vector));
        return buffers.size() - 1;
    }

    private static int[] toArray(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
