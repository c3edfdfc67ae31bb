package org.tinytune.cli.output;

import java.util.Locale;

/** Quantities with their units, for people. */
public final class Quantities {
    private Quantities() {}

    /** Exact: budgets are compared by the byte. */
    public static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%,d B", bytes);
    }

    /**
     * A clock in MHz, with decimals only where it has some.
     *
     * @param hertz of the clock
     */
    public static String megahertz(long hertz) {
        return hertz % 1_000_000 == 0
                ? hertz / 1_000_000 + " MHz"
                : String.format(Locale.ROOT, "%.3f MHz", hertz / 1e6);
    }

    /**
     * A duration, in microseconds below a millisecond.
     *
     * @param micros at least 0
     */
    public static String duration(double micros) {
        return micros < 1000
                ? String.format(Locale.ROOT, "%.0f µs", micros)
                : String.format(Locale.ROOT, "%.2f ms", micros / 1000);
    }
}
