package org.tinytune.core.tensor;

/** Integers in a block of memory, as kernels see them that compute the same in int8 and in int16. */
public enum Elements {
    /** One byte each. */
    INT8(ElementType.INT8, Byte.MIN_VALUE, Byte.MAX_VALUE) {
        @Override
        public int get(byte[] memory, int offset, int i) {
            return memory[offset + i];
        }

        @Override
        public void set(byte[] memory, int offset, int i, int value) {
            memory[offset + i] = (byte) value;
        }
    },
    /** Two bytes each, the lower first. */
    INT16(ElementType.INT16, Short.MIN_VALUE, Short.MAX_VALUE) {
        @Override
        public int get(byte[] memory, int offset, int i) {
            int at = offset + 2 * i;
            return memory[at + 1] << Byte.SIZE | memory[at] & 0xFF;
        }

        @Override
        public void set(byte[] memory, int offset, int i, int value) {
            int at = offset + 2 * i;
            memory[at] = (byte) value;
            memory[at + 1] = (byte) (value >> Byte.SIZE);
        }
    };

    private final int bytes;
    private final int min;
    private final int max;

    Elements(ElementType type, int min, int max) {
        this.bytes = type.bytes();
        this.min = min;
        this.max = max;
    }

    /** Those of a type, which is one of the two. */
    public static Elements of(ElementType type) {
        return type == ElementType.INT16 ? INT16 : INT8;
    }

    /** Element {@code i} of a row. */
    public abstract int get(byte[] memory, int offset, int i);

    /** Sets element {@code i} of a row to a value in the range of the type. */
    public abstract void set(byte[] memory, int offset, int i, int value);

    /** Bytes of one. */
    public int bytes() {
        return bytes;
    }

    /** The least value. */
    public int min() {
        return min;
    }

    /** The greatest value. */
    public int max() {
        return max;
    }
}
