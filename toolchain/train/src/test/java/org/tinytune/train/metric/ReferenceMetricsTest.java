package org.tinytune.train.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All figures equal those of scikit-learn, on random inputs of our own that hold many ties. Golden values:
 * {@code reference.csv}, made by {@code /usr/bin/python3 reference.py > reference.csv} beside it, with scikit-learn
 * 1.2.1 (Debian's python3-sklearn 1.2.1+dfsg-1), numpy 1.24.2 and Python 3.11.2.
 */
class ReferenceMetricsTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

    private static List<String[]> reference;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = ReferenceMetricsTest.class.getResourceAsStream("reference.csv")) {
            reference = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(",", -1))
                    .toList();
        }
    }

    private static List<String[]> rows(String name) {
        return reference.stream().filter(row -> row[0].equals(name)).toList();
    }

    private static Map<Metric.Name, Double> expected(String name) {
        Map<Metric.Name, Double> expected = new HashMap<>();
        rows("expect").stream()
                .filter(row -> row[1].equals(name))
                .forEach(row -> expected.put(
                        row[3].isEmpty() ? Metric.Name.of(row[2]) : Metric.Name.of(row[2], row[3]),
                        Double.parseDouble(row[4])));
        return expected;
    }

    private static void assertMeasured(List<Statistics> statistics, Map<Metric.Name, Double> expected) {
        List<Metric> metrics = new Bootstrap(1, 1).measure(statistics);
        assertThat(metrics.stream().map(Metric::name)).containsExactlyInAnyOrderElementsOf(expected.keySet());
        for (Metric metric : metrics) {
            assertThat(metric.value()).as(metric.name().toString()).isCloseTo(expected.get(metric.name()), ROUNDING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"four", "two"})
    void agreesOnClassifiers(String name) {
        List<String[]> rows = rows(name);
        int classes = rows.get(0).length - 2;
        int[] targets = rows.stream().mapToInt(row -> Integer.parseInt(row[1])).toArray();
        float[][] scores = new float[targets.length][classes];
        int[] predictions = new int[targets.length];
        double[] confidences = new double[targets.length];
        boolean[] hits = new boolean[targets.length];
        for (int i = 0; i < targets.length; i++) {
            for (int c = 0; c < classes; c++) {
                scores[i][c] = Float.parseFloat(rows.get(i)[2 + c]);
                predictions[i] = scores[i][c] > scores[i][predictions[i]] ? c : predictions[i];
            }
            confidences[i] = scores[i][predictions[i]];
            hits[i] = predictions[i] == targets[i];
        }
        List<String> labels =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();

        assertThat(Stream.of(scores).map(row -> row[0]).distinct().count()).isLessThan(targets.length); // ties
        assertMeasured(
                List.of(
                        new ClassStatistics(labels, targets, predictions),
                        RocStatistics.ofClassifier(labels, targets, scores),
                        new CalibrationStatistics(confidences, hits)),
                expected(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"near", "far"})
    void agreesOnRegression(String name) {
        double[] truth = rows(name).stream()
                .mapToDouble(row -> Double.parseDouble(row[1]))
                .toArray();
        double[] predictions = rows(name).stream()
                .mapToDouble(row -> Double.parseDouble(row[2]))
                .toArray();

        Map<Metric.Name, Double> expected = expected(name);
        List<Metric> metrics = new Bootstrap(1, 1).measure(List.of(new RegressionStatistics("y", truth, predictions)));
        assertThat(metrics).hasSize(expected.size());
        for (Metric metric : metrics) {
            double value = expected.get(metric.name());
            assertThat(metric.value())
                    .as(metric.name().toString())
                    .isCloseTo(value, Offset.offset(1e-10 * Math.max(1, value)));
        }
    }
}
