package org.tinytune.cli.analyze;

import org.tinytune.core.cost.Roofline;

/**
 * A machine at its best, as JSON shows it.
 *
 * @param macsPerSecond multiply-accumulates
 * @param bytesPerSecond from and to memory
 * @param ridge multiply-accumulates per byte at which both limits are reached
 * @param source where the two come from
 */
record RooflineReport(double macsPerSecond, double bytesPerSecond, double ridge, String source) {
    static RooflineReport of(Roofline roofline, String source) {
        return new RooflineReport(roofline.macsPerSecond(), roofline.bytesPerSecond(), roofline.ridge(), source);
    }

    /** In one line. */
    String text() {
        return "roofline: " + Cells.rate(macsPerSecond, "MACs/s") + ", " + Cells.rate(bytesPerSecond, "bytes/s") + " ("
                + source + ")\n";
    }
}
