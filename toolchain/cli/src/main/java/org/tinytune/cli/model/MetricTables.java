package org.tinytune.cli.model;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tinytune.cli.output.Table;
import org.tinytune.train.metric.Metric;

/** Metrics as tables for a terminal: one of all samples, and one with a row for each class or quantity. */
public final class MetricTables {
    private static final double LARGE = 10_000;
    private static final double SMALL = 0.001;

    private MetricTables() {}

    /** Both tables; a table that would be empty is left out. */
    public static String text(List<Metric> metrics) {
        Table whole = new Table(left("metric"), right("value"), right("95 % interval (bootstrap)"));
        metrics.stream()
                .filter(m -> m.name().of().isEmpty())
                .forEach(m -> whole.row(m.name().metric(), number(m.value()), interval(m)));
        List<String> parts =
                metrics.stream().flatMap(m -> m.name().of().stream()).distinct().toList();
        return whole.text() + (parts.isEmpty() ? "" : "\n" + partTable(metrics, parts));
    }

    private static String partTable(List<Metric> metrics, List<String> parts) {
        List<String> figures = metrics.stream()
                .filter(m -> m.name().of().isPresent())
                .map(m -> m.name().metric())
                .distinct()
                .toList();
        List<Table.Column> columns = new ArrayList<>(List.of(left("of")));
        figures.forEach(figure -> columns.add(left(figure)));
        Table table = new Table(columns.toArray(Table.Column[]::new));
        for (String part : parts) {
            List<String> cells = new ArrayList<>(List.of(part));
            for (String figure : figures) {
                cells.add(find(metrics, Metric.Name.of(figure, part))
                        .map(MetricTables::cell)
                        .orElse(""));
            }
            table.row(cells.toArray(String[]::new));
        }
        return table.text();
    }

    private static Optional<Metric> find(List<Metric> metrics, Metric.Name name) {
        return metrics.stream().filter(m -> m.name().equals(name)).findFirst();
    }

    private static String cell(Metric metric) {
        return metric.isDefined() ? number(metric.value()) + " (" + interval(metric) + ")" : number(metric.value());
    }

    private static String interval(Metric metric) {
        return metric.isDefined()
                ? number(metric.interval().low()) + " to "
                        + number(metric.interval().high())
                : number(Double.NaN);
    }

    /** Four decimals, or four digits where these would say little; "n/a" for what is undefined. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "n/a";
        }
        double size = Math.abs(value);
        boolean plain = size == 0 || size >= SMALL && size < LARGE || Double.isInfinite(value);
        return String.format(Locale.ROOT, plain ? "%.4f" : "%.4g", value);
    }
}
