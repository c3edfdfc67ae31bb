package org.tinytune.cli.model;

import java.util.List;
import java.util.Optional;
import org.tinytune.train.metric.Metric;

/**
 * A figure of a model, as JSON shows it.
 *
 * @param metric what it is
 * @param of the class or quantity; null if it is of all samples
 * @param value null if it is undefined
 * @param interval 95 % interval by bootstrap: lower and upper end
 */
public record Figure(String metric, Optional<String> of, double value, List<Double> interval) {
    /** All of them. */
    public static List<Figure> of(List<Metric> metrics) {
        return metrics.stream().map(Figure::of).toList();
    }

    private static Figure of(Metric metric) {
        return new Figure(
                metric.name().metric(),
                metric.name().of(),
                metric.value(),
                List.of(metric.interval().low(), metric.interval().high()));
    }
}
