package org.tinytune.tflite;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** Reads the tensors of a file; names that are missing or doubled are made up. */
final class TensorReader {
    private final BufferReader buffers;
    private final Map<DataKey, Optional<TensorData>> data = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final List<Entry> entries = new ArrayList<>();

    private record DataKey(int buffer, ElementType type) {}

    private record Content(Shape shape, Quantization quantization, Optional<TensorData> data) {}

    /**
     * What came of a tensor: one of the three.
     *
     * @param unsupported what it uses that a graph cannot say
     * @param failure what about it does not fit together
     */
    private record Entry(
            Optional<Tensor> tensor, Optional<String> unsupported, Optional<InvalidModelException> failure) {}

    TensorReader(List<FlatTable> tables, BufferReader buffers) {
        this.buffers = buffers;
        for (FlatTable table : tables) {
            entries.add(entry(table, entries.size()));
        }
    }

    private Entry entry(FlatTable table, int index) {
        String name = name(table, index);
        Optional<FlatTable> quantization = table.table(Schema.Tensor.QUANTIZATION);
        Optional<String> unsupported = unsupported(table, quantization);
        if (unsupported.isPresent()) {
            return new Entry(Optional.empty(), unsupported, Optional.empty());
        }
        try {
            Tensor tensor = tensor(table, name, quantization);
            if (tensor.type() == ElementType.INT64 && !tensor.isConstant()) {
                // Biases are int64, nothing that is computed.
                return new Entry(Optional.empty(), Optional.of(tensor.type().name()), Optional.empty());
            }
            return new Entry(Optional.of(tensor), Optional.empty(), Optional.empty());
        } catch (InvalidModelException e) {
            return new Entry(Optional.empty(), Optional.empty(), Optional.of(e));
        }
    }

    int count() {
        return entries.size();
    }

    /** What tensor {@code i} uses that a graph cannot say, such as a type; empty if a graph can hold it. */
    Optional<String> unsupported(int i) {
        return entries.get(i).unsupported();
    }

    /** Tensor {@code i}; empty if it is not supported, or its parts do not fit each other. */
    Optional<Tensor> tensor(int i) {
        return entries.get(i).tensor();
    }

    /**
     * Tensor {@code i}, which has to be supported.
     *
     * @throws InvalidModelException if its parts do not fit each other
     */
    Tensor require(int i) {
        Entry entry = entries.get(i);
        return entry.tensor().orElseThrow(() -> entry.failure().orElseThrow());
    }

    private static Optional<String> unsupported(FlatTable table, Optional<FlatTable> quantization) {
        int type = table.getByte(Schema.Tensor.TYPE, 0);
        if (TensorTypes.ofCode(type).isEmpty()) {
            return Optional.of(TensorTypes.name(type));
        }
        if (table.has(Schema.Tensor.SPARSITY)) {
            return Optional.of("sparse " + TensorTypes.name(type));
        }
        boolean custom = quantization
                .filter(q -> q.getByte(Schema.Quantization.DETAILS_TYPE, 0) != 0)
                .isPresent();
        return custom ? Optional.of("custom quantized " + TensorTypes.name(type)) : Optional.empty();
    }

    private Tensor tensor(FlatTable table, String name, Optional<FlatTable> quantization) {
        ElementType type =
                TensorTypes.ofCode(table.getByte(Schema.Tensor.TYPE, 0)).orElseThrow();
        boolean state = table.getByte(Schema.Tensor.IS_VARIABLE, 0) != 0;
        Content content;
        try {
            content = content(table, type, quantization);
        } catch (InvalidModelException e) {
            throw new InvalidModelException("tensor '" + name + "': " + e.getMessage());
        }
        return new Tensor(name, content.shape(), type, content.quantization(), content.data(), state);
    }

    private Content content(FlatTable table, ElementType type, Optional<FlatTable> quantization) {
        Shape shape = shape(table.ints(Schema.Tensor.SHAPE));
        return new Content(
                shape,
                quantization.map(q -> quantization(q, type, shape)).orElse(Quantization.NONE),
                data(table.getInt(Schema.Tensor.BUFFER, 0), type));
    }

    private static Shape shape(int[] dims) {
        if (Arrays.stream(dims).anyMatch(d -> d < 1)) {
            throw new InvalidModelException("the shape " + Arrays.toString(dims)
                    + " is not fixed (export the model with fixed shapes, and a batch of 1)");
        }
        return Shapes.of(dims);
    }

    private String name(FlatTable table, int index) {
        String stated = table.text(Schema.Tensor.NAME).map(Text::oneLine).orElse("");
        String name = stated.isEmpty() ? "tensor_" + index : stated;
        while (!names.add(name)) {
            name = Text.withSuffix(name, "_" + index);
        }
        return name;
    }

    private static Quantization quantization(FlatTable table, ElementType type, Shape shape) {
        float[] scales = table.floats(Schema.Quantization.SCALE);
        long[] stated = table.longs(Schema.Quantization.ZERO_POINT);
        int[] zeroPoints = new int[stated.length];
        for (int i = 0; i < stated.length; i++) {
            long bound = 1L << (Byte.SIZE * Math.min(type.bytes(), Integer.BYTES) - 1);
            if (stated[i] < -bound || stated[i] >= bound) {
                throw new InvalidModelException("zero point " + stated[i] + " is outside the range of " + type);
            }
            zeroPoints[i] = (int) stated[i];
        }
        if (scales.length == 0) {
            return Quantization.NONE;
        }
        int axis = table.getInt(Schema.Quantization.QUANTIZED_DIMENSION, 0);
        // The interpreter asks so of a single scale, too, where the axis has no meaning; of a scalar it does not.
        if (axis < 0 || shape.rank() > 0 && axis >= shape.rank()) {
            throw new InvalidModelException("quantized_dimension " + axis + " is no extent of " + shape);
        }
        try {
            return Quantization.of(scales, zeroPoints, axis);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(e.getMessage());
        }
    }

    /** The data of a buffer, read once for all tensors that share it; empty for an empty one. */
    private Optional<TensorData> data(int buffer, ElementType type) {
        return data.computeIfAbsent(new DataKey(buffer, type), key -> read(buffers.bytes(buffer), type));
    }

    private static Optional<TensorData> read(ByteBuffer bytes, ElementType type) {
        if (!bytes.hasRemaining()) {
            return Optional.empty();
        }
        if (bytes.remaining() % type.bytes() != 0) {
            throw new InvalidModelException(bytes.remaining() + " bytes of data are no whole " + type + " elements");
        }
        return Optional.of(TensorBytes.read(type, bytes));
    }
}
