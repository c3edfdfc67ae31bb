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
     * A duration in microseconds, or in milliseconds from one of them on.
     *
     * @param micros of the duration
     */
    public static String duration(double micros) {
        return micros < 1000
                ? String.format(Locale.ROOT, "%.1f us", micros)
                : String.format(Locale.ROOT, "%,.3f ms", micros / 1e3);
    }

    /**
     * An energy in microjoules, or in millijoules from one of them on.
     *
     * @param microjoules of the energy
     */
    public static String microjoules(double microjoules) {
        return microjoules < 1000
                ? String.format(Locale.ROOT, "%.2f uJ", microjoules)
                : String.format(Locale.ROOT, "%,.3f mJ", microjoules / 1e3);
    }

    /** A number with its thousands apart. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /**
     * A fraction in percent.
     *
     * @param fraction in [0, 1]
     */
    public static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
    }
}
