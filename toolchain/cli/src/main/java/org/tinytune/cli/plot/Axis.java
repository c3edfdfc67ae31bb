package org.tinytune.cli.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis: numbers from one end to the other, and where they are drawn.
 *
 * @param min at the beginning
 * @param max at the end, above {@code min}
 * @param from pixels of the beginning
 * @param to pixels of the end; below {@code from} for an axis that goes up
 */
record Axis(double min, double max, double from, double to) {
    /** Widens a range of a single number. */
    static Axis of(double min, double max, double from, double to) {
        double margin = max > min ? 0 : Math.max(0.5, Math.abs(min) * 0.1);
        return new Axis(min - margin, max + margin, from, to);
    }

    /** Where a number is drawn. */
    double at(double value) {
        return from + (value - min) / (max - min) * (to - from);
    }

    /** Where numbers are drawn. */
    double[] at(double[] values) {
        double[] places = new double[values.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = at(values[i]);
        }
        return places;
    }

    /** A number that is written beside the axis. */
    record Tick(double value, String text) {}

    /** Multiples of 1, 2 or 5 times a power of ten, at most as many. */
    List<Tick> ticks(int most) {
        double exact = (max - min) / most;
        int power = (int) Math.floor(StrictMath.log10(exact));
        double scale = StrictMath.pow(10, power);
        double step = scale * (exact <= scale ? 1 : exact <= 2 * scale ? 2 : exact <= 5 * scale ? 5 : 10);
        List<Tick> ticks = new ArrayList<>();
        for (double k = Math.ceil(min / step - 1e-9); k * step <= max + 1e-9 * step; k++) {
            ticks.add(new Tick(k * step, text(k * step, power)));
        }
        return ticks;
    }

    /** With as many decimals as tell ticks apart; very large and small ones with an exponent. */
    private static String text(double value, int power) {
        if (power > 5 || power < -5) {
            return new BigDecimal(value)
                    .round(new MathContext(4))
                    .stripTrailingZeros()
                    .toString();
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(Math.max(0, -power), RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }
}
