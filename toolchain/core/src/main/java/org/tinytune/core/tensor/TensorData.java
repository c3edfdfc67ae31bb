package org.tinytune.core.tensor;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * The elements of a constant tensor, in row-major order.
 *
 * <p>Immutable by agreement: the arrays are handed out without a copy because kernels read them in their inner loops;
 * nobody writes to them.
 */
public final class TensorData {
    private final ElementType type;
    private final Object array;
    private final int length;

    private TensorData(ElementType type, Object array, int length) {
        this.type = type;
        this.array = array;
        this.length = length;
    }

    /** Constant int8 elements; the array is kept, not copied. */
    public static TensorData of(byte[] values) {
        return new TensorData(ElementType.INT8, values, values.length);
    }

    /** Constant int16 elements; the array is kept, not copied. */
    public static TensorData of(short[] values) {
        return new TensorData(ElementType.INT16, values, values.length);
    }

    /** Constant int32 elements; the array is kept, not copied. */
    public static TensorData of(int[] values) {
        return new TensorData(ElementType.INT32, values, values.length);
    }

    /** Constant int64 elements; the array is kept, not copied. */
    public static TensorData of(long[] values) {
        return new TensorData(ElementType.INT64, values, values.length);
    }

    /** Constant float elements; the array is kept, not copied. */
    public static TensorData of(float[] values) {
        return new TensorData(ElementType.FLOAT32, values, values.length);
    }

    /** What the elements are. */
    public ElementType type() {
        return type;
    }

    /** How many elements there are. */
    public int length() {
        return length;
    }

    /** The elements at these indices, in their order. */
    public TensorData at(int... indices) {
        Object chosen = Array.newInstance(array.getClass().getComponentType(), indices.length);
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(array, indices[i], chosen, i, 1);
        }
        return new TensorData(type, chosen, indices.length);
    }

    /**
     * The int8 elements; not to be written to.
     *
     * @throws ClassCastException if the type is another
     */
    public byte[] int8() {
        return (byte[]) array;
    }

    /**
     * The int16 elements; not to be written to.
     *
     * @throws ClassCastException if the type is another
     */
    public short[] int16() {
        return (short[]) array;
    }

    /**
     * The int32 elements; not to be written to.
     *
     * @throws ClassCastException if the type is another
     */
    public int[] int32() {
        return (int[]) array;
    }

    /**
     * The int64 elements; not to be written to.
     *
     * @throws ClassCastException if the type is another
     */
    public long[] int64() {
        return (long[]) array;
    }

    /**
     * The float elements; not to be written to.
     *
     * @throws ClassCastException if the type is another
     */
    public float[] float32() {
        return (float[]) array;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorData data
                && type == data.type
                && Arrays.deepEquals(new Object[] {array}, new Object[] {data.array});
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(new Object[] {array});
    }

    @Override
    public String toString() {
        return type + "[" + length + "]";
    }
}
