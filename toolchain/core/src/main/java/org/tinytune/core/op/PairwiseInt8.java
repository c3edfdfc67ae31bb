package org.tinytune.core.op;

import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;

/** An int8 operator on pairs of elements, as {@link Pairing} brings them together. */
public abstract class PairwiseInt8 implements RowKernel {
    /** The output of two elements. */
    public abstract int apply(int first, int second);

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

    @Override
    public final void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows first = inputs[0];
        Rows second = inputs[1];
        Rows out = outputs[0];
        for (int y = begin; y < end; y++) {
            int to = out.at(y);
            for (int i = 0; i < out.rowBytes(); i++) {
                out.memory()[to + i] = (byte) apply(element(first, y, i), element(second, y, i));
            }
        }
    }

    /** What meets element i of row y; an operand that repeats has a single row, of one period. */
    private static int element(Rows operand, int y, int i) {
        return operand.memory()[operand.at(y) + i % operand.rowBytes()];
    }
}
