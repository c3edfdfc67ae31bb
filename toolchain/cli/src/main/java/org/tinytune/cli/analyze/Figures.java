package org.tinytune.cli.analyze;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tinytune.core.cost.Roofline;
import org.tinytune.core.cost.Work;

/**
 * What an operator does and how long it takes, as JSON shows it.
 *
 * @param macs multiply-accumulates
 * @param bytesRead activations and constants, each once
 * @param bytesWritten activations, and gradients in training
 * @param intensity multiply-accumulates per byte read or written; null if nothing is
 * @param micros it takes, in microseconds
 * @param share of the whole time, in [0, 1]
 * @param bound side of the roofline: {@code compute} or {@code memory}; null if that is not known
 * @param ofRoofline the least time that the roofline allows over the time it takes; null if that is not known
 */
record Figures(
        long macs,
        long bytesRead,
        long bytesWritten,
        double intensity,
        double micros,
        double share,
        Optional<String> bound,
        OptionalDouble ofRoofline) {

    /**
     * Of some work.
     *
     * @param wholeMicros of which the work is a part
     * @param roofline of the machine, if it is known
     */
    static Figures of(Work work, double micros, double wholeMicros, Optional<Roofline> roofline) {
        Optional<Roofline> known = roofline.filter(r -> work.bytes() > 0 && micros > 0);
        return new Figures(
                work.macs(),
                work.bytesRead(),
                work.bytesWritten(),
                work.intensity(),
                micros,
                micros / wholeMicros,
                known.map(r -> r.bound(work).name().toLowerCase(Locale.ROOT)),
                known.map(r -> OptionalDouble.of(r.leastMicros(work) / micros)).orElse(OptionalDouble.empty()));
    }

    /** Bytes moved. */
    long bytes() {
        return bytesRead + bytesWritten;
    }
}
