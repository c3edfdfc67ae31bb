package org.tinytune.cli.bench;

import java.util.Locale;
import org.tinytune.cli.output.LineChart;

/** {@code report.html}: one page that needs no other file, no script and no network. */
final class OptimizersPage {
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>Optimizers on %s</title>
            <style>
            body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font-family: sans-serif; }
            pre { overflow-x: auto; }
            </style>
            </head>
            <body>
            <h1>Optimizers on %s</h1>
            <p>%s</p>
            <pre>%s</pre>
            <h2>Validation accuracy by epoch</h2>
            <p>Of each optimizer the run in the middle; a line ends where its run does, at the target or without it.</p>
            %s</body>
            </html>
            """;

    private OptimizersPage() {}

    /** The page. */
    static String html(OptimizersReport report) {
        LineChart chart = new LineChart("epoch", "validation accuracy").level(report.target());
        report.optimizers().forEach(entry -> chart.line(entry.optimizer(), entry.typical()));
        String data = LineChart.escape(report.data());
        return String.format(
                Locale.ROOT,
                PAGE,
                data,
                data,
                LineChart.escape(report.explanation()),
                LineChart.escape(report.table().text()),
                chart.svg());
    }
}
