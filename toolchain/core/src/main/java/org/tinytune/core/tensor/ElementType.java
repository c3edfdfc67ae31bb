package org.tinytune.core.tensor;

/** The type of a tensor's elements. */
public enum ElementType {
    /** IEEE 754 single precision; models in training. */
    FLOAT32(4),
    /** Two's complement; activations and weights of an INT8 model. */
    INT8(1),
    /**
     * Two's complement, little endian; activations of a 16x8 model, states of recurrent operators and their weights.
     */
    INT16(2),
    /** Two's complement, little endian; biases, axes and shapes. */
    INT32(4),
    /** Two's complement, little endian; biases of a 16x8 model. */
    INT64(8);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
