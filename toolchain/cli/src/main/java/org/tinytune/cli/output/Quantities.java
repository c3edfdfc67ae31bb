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
     * A time in microseconds, or milliseconds from the first of them.
     *
     * @param micros of the time
     */
    public static String micros(double micros) {
        return micros < 1000
                ? String.format(Locale.ROOT, "%.1f us", micros)
                : String.format(Locale.ROOT, "%,.3f ms", micros / 1e3);
    }

    /**
     * An energy in microjoules.
     *
     * @param microjoules of the energy
     */
    public static String microjoules(double microjoules) {
        return String.format(Locale.ROOT, "%,.2f uJ", microjoules);
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
