package org.tinytune.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.train.metric.Interval;
import org.tinytune.train.metric.Metric;

class MetricTablesTest {
    @Test
    void showsTheWholeAndThenItsParts() {
        List<Metric> metrics = List.of(
                new Metric(Metric.Name.of("accuracy"), 0.9, new Interval(0.85, 0.95)),
                new Metric(Metric.Name.of("ROC-AUC"), Double.NaN, Interval.UNDEFINED),
                new Metric(Metric.Name.of("recall", "a"), 1, new Interval(1, 1)),
                new Metric(Metric.Name.of("F1", "a"), 0.5, new Interval(0.25, 0.75)),
                new Metric(Metric.Name.of("recall", "b"), Double.NaN, Interval.UNDEFINED));

        assertThat(MetricTables.text(metrics)).isEqualTo("""
                metric     value  95 % interval (bootstrap)
                accuracy  0.9000           0.8500 to 0.9500
                ROC-AUC      n/a                        n/a

                of  recall                     F1
                a   1.0000 (1.0000 to 1.0000)  0.5000 (0.2500 to 0.7500)
                b   n/a
                """);
        assertThat(MetricTables.text(metrics.subList(0, 2))).endsWith("n/a\n").hasLineCount(3);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0000",
        "-0.25, -0.2500",
        "9999.5, 9999.5000",
        "123456, 1.235e+05",
        "0.00012, 0.0001200",
        "Infinity, Infinity",
        "NaN, n/a"
    })
    void numbersHaveFourDecimalsOrDigits(double value, String text) {
        assertThat(MetricTables.number(value)).isEqualTo(text);
    }
}
