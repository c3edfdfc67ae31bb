package org.tinytune.tflite;

import java.nio.ByteBuffer;
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

/** Reads the tensors of a file, one by one; names that are missing or doubled are made up. */
final class TensorReader {
    /** Of all tensors together: more than any microcontroller holds, and little enough for a simulation's arena. */
    private static final long MAX_BYTES = 1 << 28;
    /** An offset of data outside the flatbuffer is valid from here on. */
    private static final long FIRST_OFFSET = 2;

    private final List<FlatTable> buffers;
    private final Map<DataKey, Optional<TensorData>> data = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private long claimedBytes;

    private record DataKey(long buffer, ElementType type) {}

    private record Content(Shape shape, Quantization quantization, Optional<TensorData> data) {}

    TensorReader(List<FlatTable> buffers) {
        this.buffers = buffers;
    }

    /** What the tensor uses that a graph cannot say; empty if a graph can hold it. */
    static Optional<String> unsupported(FlatTable table) {
        int type = type(table);
        if (TensorTypes.ofCode(type).isEmpty()) {
            return Optional.of(TensorTypes.name(type));
        }
        if (table.has(Schema.Tensor.SPARSITY)) {
            return Optional.of("sparse " + TensorTypes.name(type));
        }
        boolean custom = table.table(Schema.Tensor.QUANTIZATION)
                .filter(q -> q.getByte(Schema.Quantization.DETAILS_TYPE, 0) != 0)
                .isPresent();
        return custom ? Optional.of("custom quantized " + TensorTypes.name(type)) : Optional.empty();
    }

    private static int type(FlatTable table) {
        return table.getByte(Schema.Tensor.TYPE, 0);
    }

    /**
     * A tensor, which has to be {@linkplain #unsupported supported}.
     *
     * @param index in the file
     * @throws InvalidModelException if its parts do not fit each other
     */
    Tensor read(FlatTable table, int index) {
        String name = name(table, index);
        ElementType type = TensorTypes.ofCode(type(table)).orElseThrow();
        boolean state = table.getByte(Schema.Tensor.IS_VARIABLE, 0) != 0;
        Content content;
        try {
            content = content(table, type);
        } catch (InvalidModelException e) {
            throw new InvalidModelException("tensor '" + name + "': " + e.getMessage());
        }
        return new Tensor(name, content.shape(), type, content.quantization(), content.data(), state);
    }

    private Content content(FlatTable table, ElementType type) {
        Shape shape = Shapes.of(table.ints(Schema.Tensor.SHAPE));
        claimedBytes += (long) shape.elements() * type.bytes();
        if (claimedBytes > MAX_BYTES) {
            throw new InvalidModelException(
                    "with its shape " + shape + ", the tensors take more than " + MAX_BYTES + " bytes");
        }
        Quantization quantization = table.table(Schema.Tensor.QUANTIZATION)
                .map(q -> quantization(q, type, shape))
                .orElse(Quantization.NONE);
        return new Content(shape, quantization, data(table.getInt(Schema.Tensor.BUFFER, 0) & 0xffff_ffffL, type));
    }

    private String name(FlatTable table, int index) {
        String stated = table.text(Schema.Tensor.NAME).map(Text::oneLine).orElse("");
        String name = stated.isEmpty() ? "tensor_" + index : stated;
        while (!names.add(name)) {
            name += "_" + index;
        }
        return name;
    }

    private static Quantization quantization(FlatTable table, ElementType type, Shape shape) {
        float[] scales = table.floats(Schema.Quantization.SCALE);
        long[] stated = table.longs(Schema.Quantization.ZERO_POINT);
        int[] zeroPoints = new int[stated.length];
        for (int i = 0; i < stated.length; i++) {
            long bound = 1L << (Byte.SIZE * type.bytes() - 1);
            if (stated[i] < -bound || stated[i] >= bound) {
                throw new InvalidModelException("zero point " + stated[i] + " is outside the range of " + type);
            }
            zeroPoints[i] = (int) stated[i];
        }
        if (scales.length == 0) {
            return Quantization.NONE;
        }
        int axis = table.getInt(Schema.Quantization.QUANTIZED_DIMENSION, 0);
        boolean meaningless = scales.length == 1 && (axis < 0 || axis >= shape.rank());
        try {
            return Quantization.of(scales, zeroPoints, meaningless ? 0 : axis);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(e.getMessage());
        }
    }

    /** The data of a buffer, read once for all tensors that share it; empty for an empty one. */
    private Optional<TensorData> data(long buffer, ElementType type) {
        if (buffer >= buffers.size()) {
            throw new InvalidModelException("there is no buffer " + buffer + " among " + buffers.size());
        }
        return data.computeIfAbsent(new DataKey(buffer, type), key -> read(buffers.get((int) buffer), type));
    }

    private static Optional<TensorData> read(FlatTable buffer, ElementType type) {
        if (Long.compareUnsigned(buffer.getLong(Schema.Buffer.OFFSET, 0), FIRST_OFFSET) >= 0) {
            throw new InvalidModelException("its data lies outside the flatbuffer, which is not supported");
        }
        ByteBuffer bytes = buffer.bytes(Schema.Buffer.DATA);
        if (!bytes.hasRemaining()) {
            return Optional.empty();
        }
        if (bytes.remaining() % type.bytes() != 0) {
            throw new InvalidModelException(bytes.remaining() + " bytes of data are no whole " + type + " elements");
        }
        return Optional.of(TensorBytes.read(type, bytes));
    }
}
