package org.tinytune.data.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tinytune.core.graph.TaskKind;

/**
 * Whether a part is large enough for what is measured on it: a share, such as the accuracy, whose 95 % interval
 * (Wilson) has a half width that is known beforehand if the share is.
 *
 * <p>Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
 */
final class PartSizes {
    private static final double Z = 1.959963984540054;
    private static final double WIDE = 0.05;

    private PartSizes() {}

    /**
     * Half the width of the interval.
     *
     * @param samples at least 1
     * @param share that is expected, in [0, 1]
     */
    static double halfWidth(int samples, double share) {
        double z2 = Z * Z / samples;
        return Z / (1 + z2) * Math.sqrt(share * (1 - share) / samples + z2 / (4 * samples));
    }

    /** @param accuracy that is expected */
    static List<Finding> findings(CheckedData data, double accuracy) {
        List<Finding> findings = new ArrayList<>();
        if (data.data().task() == TaskKind.REGRESSION) {
            return findings;
        }
        for (PartName part : new PartName[] {PartName.VALIDATION, PartName.TEST}) {
            int samples = decided(data, part);
            if (samples > 0) {
                findings.add(finding(part, samples, accuracy));
            }
        }
        return findings;
    }

    /** Samples that a share is taken of; where anomalies are to be found, of the rarer kind in the test part. */
    private static int decided(CheckedData data, PartName part) {
        int all = (int) data.in(part).count();
        if (data.data().normalClass().isEmpty()) {
            return all;
        }
        int normal = data.data().normalClass().getAsInt();
        int normals =
                (int) data.in(part).filter(i -> data.data().target(i) == normal).count();
        return part == PartName.TEST ? Math.min(normals, all - normals) : 0;
    }

    private static Finding finding(PartName part, int samples, double accuracy) {
        double halfWidth = halfWidth(samples, accuracy);
        boolean wide = halfWidth > WIDE;
        return Finding.of(
                wide ? Severity.WARNING : Severity.NOTE,
                wide ? "small-part" : "part-size",
                String.format(
                        Locale.ROOT,
                        "of %d %s samples, an accuracy of %.0f %% is known to %.1f points either way (95 %%)",
                        samples,
                        part,
                        100 * accuracy,
                        100 * halfWidth),
                samples,
                wide
                        ? "add data: " + needed(accuracy) + " samples would bring it to " + Math.round(100 * WIDE)
                                + " points; differences below it mean nothing"
                        : "differences below it mean nothing");
    }

    /** The fewest samples whose interval is not wide. */
    private static int needed(double accuracy) {
        return IntStream.iterate(1, n -> n + 1)
                .filter(n -> halfWidth(n, accuracy) <= WIDE)
                .findFirst()
                .orElseThrow();
    }
}
