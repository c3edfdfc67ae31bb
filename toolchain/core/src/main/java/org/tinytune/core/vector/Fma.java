package org.tinytune.core.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** The fused multiply-add of floats, rounded once: fast with the instruction for it, and the same without. */
final class Fma {
    /** Whether the processor has the instruction and the JVM uses it. */
    static final boolean HARDWARE = hardware();

    private Fma() {}

    /** {@code a · b + c}, rounded once. */
    static float fma(float a, float b, float c) {
        return HARDWARE ? Math.fma(a, b, c) : emulated(a, b, c);
    }

    /**
     * The same by arithmetic on doubles; {@link Math#fma} without the instruction goes through BigDecimal and is a
     * hundred times slower.
     *
     * <p>The product of two floats is exact in double. Their sum with {@code c} is rounded to odd: where it is inexact,
     * the neighbour with an odd last bit is taken, so that the second rounding, to float, sees on which side of a tie
     * the exact sum lies.
     *
     * <p>Source: Boldo and Melquiond, "Emulation of a FMA and Correctly Rounded Sums: Proved Algorithms Using Rounding
     * to Odd", IEEE Transactions on Computers 57(4), 2008. Checked by: FmaTest.
     */
    static float emulated(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        double rounded = sum - product;
        double error = (product - (sum - rounded)) + (c - rounded);
        if (error != 0 && !Double.isNaN(error) && (Double.doubleToRawLongBits(sum) & 1) == 0) {
            sum = error > 0 ? Math.nextUp(sum) : Math.nextDown(sum);
        }
        return (float) sum;
    }

    private static boolean hardware() {
        try {
            HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return vm != null && Boolean.parseBoolean(vm.getVMOption("UseFMA").getValue());
        } catch (IllegalArgumentException | LinkageError e) {
            // Another JVM, or none of its options: what is slower is right as well.
            return false;
        }
    }
}
