package org.tinytune.core.op;

import org.tinytune.core.tensor.Elements;

/** An int8 operator on pairs of elements. */
public abstract class PairwiseInt8 extends PairwiseKernel {
    /** Of int8 operands and output. */
    protected PairwiseInt8() {
        super(Elements.INT8);
    }

    /** The outputs of all pairs of elements: that of q and r at {@code (q + 128) · 256 + r + 128}. */
    byte[] table() {
        byte[] outputs = new byte[1 << 2 * Byte.SIZE];
        for (int q = Byte.MIN_VALUE; q <= Byte.MAX_VALUE; q++) {
            for (int r = Byte.MIN_VALUE; r <= Byte.MAX_VALUE; r++) {
                outputs[q - Byte.MIN_VALUE << Byte.SIZE | r - Byte.MIN_VALUE] = (byte) apply(q, r);
            }
        }
        return outputs;
    }
}
