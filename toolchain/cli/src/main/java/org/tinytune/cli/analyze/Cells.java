package org.tinytune.cli.analyze;

import java.util.Locale;
import org.tinytune.cli.output.Quantities;

/** How figures look in a table, and what is said below it. */
final class Cells {
    /** Stands where a figure is not known. */
    static final String UNKNOWN = "n/a";

    private static final double MILLION = 1e6;
    private static final double BILLION = 1e9;

    private Cells() {}

    static String macs(Figures figures) {
        return Quantities.count(figures.macs());
    }

    static String bytes(Figures figures) {
        return Quantities.count(figures.bytes());
    }

    static String intensity(Figures figures) {
        return Double.isNaN(figures.intensity()) ? UNKNOWN : decimals(figures.intensity());
    }

    static String share(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String bound(Figures figures) {
        return figures.bound().orElse(UNKNOWN);
    }

    static String ofRoofline(Figures figures) {
        return figures.ofRoofline().isEmpty()
                ? UNKNOWN
                : share(figures.ofRoofline().getAsDouble());
    }

    /** A rate in words, as in "33.2 billion MACs". */
    static String rate(double perSecond, String unit) {
        return perSecond < BILLION
                ? decimals(perSecond / MILLION) + " million " + unit
                : decimals(perSecond / BILLION) + " billion " + unit;
    }

    static String decimals(double value) {
        return String.format(Locale.ROOT, "%,.2f", value);
    }

    /** The two words in which the side of the roofline is told. */
    static String legend(double ridge) {
        return "compute-bound: " + decimals(ridge) + " MACs/B or more, products hold it up; memory-bound: fewer, moving"
                + " bytes does; of roof: the least time for that over the time it takes\n";
    }
}
