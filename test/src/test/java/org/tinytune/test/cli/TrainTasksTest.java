package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.test.cli.SearchRuns.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.ExitCode;
import org.tinytune.test.Processes.Outcome;

/** {@code tinytune train} for regression and anomaly detection, and every command that takes what it leaves. */
@Timeout(300)
class TrainTasksTest {
    private static final List<String> JVM = List.of("-Dtinytune.vector=plain");

    private static final String MODEL = """
            [[layer]]
            type = "dense"
            units = UNITS
            activation = "relu"
            [[layer]]
            type = "dense"
            [train]
            epochs = 40
            batch_size = 16
            learning_rate = 0.01
            """;

    @TempDir
    private Path folder;

    private Path data;
    private Path out;

    @BeforeEach
    void makeFolders() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        out = folder.resolve("out");
    }

    private static Outcome program(String... arguments) throws Exception {
        return Program.start(Program.environment(), JVM, List.of(arguments)).end();
    }

    private static JsonNode json(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        Outcome outcome = program(all.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    /** A network with one hidden layer of so many units. */
    private static String model(int units) {
        return MODEL.replace("UNITS", Integer.toString(units));
    }

    private Outcome train(String model, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--data",
                data.toString(),
                "--out",
                out.toString(),
                "--model",
                Files.writeString(folder.resolve("model.toml"), model).toString()));
        arguments.addAll(List.of(options));
        return program(arguments.toArray(String[]::new));
    }

    private JsonNode trained(String model) throws Exception {
        Outcome outcome = train(model, "--json");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    private String made() {
        return out.resolve("model.tflite").toString();
    }

    /** Two values of two sensors that are both seen through a third: {@code a, temperature, b, pressure}. */
    private void writeWeather(int rows) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder text = new StringBuilder("a,temperature,b,pressure\n");
        for (int i = 0; i < rows; i++) {
            double a = random.nextDouble(-1, 1);
            double b = random.nextDouble(-1, 1);
            text.append(
                    String.format(Locale.ROOT, "%.4f,%.3f,%.4f,%.2f%n", a, 20 + 8 * a * a, b, 1013 - 20 * b + 5 * a));
        }
        Files.writeString(data.resolve("weather.csv"), text.toString());
        Files.writeString(data.resolve("dataset.toml"), "target_columns = ['temperature', 'pressure']\n");
    }

    private static JsonNode metric(JsonNode metrics, String name, String of) {
        for (JsonNode figure : metrics) {
            if (figure.get("metric").asText().equals(name)
                    && figure.path("of").asText().equals(of)) {
                return figure;
            }
        }
        throw new AssertionError("no " + name + " of " + of + " in " + metrics);
    }

    private static double value(JsonNode metrics, String name, String of) {
        return metric(metrics, name, of).get("value").asDouble();
    }

    @Tag("slow")
    @Test
    void aRegressionIsTrainedEvaluatedAndAskedInItsUnits() throws Exception {
        writeWeather(400);
        JsonNode summary = trained(model(12));
        assertThat(summary.get("task").asText()).isEqualTo("regression");
        assertThat(summary.get("score").asText()).isEqualTo("RMSE");
        assertThat(summary.get("int8TestAccuracy").isNull()).isTrue();
        assertThat(summary.get("int8ValidationScore").asDouble()).isPositive();
        JsonNode int8 = summary.get("int8TestMetrics");
        // A deviation is 2.4 of the temperature, 12 of the pressure.
        assertThat(value(int8, "RMSE", "temperature")).isBetween(0.05, 1.0);
        assertThat(value(int8, "RMSE", "pressure")).isBetween(0.2, 3.0);
        assertThat(value(int8, "R²", "pressure")).isGreaterThan(0.95);
        assertThat(value(summary.get("floatTestMetrics"), "R²", "temperature")).isGreaterThan(0.85);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("\"floatPredicted\"")
                .contains("\"temperature\"")
                .contains("\"confusion\" : null")
                .doesNotContain("{{");

        assertThat(json("evaluate", made()).get("metrics")).isEqualTo(int8);

        Path own = Files.writeString(folder.resolve("own.csv"), "a,b\n0.0,0.0\n0.9,-0.5\n");
        Path known = Files.writeString(folder.resolve("known.csv"), "pressure,a,temperature,b\n1013,0,20,0\n");
        JsonNode predictions =
                json("predict", made(), own.toString(), known.toString()).get("predictions");
        JsonNode second = predictions.get(1);
        assertThat(second.get("label").isNull()).isTrue();
        assertThat(second.at("/quantities/0/name").asText()).isEqualTo("temperature");
        assertThat(second.at("/quantities/0/value").asDouble()).isCloseTo(26.5, Offset.offset(2.5));
        assertThat(second.at("/quantities/1/value").asDouble()).isCloseTo(1027.5, Offset.offset(6.0));
        assertThat(predictions.at("/2/expected").asText()).isEqualTo("20, 1013");

        assertThat(program("simulate", made(), "--input", known.toString()).out())
                .containsPattern("temperature = \\d+\\.\\d{4}, pressure = \\d+\\.\\d{4}\n$");
    }

    /** One class of the digits is normal: the data need not say so. */
    @Tag("slow")
    @Test
    void anAnomalyDetectorIsTrainedOnOneClassOfAnyData() throws Exception {
        SearchRuns.writeDigits(data, 700);
        Files.copy(CentroidModel.DIGITS.resolve("dataset.toml"), data.resolve("dataset.toml"));
        JsonNode summary = trained("""
                [model]
                task = "anomaly"
                normal_label = "0"
                [[layer]]
                type = "flatten"
                """ + model(8));
        assertThat(summary.get("task").asText()).isEqualTo("anomaly");
        JsonNode int8 = summary.get("int8TestMetrics");
        assertThat(value(int8, "ROC-AUC", "null")).isGreaterThan(0.9);
        double threshold = summary.get("anomalyThreshold").asDouble();
        assertThat(threshold).isPositive();
        assertThat(metric(summary.get("floatTestMetrics"), "recall", "anomaly")).isNotNull();
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("\"int8Curve\"")
                .contains("\"histogram\"")
                .doesNotContain("{{");

        JsonNode evaluated = json("evaluate", made());
        assertThat(evaluated.get("metrics")).isEqualTo(int8);
        assertThat(evaluated.get("threshold").asDouble()).isEqualTo(threshold);

        Path zero = Files.writeString(folder.resolve("zero.csv"), digit("0"));
        Path one = Files.writeString(folder.resolve("one.csv"), digit("1"));
        JsonNode verdicts =
                json("predict", made(), zero.toString(), one.toString()).get("predictions");
        assertThat(verdicts.at("/0/anomaly/anomaly").asBoolean()).isFalse();
        assertThat(verdicts.at("/1/anomaly/anomaly").asBoolean()).isTrue();
        assertThat(verdicts.at("/1/anomaly/threshold").asDouble()).isEqualTo(threshold);
        assertThat(program("simulate", made(), "--input", one.toString()).out())
                .containsPattern("reconstruction error \\d+\\.\\d{4}, an anomaly: above \\d+\\.\\d{4}\n$");
    }

    /** The first digit of the example that is this one, as a row of its values. */
    private static String digit(String label) throws IOException {
        String row = Files.readAllLines(CentroidModel.DIGITS.resolve("digits.csv")).stream()
                .filter(line -> line.endsWith("," + label))
                .findFirst()
                .orElseThrow();
        return row.substring(0, row.lastIndexOf(',')) + "\n";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a,b;1,2;2,x;3,4;5,6                 | task = 'regression'  | data.csv line 3, column 2 \\('b'\\): 'x' is not a number \\(a regression's target is one\\)
            a,b;1,2;2,nan;3,4;5,6               | task = 'regression'  | data.csv line 3, column 2 \\('b'\\): 'nan' stands for a value that is missing
            a,b;1,2;inf,3;3,4;5,6               | task = 'regression'  | data.csv line 3, column 1 \\('a'\\): 'inf' is not a number
            a,b;1,2;2,3;3,4;5,6                 | target_columns = ['c'] | data.csv has no column 'c' to take as target_columns \\(its columns are a, b\\)
            a,b;1,x;2,x;3,x;5,x;6,x             | normal_label = 'x'   | the test part has no anomalies: both are needed
            a,b;1,x;2,y;3,y;5,y;6,y             | task = 'anomaly'     | 'data' has no samples of the normal label 'normal' \\(its labels are x, y
            """)
    void whatIsWrongWithTheDataIsOneLine(String rows, String toml, String message) throws Exception {
        Files.writeString(data.resolve("data.csv"), rows.replace(';', '\n') + "\n");
        Files.writeString(data.resolve("dataset.toml"), toml + "\n");
        assertRefused(train(model(4)), ExitCode.INVALID_INPUT, message);
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [model];task = 'anomaly'             | dataset.toml beside the data asks for the task \"regression\", but \"anomaly\" is wanted
            [train.loss];name = 'cross-entropy'  | model.toml: train: loss: name = \"cross-entropy\" is for classes, but the data ask for regression
            [train.teacher];model = 'big.toml'   | model.toml: train: teacher: a teacher tells the probabilities of classes
            """)
    void whatIsWrongWithTheModelFileIsOneLine(String table, String message) throws Exception {
        writeWeather(50);
        assertRefused(train(model(4) + table.replace(';', '\n')), ExitCode.INVALID_INPUT, message);
        assertRefused(
                train(model(4).replace("type = \"dense\"\n[train]", "type = \"dense\"\nunits = 3\n[train]")),
                ExitCode.INVALID_INPUT,
                "model.toml: the network ends in \\[1, 3\\], but there are 2 targets");
        assertThat(out).doesNotExist();
    }
}
