package org.tinytune.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
            case INT16 -> bytes.asShortBuffer().put(data.int16());
            case INT32 -> bytes.asIntBuffer().put(data.int32());
            case INT64 -> bytes.asLongBuffer().put(data.int64());
            case FLOAT32 -> bytes.asFloatBuffer().put(data.float32());
        }
        return bytes;
    }

    /**
     * The data in some bytes, little endian.
     *
     * @param bytes a multiple of the type's width
     */
    static TensorData read(ElementType type, ByteBuffer bytes) {
        int length = bytes.remaining() / type.bytes();
        switch (type) {
            case INT8 -> {
                byte[] values = new byte[length];
                bytes.get(values);
                return TensorData.of(values);
            }
            case INT16 -> {
                short[] values = new short[length];
                bytes.asShortBuffer().get(values);
                return TensorData.of(values);
            }
            case INT32 -> {
                int[] values = new int[length];
                bytes.asIntBuffer().get(values);
                return TensorData.of(values);
            }
            case INT64 -> {
                long[] values = new long[length];
                bytes.asLongBuffer().get(values);
                return TensorData.of(values);
            }
            case FLOAT32 -> {
                float[] values = new float[length];
                bytes.asFloatBuffer().get(values);
                return TensorData.of(values);
            }
        }
        throw new IllegalStateException("no data of " + type);
    }
}
