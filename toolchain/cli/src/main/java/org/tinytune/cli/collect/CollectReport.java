package org.tinytune.cli.collect;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.util.List;
import java.util.Locale;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.device.stream.StreamFormat;
import org.tinytune.device.stream.Take;

/**
 * What was recorded. The keys are an interface: they are added, never renamed.
 *
 * @param axes names of the readings
 * @param rateHz moments a second
 * @param rateFrom {@code user}, {@code times}, {@code sketch} or {@code arrival}
 * @param arrivalHz how often lines came
 * @param jitterMillis by which they came too early or too late, the root of the mean square
 */
record CollectReport(
        String port,
        String label,
        List<String> axes,
        double rateHz,
        String rateFrom,
        double arrivalHz,
        double jitterMillis,
        List<Recording> recordings) {

    /**
     * A file.
     *
     * @param brokenLines that came for readings and were none
     * @param missed moments that the sketch says it was late for
     */
    record Recording(String file, int readings, double seconds, int brokenLines, int missed) {
        static Recording of(String file, Take take) {
            double millis = take.millis().get(take.millis().size() - 1);
            return new Recording(file, take.rows().size(), millis / 1e3, take.brokenLines(), take.missed());
        }
    }

    static CollectReport of(String port, String label, StreamFormat format, List<Recording> recordings) {
        return new CollectReport(
                port,
                label,
                format.axes(),
                format.rateHz(),
                format.rateFrom().name().toLowerCase(Locale.ROOT),
                format.arrivalHz(),
                format.jitterMillis(),
                recordings);
    }

    String text() {
        Table table = new Table(
                left("recording"), right("readings"), right("seconds"), right("broken lines"), right("missed"));
        recordings.forEach(r -> table.row(
                r.file(),
                Quantities.count(r.readings()),
                String.format(Locale.ROOT, "%.2f", r.seconds()),
                Quantities.count(r.brokenLines()),
                Quantities.count(r.missed())));
        return table.text();
    }
}
