package org.tinytune.test.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.tensorflow.lite.schema.BufferT;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.OperatorCodeT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.QuantizationParametersT;
import org.tensorflow.lite.schema.SplitOptionsT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;
import org.tensorflow.lite.schema.TensorType;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.op.stridedslice.StridedSlice;
import org.tinytune.core.op.stridedslice.StridedSliceParams;
import org.tinytune.core.op.stridedslice.StridedSliceParams.Axis;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.tflite.TfliteWriter;

/** Rewrites files of ours as other converters write them: with floats or uint8 at the ends, and with SPLIT. */
public final class ForeignFiles {
    private final ModelT model;
    private final SubGraphT graph;

    private ForeignFiles(Graph original) {
        this(TfliteWriter.write(original));
    }

    private ForeignFiles(byte[] original) {
        model = Model.getRootAsModel(ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN))
                .unpack();
        graph = model.getSubgraphs()[0];
    }

    /** Another file with something else in it; the schema is an older one, which knows no types of biases. */
    static byte[] altered(byte[] original, Consumer<SubGraphT> alter) {
        ForeignFiles file = new ForeignFiles(original);
        alter.accept(file.graph);
        return file.bytes();
    }

    /** Takes and gives floats, which a QUANTIZE for each input and a DEQUANTIZE for each output convert. */
    public static byte[] withFloatEnds(Graph original) {
        return new ForeignFiles(original).convertEnds(TensorType.FLOAT32, BuiltinOperator.DEQUANTIZE, 2);
    }

    /** Takes and gives uint8, which a QUANTIZE for each input and output converts. */
    public static byte[] withUint8Ends(Graph original) {
        return new ForeignFiles(original).convertEnds(TensorType.UINT8, BuiltinOperator.QUANTIZE, 1);
    }

    /** Has a single SPLIT along an axis in place of all nodes, which are slices of the input. */
    public static byte[] withSplit(Graph slices, int axis) {
        ForeignFiles file = new ForeignFiles(slices);
        // Without the constants of the slices, which stand last.
        file.graph.setTensors(
                Arrays.copyOf(file.graph.getTensors(), slices.tensors().size()));
        int constant = file.add(TensorType.INT32, new int[0], "axis", null);
        file.graph.getTensors()[constant].setBuffer(file.buffer(axis));
        OperatorT split = file.node(BuiltinOperator.SPLIT, 2, new int[] {constant, 0}, file.graph.getOutputs());
        SplitOptionsT options = new SplitOptionsT();
        options.setNumSplits(file.graph.getOutputs().length);
        BuiltinOptionsUnion union = new BuiltinOptionsUnion();
        union.setType(BuiltinOptions.SplitOptions);
        union.setValue(options);
        split.setBuiltinOptions(union);
        file.graph.setOperators(new OperatorT[] {split});
        return file.bytes();
    }

    /** The parts of an extent, each an output, as slices of the input. */
    public static Graph slices(Shape shape, int axis, int parts) {
        GraphBuilder builder = new GraphBuilder();
        Quantization q = Quantization.perTensor(0.5f, 3);
        int input = builder.input("x", shape, ElementType.INT8, q);
        int size = shape.dim(axis) / parts;
        for (int part = 0; part < parts; part++) {
            List<Axis> axes = new ArrayList<>();
            for (int i = 0; i < shape.rank(); i++) {
                axes.add(i == axis ? Axis.of(part * size, size) : Axis.of(0, shape.dim(i)));
            }
            builder.output(builder.node(
                    "part" + part, ElementType.INT8, q, StridedSlice.INSTANCE, new StridedSliceParams(axes), input));
        }
        return builder.build();
    }

    private byte[] convertEnds(byte type, int backOperator, int backVersion) {
        List<OperatorT> nodes = new ArrayList<>();
        int[] inputs = graph.getInputs();
        int[] outputs = graph.getOutputs();
        for (int i = 0; i < inputs.length; i++) {
            int outer = outer(inputs[i], type, "real input " + i);
            nodes.add(node(BuiltinOperator.QUANTIZE, 1, new int[] {outer}, inputs[i]));
            inputs[i] = outer;
        }
        nodes.addAll(Arrays.asList(graph.getOperators()));
        for (int i = 0; i < outputs.length; i++) {
            int outer = outer(outputs[i], type, "real output " + i);
            nodes.add(node(backOperator, backVersion, new int[] {outputs[i]}, outer));
            outputs[i] = outer;
        }
        graph.setOperators(nodes.toArray(OperatorT[]::new));
        return bytes();
    }

    private int outer(int inner, byte type, String name) {
        TensorT tensor = graph.getTensors()[inner];
        QuantizationParametersT quantization = null;
        if (type == TensorType.UINT8) {
            quantization = new QuantizationParametersT();
            quantization.setScale(tensor.getQuantization().getScale().clone());
            quantization.setZeroPoint(new long[] {tensor.getQuantization().getZeroPoint()[0] + 128});
        }
        return add(type, tensor.getShape(), name, quantization);
    }

    private int add(byte type, int[] shape, String name, QuantizationParametersT quantization) {
        TensorT tensor = new TensorT();
        tensor.setType(type);
        tensor.setShape(shape);
        tensor.setName(name);
        tensor.setQuantization(quantization);
        TensorT[] tensors = Arrays.copyOf(graph.getTensors(), graph.getTensors().length + 1);
        tensors[tensors.length - 1] = tensor;
        graph.setTensors(tensors);
        return tensors.length - 1;
    }

    private int buffer(int value) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
        BufferT buffer = new BufferT();
        buffer.setData(
                IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xff).toArray());
        BufferT[] buffers = Arrays.copyOf(model.getBuffers(), model.getBuffers().length + 1);
        buffers[buffers.length - 1] = buffer;
        model.setBuffers(buffers);
        return buffers.length - 1;
    }

    private OperatorT node(int builtinOperator, int version, int[] inputs, int... outputs) {
        OperatorCodeT code = new OperatorCodeT();
        code.setBuiltinCode(builtinOperator);
        code.setDeprecatedBuiltinCode((byte) builtinOperator);
        code.setVersion(version);
        OperatorCodeT[] codes = Arrays.copyOf(model.getOperatorCodes(), model.getOperatorCodes().length + 1);
        codes[codes.length - 1] = code;
        model.setOperatorCodes(codes);
        OperatorT node = new OperatorT();
        node.setOpcodeIndex(codes.length - 1);
        node.setInputs(inputs);
        node.setOutputs(outputs);
        return node;
    }

    /** Leaves out what unpacking made of vectors that were not there, which the interpreter would refuse. */
    private byte[] bytes() {
        for (BufferT buffer : model.getBuffers()) {
            if (buffer.getData() != null && buffer.getData().length == 0) {
                buffer.setData(null);
            }
        }
        for (OperatorT node : graph.getOperators()) {
            node.setCustomOptions(null);
        }
        FlatBufferBuilder builder = new FlatBufferBuilder();
        Model.finishModelBuffer(builder, Model.pack(builder, model));
        return builder.sizedByteArray();
    }
}
