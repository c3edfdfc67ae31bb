package org.tinytune.core.op;

import org.tinytune.core.dsp.Log2;
import org.tinytune.core.quant.Quantization;

/** Logarithms of power, as operators give them. */
public final class LogFeatures {
    private static final int FRACTION_BITS = 8;
    private static final int DROPPED_BITS = Log2.FRACTION_BITS - FRACTION_BITS;

    /** To the base 2, in steps of 1/256. */
    public static final Quantization OUTPUT = Quantization.perTensor(1f / (1 << FRACTION_BITS), 0);

    private LogFeatures() {}

    /** Of {@link Log2}, to the nearest step, ties up. */
    public static int rounded(int log) {
        return log + (1 << DROPPED_BITS - 1) >> DROPPED_BITS;
    }
}
