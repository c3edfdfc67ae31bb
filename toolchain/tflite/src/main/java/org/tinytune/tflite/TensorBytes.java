package org.tinytune.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.TensorData;

/** Constant data as a file holds it: little endian, in row-major order. */
final class TensorBytes {
    private TensorBytes() {}

    /** The bytes of some data. */
    static ByteBuffer of(TensorData data) {
        ByteBuffer bytes =
                ByteBuffer.allocate(data.length() * data.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        switch (data.type()) {
            case INT8 -> bytes.put(0, data.int8());
            case INT32 -> bytes.asIntBuffer().put(data.int32());
            case FLOAT32 -> bytes.asFloatBuffer().put(data.float32());
            default -> throw new IllegalArgumentException("constants of " + data.type() + " have no form in a file");
        }
        return bytes;
    }

    /**
     * The data in some bytes, little endian; empty if a graph holds no constants of the type.
     *
     * @param bytes a multiple of the type's width
     */
    static Optional<TensorData> read(ElementType type, ByteBuffer bytes) {
        int length = bytes.remaining() / type.bytes();
        switch (type) {
            case INT8 -> {
                byte[] values = new byte[length];
                bytes.get(values);
                return Optional.of(TensorData.of(values));
            }
            case INT32 -> {
                int[] values = new int[length];
                bytes.asIntBuffer().get(values);
                return Optional.of(TensorData.of(values));
            }
            case FLOAT32 -> {
                float[] values = new float[length];
                bytes.asFloatBuffer().get(values);
                return Optional.of(TensorData.of(values));
            }
            default -> {
                return Optional.empty();
            }
        }
    }
}
