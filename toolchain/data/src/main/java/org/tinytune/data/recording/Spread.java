package org.tinytune.data.recording;

import java.util.function.IntToDoubleFunction;

/**
 * How the readings of a channel lie in one recording, in real units.
 *
 * @param low the smallest
 * @param high the largest
 * @param usual a power of two that hardly any magnitude exceeds, zeros aside; 0 if all are zeros
 */
public record Spread(double low, double high, double usual) {
    /** Of fewer readings, none is an outlier. */
    private static final int MIN_TOLD = 10;

    /** At most one reading of so many is an outlier, or a single one. */
    private static final int READINGS_AN_OUTLIER = 100;

    /**
     * Looks at readings.
     *
     * @param reading finite, by its place among so many
     */
    static Spread of(int count, IntToDoubleFunction reading) {
        int[] exponents = new int[Double.MAX_EXPONENT - Double.MIN_EXPONENT + 2];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int told = 0;
        for (int i = 0; i < count; i++) {
            double value = reading.applyAsDouble(i);
            low = Math.min(low, value);
            high = Math.max(high, value);
            if (value != 0) {
                exponents[Math.getExponent(value) - Double.MIN_EXPONENT + 1]++;
                told++;
            }
        }
        return count == 0 ? new Spread(0, 0, 0) : new Spread(low, high, usual(exponents, told));
    }

    private static double usual(int[] exponents, int told) {
        int outliers = told < MIN_TOLD ? 0 : Math.max(1, told / READINGS_AN_OUTLIER);
        int largest = exponents.length - 1;
        for (int above = 0; largest >= 0 && above + exponents[largest] <= outliers; largest--) {
            above += exponents[largest];
        }
        return largest < 0 ? 0 : Math.scalb(1.0, largest + Double.MIN_EXPONENT);
    }

    /** The largest magnitude. */
    double peak() {
        return Math.max(Math.abs(low), Math.abs(high));
    }

    /** Whether there are several values. */
    boolean varies() {
        return low < high;
    }

    /** Whether readings that vary become one count, but perhaps for outliers. */
    boolean isLostAt(double scale) {
        boolean one = Readings.saturated(low / scale) == Readings.saturated(high / scale);
        return varies() && (one || usual < scale / 2);
    }
}
