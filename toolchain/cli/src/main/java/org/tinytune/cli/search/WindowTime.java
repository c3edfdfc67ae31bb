package org.tinytune.cli.search;

import java.util.Optional;
import org.tinytune.cli.output.Quantities;
import org.tinytune.data.Dataset;

/** How long a window of recordings lasts: a board that takes longer for it falls behind what it hears. */
final class WindowTime {
    private WindowTime() {}

    /** Of a data set's windows, in microseconds; empty if its samples are none. */
    static Optional<Double> micros(Dataset dataset) {
        return dataset.signal().map(signal -> 1e6 * dataset.shape().dim(0) / signal.rateHz());
    }

    /** What to do about a latency that is longer than a window, as the end of a line; empty if it is not. */
    static String remark(Optional<Double> windowMicros, double latencyMicros) {
        return windowMicros
                .filter(window -> latencyMicros > window)
                .map(window -> ", longer than the " + Quantities.duration(window)
                        + " of a window: --max-latency says what is allowed")
                .orElse("");
    }
}
