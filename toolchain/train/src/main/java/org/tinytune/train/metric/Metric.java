package org.tinytune.train.metric;

import java.util.Optional;

/**
 * A figure of a set of samples.
 *
 * @param name what it is
 * @param value NaN if it is undefined
 * @param interval 95 % confidence interval; {@link Interval#UNDEFINED} if the value is
 */
public record Metric(Name name, double value, Interval interval) {
    /** Whether there is a value. */
    public boolean isDefined() {
        return !Double.isNaN(value);
    }

    /**
     * What a figure is.
     *
     * @param metric such as "recall"
     * @param of the class or the quantity; empty if it is of all
     */
    public record Name(String metric, Optional<String> of) {
        /** A figure of all samples. */
        public static Name of(String metric) {
            return new Name(metric, Optional.empty());
        }

        /** A figure of a class or a quantity. */
        public static Name of(String metric, String part) {
            return new Name(metric, Optional.of(part));
        }
    }
}
