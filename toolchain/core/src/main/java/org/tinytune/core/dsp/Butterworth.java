package org.tinytune.core.dsp;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * A Butterworth filter by the bilinear transform, as sections of second order, the least resonant first.
 *
 * <p>What it filters is taken relative to the first value, as if that had stood forever: gravity makes no step. The
 * output has {@link #FRACTION_BITS} fractional bits. No sequence of int16 gets beyond 2^29 in it: the sum of the
 * magnitudes of the response to an impulse, after any section, is below 4.3 for all orders and cutoffs, and differences
 * of int16 have 16 bits. Roundings, were each at its worst, add up to less than 0.05 + 0.001 / d^2 readings, d being
 * the distance of the cutoff to 0 or to half of the sample rate in parts of it, whichever is nearer; as they come, to a
 * seventh of that: to less than 1.5 readings at 0.01.
 *
 * <p>Checked by: ButterworthTest, DspBlockDifferentialTest.
 *
 * @param highPass or a low pass
 * @param order 2, 4, 6 or 8
 * @param cutoff frequency at which it passes half of the power, as a part of the sample rate, in [0.002, 0.49]
 */
public record Butterworth(boolean highPass, int order, float cutoff) {
    /** Fractional bits of what is filtered. */
    public static final int FRACTION_BITS = 10;

    /** The greatest order. */
    public static final int MAX_ORDER = 8;

    /** The least cutoff. */
    public static final float MIN_CUTOFF = 0.002f;

    /** The greatest cutoff. */
    public static final float MAX_CUTOFF = 0.49f;

    /**
     * Checks order and cutoff.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if there is no such filter
     */
    public Butterworth {
        if (order < 2 || order > MAX_ORDER || order % 2 != 0) {
            throw new TinytuneException(ExitCode.INVALID_INPUT, "a filter of order " + order + ", not 2, 4, 6 or 8");
        }
        if (!(cutoff >= MIN_CUTOFF && cutoff <= MAX_CUTOFF)) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    "a filter whose cutoff is " + cutoff + " of the sample rate, not " + MIN_CUTOFF + " to "
                            + MAX_CUTOFF);
        }
    }

    /** The sections, in order. */
    public List<Biquad> sections() {
        double k = StrictMath.tan(StrictMath.PI * cutoff);
        List<Biquad> sections = new ArrayList<>();
        for (int i = 0; i < order / 2; i++) {
            double resistance = 2 * StrictMath.cos(StrictMath.PI * (2 * i + 1) / (2 * order));
            double norm = k * k + k * resistance + 1;
            sections.add(new Biquad(
                    highPass,
                    q31((highPass ? 1 : k * k) / norm),
                    q31((k * k - 1) / norm),
                    q31((k * k - k * resistance + 1) / norm)));
        }
        return sections;
    }

    /** Of a number in (-1, 1), to the nearest. */
    private static int q31(double real) {
        double scaled = StrictMath.rint(StrictMath.scalb(real, 31));
        return (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, scaled));
    }

    /**
     * Filters readings.
     *
     * @param readings int16
     * @return with {@link #FRACTION_BITS} fractional bits
     */
    public int[] filter(int[] readings) {
        int[] values = new int[readings.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = readings[i] - readings[0] << FRACTION_BITS;
        }
        sections().forEach(section -> section.filter(values));
        return values;
    }
}
