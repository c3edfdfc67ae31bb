package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.data.InputEncodings;
import org.tinytune.data.Samples;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.split.SearchData;
import org.tinytune.data.split.Split;
import org.tinytune.data.split.SplitOptions;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.tflite.ModelFiles;
import org.tinytune.train.Evaluator;
import org.tinytune.train.Trainer;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.TrainingListener;
import org.tinytune.train.metric.Bootstrap;
import org.tinytune.train.metric.Metric;
import org.tinytune.train.task.Task;

/** Regression and anomaly detection through the files and commands that a user has. */
class TaskCommandsTest {
    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** A line through noise: {@code y = 1000 + 30 a - 20 b}. */
    private Path regressionData() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder text = new StringBuilder("a,b,y\n");
        for (int i = 0; i < 200; i++) {
            double a = random.nextDouble(-1, 1);
            double b = random.nextDouble(-1, 1);
            double y = 1000 + 30 * a - 20 * b + random.nextDouble(-1, 1);
            text.append(String.format(Locale.ROOT, "%.4f,%.4f,%.3f%n", a, b, y));
        }
        write("dataset.toml", "task = \"regression\"\nlabel_column = \"y\"\n");
        return write("data.csv", text.toString());
    }

    /** Normal samples have two values alike. */
    private Path anomalyData() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder text = new StringBuilder("a,b,label\n");
        for (int i = 0; i < 240; i++) {
            double a = random.nextDouble(-1, 1);
            double b = i % 6 == 0 ? random.nextDouble(-3, 3) : a + random.nextDouble(-0.05, 0.05);
            text.append(String.format(Locale.ROOT, "%.4f,%.4f,%s%n", a, b, i % 6 == 0 ? "odd" : "usual"));
        }
        write("dataset.toml", "task = \"anomaly\"\nnormal_label = \"usual\"\n");
        return write("data.csv", text.toString());
    }

    /** A network of dense layers, trained on the search part as seed 1 divides the data, in a file. */
    private Path train(Path data, int... units) {
        SearchData parts = Split.of(DataSets.load(data), SplitOptions.seeded(1)).search();
        Samples training = parts.training();
        GraphBuilder builder = new GraphBuilder();
        int tensor = builder.input("input", Shape.of(1, 2), ElementType.FLOAT32, Quantization.NONE);
        for (int n : units) {
            int inputs = builder.tensor(tensor).shape().elements();
            String name = "dense" + tensor;
            tensor = builder.node(
                    name,
                    ElementType.FLOAT32,
                    Quantization.NONE,
                    FullyConnected.INSTANCE,
                    new FullyConnectedParams(Activation.NONE),
                    tensor,
                    builder.constant(
                            name + "/weights",
                            Shape.of(n, inputs),
                            Quantization.NONE,
                            TensorData.of(new float[n * inputs])),
                    builder.constant(name + "/bias", Shape.of(n), Quantization.NONE, TensorData.of(new float[n])));
        }
        Metadata metadata =
                new Metadata("model", "", List.of(), InputEncodings.standardized(training), new TreeMap<>());
        Graph graph = builder.output(tensor)
                .metadata(Task.describe(metadata, training))
                .build();
        TrainingConfig config =
                TrainingConfig.standard(60, 10, 16, 0.02, 1).with(Task.of(graph).loss());
        Graph int8 = Trainer.fit(
                        graph, training, Optional.of(parts.validation()), config, 1, TrainingListener.NONE, () -> false)
                .int8Graph();
        Path file = folder.resolve("model.tflite");
        ModelFiles.save(int8, file);
        return file;
    }

    private static JsonNode evaluate(Path model, Path data) throws Exception {
        Outcome outcome = Program.run("evaluate", model.toString(), "--data", data.toString(), "--json");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    private static double value(JsonNode report, String metric) {
        for (JsonNode figure : report.get("metrics")) {
            if (figure.get("metric").asText().equals(metric)) {
                return figure.get("value").asDouble();
            }
        }
        throw new AssertionError("no " + metric + " in " + report);
    }

    @Tag("slow")
    @Test
    void evaluatesARegressionInTheUnitOfItsTarget() throws Exception {
        Path data = regressionData();
        Path model = train(data, 1);
        JsonNode report = evaluate(model, data);

        assertThat(report.get("task").asText()).isEqualTo("regression");
        assertThat(report.get("samples").asInt()).isEqualTo(40);
        assertThat(report.get("accuracy").isNull()).isTrue();
        assertThat(report.get("confusion").isNull()).isTrue();
        assertThat(report.at("/metrics/1/metric").asText()).isEqualTo("RMSE");
        assertThat(report.at("/metrics/1/of").asText()).isEqualTo("y");
        // The noise alone has a deviation of 0.58, the target one of 21; a step of int8 is about 0.4.
        assertThat(value(report, "RMSE")).isBetween(0.3, 1.5);
        assertThat(value(report, "R²")).isGreaterThan(0.99);
        Outcome text = Program.run("evaluate", model.toString(), "--data", data.toString());
        assertThat(text.out()).startsWith("40 samples\n").containsPattern("(?m)^y +\\d\\.\\d{4} \\(");
    }

    /** What the simulator gives is what training scored, to the last bit. */
    @Test
    void figuresAreThoseOfTheTrainer() throws Exception {
        Path data = regressionData();
        Path model = train(data, 1);
        Graph graph = ModelFiles.load(model);
        Samples test =
                Split.of(DataSets.load(data), SplitOptions.seeded(1)).test().open();
        List<Metric> expected = Task.of(graph).metrics(test, Evaluator.predict(graph, test, 1), Bootstrap.seeded(1));
        JsonNode metrics = evaluate(model, data).get("metrics");

        assertThat(metrics).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(metrics.get(i).get("value").asDouble())
                    .isEqualTo(expected.get(i).value());
            assertThat(metrics.get(i).at("/interval/0").asDouble())
                    .isEqualTo(expected.get(i).interval().low());
        }
    }

    /** The data's own descriptor may be lost: the model knows what it was made for. */
    @Tag("slow")
    @Test
    void evaluatesAnAnomalyDetector() throws Exception {
        Path data = anomalyData();
        Path model = train(data, 1, 2);
        Files.delete(folder.resolve("dataset.toml"));
        JsonNode report = evaluate(model, data);

        assertThat(report.get("task").asText()).isEqualTo("anomaly");
        assertThat(report.get("samples").asInt()).isEqualTo(40 + 40);
        assertThat(report.get("labels").toString()).isEqualTo("[\"normal\",\"anomaly\"]");
        assertThat(value(report, "ROC-AUC")).isGreaterThan(0.9);
        int alarms = report.get("confusion").get(1).get(1).asInt();
        assertThat(alarms).isGreaterThan(25);
        assertThat(report.get("confusion").get(0).get(0).asInt()).isGreaterThan(35);
        assertThat(AnomalyThreshold.of(ModelFiles.load(model).metadata())).isPresent();
        assertThat(value(report, "accuracy")).isCloseTo(report.get("accuracy").asDouble(), Offset.offset(1e-12));
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a,b,y;1,2,warm          | data.csv line 2, column 3 ('y'): 'warm' is not a number (a regression's target is one)",
                "a,b,y;1,2,1e999         | data.csv line 2, column 3 ('y'): '1e999' is not a number",
                "a,b,y;1,inf,3           | data.csv line 2, column 2 ('b'): 'inf' is not a number",
                "a,b,y;1,nan,3           | data.csv line 2, column 2 ('b'): 'nan' stands for a value that is missing",
                "a,b,y;1,2,3;4,5,6       | 'data' has 2 samples: at least 3 are needed",
                "a,b,y;1,2,3;4,5,3;6,7,3;8,9,3;1,1,3;1,4,3 | 'y' is 3.0 in every sample to train on",
                "a,b,c,y;1,2,3,4;1,2,3,5 | samples are [3], the model takes [2]",
            })
    void saysWhatIsWrongWithTheDataOfARegression(String rows, String message) throws Exception {
        Path model = folder.resolve("model.tflite");
        ModelFiles.save(untrained(), model);
        Path data = write("data.csv", rows.replace(';', '\n') + "\n");
        Outcome outcome = Program.run("evaluate", model.toString(), "--data", data.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INVALID_INPUT.code());
        assertThat(outcome.err()).containsOnlyOnce("\n").contains(message);
        assertThat(outcome.out()).isEmpty();
    }

    /** An INT8 regression of two values with weights of 0. */
    private static Graph untrained() {
        GraphBuilder builder = new GraphBuilder();
        Quantization quantization = Quantization.perTensor(0.1f, 0);
        int input = builder.input("input", Shape.of(1, 2), ElementType.INT8, quantization);
        int output = builder.node(
                "output",
                ElementType.INT8,
                quantization,
                FullyConnected.INSTANCE,
                new FullyConnectedParams(Activation.NONE),
                input,
                builder.constant("weights", Shape.of(1, 2), quantization, TensorData.of(new byte[2])),
                builder.constant(
                        "bias",
                        Shape.of(1),
                        Quantization.perTensor(quantization.scale() * quantization.scale(), 0),
                        TensorData.of(new int[1])));
        Metadata metadata = TaskKind.REGRESSION.storedIn(Metadata.unnamed());
        return builder.output(output)
                .metadata(metadata.withLabels(List.of("y")))
                .build();
    }

    @Test
    void aModelOfAnotherTaskIsNotTakenForAClassifier() throws Exception {
        Path model = folder.resolve("model.tflite");
        ModelFiles.save(untrained(), model);
        Path sample = write("sample.csv", "1,2\n");
        Outcome outcome = Program.run("predict", model.toString(), sample.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).containsPattern("^sample +y +file says\n").doesNotContain("probability");
    }

    /** One sample cannot be both trained on and tested with. */
    @Test
    void aClassWithOneSampleIsOneLine() throws Exception {
        Path data = write("data.csv", "a,b,label\n" + "1,2,x\n".repeat(30) + "3,4,y\n");
        Outcome outcome = Program.run(
                "search",
                "--data",
                data.toString(),
                "--board",
                "qemu-mps2-an386",
                "--trials",
                "1",
                "--out",
                folder.resolve("out").toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INVALID_INPUT.code());
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("label 'y' of 'data' has 1 sample: at least 3");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"regression, regression", "anomaly, anomaly"})
    void theSearchSaysThatItClassifiesOnly(String task, String named) throws Exception {
        Path data = task.equals("regression") ? regressionData() : anomalyData();
        Outcome outcome = Program.run(
                "search",
                "--data",
                data.toString(),
                "--board",
                "qemu-mps2-an386",
                "--trials",
                "1",
                "--out",
                folder.resolve("out").toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INVALID_INPUT.code());
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("'data' asks for " + named);
    }
}
