package org.tinytune.core.dsp;

/**
 * The brightness of a colour as ITU-R BT.601 has it, {@code 0.299 R + 0.587 G + 0.114 B}, with weights of 16 bits that
 * sum to 2^16: what is grey stays as it is. Of bytes it is what Pillow gives, bit by bit.
 *
 * <p>Source: Pillow:src/libImaging/Convert.c, L24. Checked by: LumaTest, KernelDifferentialTest.
 */
public final class Luma {
    /** The weight of red. */
    public static final int RED = 19_595;

    /** The weight of green. */
    public static final int GREEN = 38_470;

    /** The weight of blue. */
    public static final int BLUE = 7_471;

    private static final int BITS = 16;

    private Luma() {}

    /** The luma of a colour, to the nearest, ties up; each in [0, 2^15). */
    public static int of(int red, int green, int blue) {
        return (RED * red + GREEN * green + BLUE * blue + (1 << BITS - 1)) >> BITS;
    }
}
