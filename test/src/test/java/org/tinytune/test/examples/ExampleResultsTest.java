package org.tinytune.test.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.test.DocumentTable;
import org.tinytune.test.Repository;
import org.tinytune.train.metric.Interval;

/**
 * The tables of results in the pages of examples, made from what the runners in {@code test/bench} have measured. Every
 * example that has a runner is measured.
 */
class ExampleResultsTest {
    private static final Path EXAMPLES = Repository.ROOT.resolve("examples");
    private static final Path BENCH = Repository.ROOT.resolve("test/bench");

    /** How parts are called that are left out in turn, so that they have no sample in common. */
    private static final String LEFT_OUT = "left out: ";

    /** A row that {@code test/bench/common} writes of a search, or of a declared network. */
    private record Run(
            String limits,
            String testPart,
            int testSamples,
            double floatAccuracy,
            double int8Accuracy,
            long ramBytes,
            long flashBytes,
            double latencyMicros,
            long boardSamples,
            long differingBytes,
            long seconds) {
        static Run of(String line) {
            String[] cells = line.split(",", -1);
            return new Run(
                    cells[0],
                    cells[1],
                    Integer.parseInt(cells[3]),
                    Double.parseDouble(cells[4]),
                    Double.parseDouble(cells[5]),
                    Long.parseLong(cells[6]),
                    Long.parseLong(cells[7]),
                    Double.parseDouble(cells[8]),
                    Long.parseLong(cells[9]),
                    Long.parseLong(cells[10]),
                    Long.parseLong(cells[11]));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keywords", "gestures", "fashion"})
    void showsWhatWasMeasured(String example) throws IOException {
        Map<List<String>, List<Run>> byPart = measured(example).stream()
                .map(Run::of)
                .collect(Collectors.groupingBy(
                        run -> List.of(run.limits(), run.testPart()), LinkedHashMap::new, Collectors.toList()));
        Table table = new Table(
                left("limits"),
                left("tested on"),
                right("samples"),
                right("int8 accuracy"),
                right("float accuracy"),
                right("RAM, at most"),
                right("flash, at most"),
                right("latency, at most"),
                right("on the board"),
                right("differing bytes"),
                right("time"));
        byPart.values()
                .forEach(runs ->
                        addRow(table, runs.get(0).testPart(), runs, runs.get(0).testSamples()));
        List<Run> leftOut = byPart.values().stream()
                .flatMap(List::stream)
                .filter(run -> run.testPart().startsWith(LEFT_OUT))
                .toList();
        if (leftOut.size() > 1) {
            addRow(
                    table,
                    "all that were left out",
                    leftOut,
                    leftOut.stream().mapToInt(Run::testSamples).sum());
        }
        holds(example, table);
    }

    /** Runs of one test part: the mean of seeds; or of parts that have no sample in common: all their samples. */
    private static void addRow(Table table, String testPart, List<Run> runs, int samples) {
        table.row(
                "`" + runs.get(0).limits() + "`",
                testPart
                        + (runs.stream().map(Run::testPart).distinct().count() == 1 && runs.size() > 1
                                ? ", mean of " + runs.size() + " seeds"
                                : ""),
                Quantities.count(samples),
                accuracy(runs, samples, Run::int8Accuracy),
                accuracy(runs, samples, Run::floatAccuracy),
                Quantities.bytes(runs.stream().mapToLong(Run::ramBytes).max().orElseThrow()),
                Quantities.bytes(runs.stream().mapToLong(Run::flashBytes).max().orElseThrow()),
                Quantities.duration(
                        runs.stream().mapToDouble(Run::latencyMicros).max().orElseThrow()),
                Quantities.count(runs.stream().mapToLong(Run::boardSamples).sum()),
                Quantities.count(runs.stream().mapToLong(Run::differingBytes).sum()),
                Math.round(runs.stream().mapToLong(Run::seconds).average().orElseThrow()) + " s");
    }

    /** Of samples, with Wilson's interval for so many of them. */
    private static String accuracy(List<Run> runs, int samples, ToDoubleFunction<Run> of) {
        double right = runs.stream()
                .mapToDouble(run -> of.applyAsDouble(run) * run.testSamples())
                .sum();
        double all = runs.stream().mapToDouble(Run::testSamples).sum();
        Interval interval = Interval.wilson((int) Math.round(right / all * samples), samples);
        return String.format(
                Locale.ROOT,
                "%s (%.1f to %.1f)",
                Quantities.percent(right / all),
                100 * interval.low(),
                100 * interval.high());
    }

    @ParameterizedTest
    @ValueSource(strings = "anomaly")
    void showsHowWellAnomaliesAreFound(String example) throws IOException {
        Table table = new Table(
                right("seed"),
                right("int8 ROC-AUC"),
                right("float ROC-AUC"),
                right("damage found"),
                right("false alarms"),
                right("RAM"),
                right("flash"),
                right("latency"),
                right("on the board"),
                right("differing bytes"),
                right("time"));
        for (String run : measured(example)) {
            String[] cells = run.split(",", -1);
            table.row(
                    cells[0],
                    String.format(
                            Locale.ROOT,
                            "%.4f (%.4f to %.4f)",
                            Double.parseDouble(cells[3]),
                            Double.parseDouble(cells[4]),
                            Double.parseDouble(cells[5])),
                    String.format(Locale.ROOT, "%.4f", Double.parseDouble(cells[2])),
                    Quantities.percent(Double.parseDouble(cells[6])),
                    Quantities.percent(1 - Double.parseDouble(cells[7])),
                    Quantities.bytes(Long.parseLong(cells[8])),
                    Quantities.bytes(Long.parseLong(cells[9])),
                    Quantities.duration(Double.parseDouble(cells[10])),
                    Quantities.count(Long.parseLong(cells[11])),
                    Quantities.count(Long.parseLong(cells[12])),
                    cells[13] + " s");
        }
        holds(example, table);
    }

    /** No runner goes without a table here, but for that of the digits, which the README's is made from. */
    @Test
    void everyRunnerOfAnExampleHasItsTable() throws IOException {
        try (Stream<Path> examples = Files.list(EXAMPLES)) {
            assertThat(examples.map(example -> example.getFileName().toString())
                            .filter(example -> Files.exists(BENCH.resolve(example))))
                    .containsExactlyInAnyOrder("digits", "keywords", "gestures", "fashion", "anomaly");
        }
    }

    /** The rows below the header of what was measured. */
    private static List<String> measured(String example) throws IOException {
        Path file = EXAMPLES.resolve(example).resolve("expected/results.csv");
        assertThat(file).as("made by test/bench/%s", example).exists();
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.remove(0);
        assertThat(lines).as("%s", file).isNotEmpty();
        return lines;
    }

    private static void holds(String example, Table table) throws IOException {
        DocumentTable.holds(EXAMPLES.resolve(example).resolve("README.md"), "results", table);
    }
}
