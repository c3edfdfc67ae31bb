package org.tinytune.core.quant;

/**
 * The last stage of an int16 operator with weights: rescales an accumulator and clamps; the zero point is 0. One
 * multiplier for all channels, or one each, as in {@link Requantizer}.
 *
 * <p>Accumulators of 64 bits meet multipliers of 16 bits and are rounded once; those of 32 bits, which wrap, are
 * rescaled as those of int8 operators.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/integer_ops/conv.h (ConvPerChannel of int16) and
 * fully_connected.h. Checked by: WideRequantizerTest, OperatorDifferentialTest.
 */
public final class WideRequantizer {
    private final Requantizer narrow;
    private final boolean wide;

    private WideRequantizer(Requantizer narrow, boolean wide) {
        this.narrow = narrow;
        this.wide = wide;
    }

    /**
     * A requantizer of int16 outputs.
     *
     * @param multipliers and the clamp, in [-32768, 32767]; the zero point is 0
     * @param wide whether accumulators have 64 bits, and not 32
     */
    public static WideRequantizer of(Requantizer multipliers, boolean wide) {
        return new WideRequantizer(multipliers, wide);
    }

    /** The output of a channel's accumulator. */
    public int apply(long acc, int channel) {
        QuantizedMultiplier multiplier = narrow.multiplier(channel);
        int scaled = wide ? multiplier.applyWide(acc) : multiplier.apply((int) acc);
        return FixedPoint.clamp(scaled, narrow.min(), narrow.max());
    }

    /** Whether accumulators have 64 bits. */
    public boolean isWide() {
        return wide;
    }

    /** The multipliers and the clamp. */
    public Requantizer multipliers() {
        return narrow;
    }
}
