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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.tflite.ModelFiles;

/** Models that make features of recordings, from the folder to every command that takes the model. */
class FeatureCommandsTest {
    private static final List<String> JVM = List.of("-Dtinytune.vector=plain", "-XX:TieredStopAtLevel=1");

    private static final String TRAIN = """
            [train]
            epochs = 40
            batch_size = 16
            learning_rate = 0.01
            """;

    private static final String DENSE = "[[layer]]\ntype = 'flatten'\n[[layer]]\ntype = 'dense'\n";

    @TempDir
    private Path folder;

    private Path data;
    private Path out;

    /** Ten recordings of two axes a label, at 100 Hz: slow and fast swings, the latter weaker. */
    @BeforeEach
    void writeFiles() throws IOException {
        data = folder.resolve("data");
        out = folder.resolve("out");
        SplittableRandom random = new SplittableRandom(1);
        for (String label : List.of("slow", "fast")) {
            Files.createDirectories(data.resolve(label));
            for (int file = 0; file < 10; file++) {
                StringBuilder rows = new StringBuilder("time,x,y\n");
                double hertz = (label.equals("slow") ? 2 : 11) * (1 + 0.1 * random.nextDouble());
                for (int i = 0; i < 300; i++) {
                    double turn = 2 * StrictMath.PI * hertz * i / 100;
                    rows.append(String.format(
                            Locale.ROOT,
                            "%.2f,%.3f,%.3f%n",
                            i / 100.0,
                            StrictMath.sin(turn) + 0.1 * random.nextDouble(),
                            0.5 * StrictMath.cos(turn) + 0.1 * random.nextDouble()));
                }
                Files.writeString(data.resolve(label).resolve("r" + file + ".csv"), rows);
            }
        }
    }

    private static Outcome program(String... arguments) throws Exception {
        return Program.start(Program.environment(), JVM, List.of(arguments)).end();
    }

    private static JsonNode json(Outcome outcome) throws IOException {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    private Outcome train(String model, String... options) throws Exception {
        Files.writeString(folder.resolve("model.toml"), model + TRAIN);
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--data",
                data.toString(),
                "--out",
                out.toString(),
                "--model",
                folder.resolve("model.toml").toString(),
                "--window",
                "1s",
                "--json"));
        arguments.addAll(List.of(options));
        return program(arguments.toArray(String[]::new));
    }

    private void assertTheModelIsTheSameEverywhere(String file, JsonNode accuracy) throws Exception {
        String model = out.resolve(file).toString();
        JsonNode evaluation = json(program("evaluate", model, "--json"));
        assertThat(evaluation.get("accuracy")).isEqualTo(accuracy);
        assertThat(accuracy.asDouble()).isGreaterThan(0.8);
        assertThat(json(program("reproduce", out.resolve("provenance.json").toString(), "--json"))
                        .get("identical")
                        .asBoolean())
                .isTrue();
        Graph graph = ModelFiles.load(Path.of(model));
        assertThat(FrontEnd.of(graph)).isPresent();
        assertThat(graph.metadata().extra())
                .containsEntry("sampleRateHz", "100.0")
                .containsEntry("channels", "x,y");
    }

    @Test
    void aSearchMakesFeaturesAndItsModelIsTheSameEverywhere() throws Exception {
        JsonNode summary = json(program(
                "search",
                "--data",
                data.toString(),
                "--window",
                "1s",
                "--board",
                "qemu-mps2-an386",
                "--features",
                "spectral,raw",
                "--trials",
                "3",
                "--out",
                out.toString(),
                "--json"));

        assertTheModelIsTheSameEverywhere("best.tflite", summary.at("/best/int8TestAccuracy"));
        assertThat(Files.readString(out.resolve("library/model.h"))).contains("int16_t");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"raw", "statistics", "mel"})
    void otherDeclaredModelsMakeFeatures(String block) throws Exception {
        aDeclaredModelMakesFeatures(block);
    }

    @Test
    void aDeclaredModelMakesFeatures() throws Exception {
        aDeclaredModelMakesFeatures("spectral");
    }

    private void aDeclaredModelMakesFeatures(String block) throws Exception {
        String frames = block.equals("mel") ? "frame = 0.32\nstride = 0.16\nbands = 6\nlow_hz = 1\n" : "";
        JsonNode summary = json(train("[features]\nblock = '" + block + "'\n" + frames
                + "[[layer]]\ntype = 'flatten'\n[[layer]]\ntype = 'dense'\nunits = 8\nactivation = 'relu'\n"
                + "[[layer]]\ntype = 'dense'\n"));

        assertTheModelIsTheSameEverywhere("model.tflite", summary.get("int8TestAccuracy"));
    }

    /** The board reconstructs features; so does whoever judges it. */
    @Test
    void anomaliesAreToldByTheirFeatures() throws Exception {
        JsonNode summary = json(train("""
                [model]
                task = 'anomaly'
                normal_label = 'slow'
                [features]
                block = 'spectral'
                fft = 32
                [[layer]]
                type = 'flatten'
                [[layer]]
                type = 'dense'
                units = 8
                activation = 'relu'
                [[layer]]
                type = 'dense'
                [[layer]]
                type = 'reshape'
                shape = [1, 20, 2]
                """));

        JsonNode evaluation =
                json(program("evaluate", out.resolve("model.tflite").toString(), "--json"));
        assertThat(evaluation.get("metrics")).isEqualTo(summary.get("int8TestMetrics"));
        assertThat(evaluation.at("/metrics/1/value").asDouble()).isGreaterThan(0.9);
    }

    @Test
    void refusesRecordingsOfAnotherRate() throws Exception {
        json(train("[features]\nblock = 'statistics'\n[[layer]]\ntype = 'flatten'\n[[layer]]\ntype = 'dense'\n"));
        String model = out.resolve("model.tflite").toString();

        Outcome other =
                program("evaluate", model, "--data", data.toString(), "--rate", "50", "--window", "100 samples");
        assertThat(other.exitCode()).isEqualTo(ExitCode.INVALID_INPUT.code());
        assertThat(other.err()).contains("recordings are at 50.0 Hz, the model takes 100.0 Hz (give --rate 100.0)");
    }

    /** The same recordings under other headers, their columns perhaps in another order. */
    private Path copy(String name, String header, int... order) throws IOException {
        Path copy = folder.resolve(name);
        for (String label : List.of("slow", "fast")) {
            Files.createDirectories(copy.resolve(label));
            for (int file = 0; file < 10; file++) {
                StringBuilder rows = new StringBuilder(header + "\n");
                Path original = data.resolve(label).resolve("r" + file + ".csv");
                for (String row : Files.readAllLines(original).subList(1, 301)) {
                    String[] cells = row.split(",");
                    List<String> ordered = new ArrayList<>();
                    for (int column : order) {
                        ordered.add(cells[column]);
                    }
                    rows.append(String.join(",", ordered)).append("\n");
                }
                Files.writeString(copy.resolve(label).resolve("r" + file + ".csv"), rows);
            }
        }
        return copy;
    }

    private Outcome evaluateAll(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("evaluate", out.resolve("model.tflite").toString(), "--split", "all", "--json"));
        arguments.addAll(List.of(options));
        return program(arguments.toArray(String[]::new));
    }

    @Test
    void otherDataAreReadByTheNamesOfTheModelsChannels() throws Exception {
        Outcome trained = train("[features]\nblock = 'raw'\n" + DENSE);
        json(trained);
        assertThat(trained.err()).doesNotContain("without [features]");
        JsonNode own = json(evaluateAll()).get("metrics");

        String swapped = copy("swapped", "time,y,x", 0, 2, 1).toString();
        Outcome byName = evaluateAll("--data", swapped);
        assertThat(json(byName).get("metrics")).isEqualTo(own);
        assertThat(byName.err()).doesNotContain("note:");
        Outcome asked = evaluateAll("--data", swapped, "--columns", "y,x");
        assertThat(json(asked).get("metrics")).isNotEqualTo(own);
        assertThat(asked.err()).contains("note: 'swapped' has the channels y, x, taken for x, y in this order");
        String wider = copy("wider", "time,y,z,x", 0, 2, 1, 1).toString();
        assertThat(json(evaluateAll("--data", wider)).get("metrics")).isEqualTo(own);

        Outcome renamed =
                evaluateAll("--data", copy("named", "time,u,v", 0, 1, 2).toString());
        assertThat(json(renamed).get("metrics")).isEqualTo(own);
        assertThat(renamed.err()).contains("note: 'named' has the channels u, v, taken for x, y in this order");
        String many = copy("many", "time,u,v,w", 0, 1, 2, 1).toString();
        assertRefused(
                evaluateAll("--data", many),
                ExitCode.INVALID_INPUT,
                "'many' has 3 channels, u, v, w, the model takes 2 channels, x, y: say which ones by --columns");
        Outcome said = evaluateAll("--data", many, "--columns", "u,v");
        assertThat(json(said).get("metrics")).isEqualTo(own);
        assertThat(said.err()).doesNotContain("taken for");
    }

    /** All recordings in one table, one below the other. */
    private Path table(Path recordings) throws IOException {
        StringBuilder rows = new StringBuilder("time,x,y,label\n");
        for (String label : List.of("slow", "fast")) {
            for (int file = 0; file < 10; file++) {
                List<String> lines =
                        Files.readAllLines(recordings.resolve(label).resolve("r" + file + ".csv"));
                lines.subList(1, lines.size())
                        .forEach(line ->
                                rows.append(line).append(',').append(label).append('\n'));
            }
        }
        return Files.writeString(folder.resolve("all.csv"), rows);
    }

    /** What was said of names and columns holds for the model's data, and for others only if it can. */
    @Test
    void otherDataNeedNotBeLaidOutAsTheModelsAre() throws Exception {
        json(train(
                "[features]\nblock = 'raw'\n" + DENSE,
                "--columns",
                "2,3",
                "--label-pattern",
                "{label}/r{n}.csv",
                "--test-part",
                "n < 2"));
        JsonNode own = json(evaluateAll()).get("metrics").get("accuracy");

        String wider = copy("wider", "time,z,x,y", 0, 2, 1, 2).toString();
        Outcome byName = evaluateAll("--data", wider);
        assertThat(json(byName).get("metrics").get("accuracy")).isEqualTo(own);
        assertThat(byName.err()).doesNotContain("taken for").doesNotContain("is read without");
        Outcome rows = evaluateAll("--data", table(data).toString());
        assertThat(json(rows).get("metrics").get("accuracy")).isEqualTo(own);
        assertThat(rows.err()).contains("is read without the test part and groups that were told");
        assertRefused(
                evaluateAll("--data", folder.resolve("all.csv").toString(), "--test-part", "n < 2"),
                ExitCode.INVALID_INPUT,
                "all.csv: test = \"n < 2\" chooses files");
    }

    @Test
    void aModelWithoutFeaturesDoesNotKeepTheScale() throws Exception {
        Outcome plain = train(DENSE);
        json(plain);
        assertThat(plain.err())
                .contains(
                        "note: without [features], the model does not keep the scale of the recordings, 0.00005 a count")
                .contains("([features] block = \"raw\" keeps it; otherwise say --scale 0.00005 of them)");

        Outcome said = train(DENSE, "--scale", "0.001", "--force");
        json(said);
        assertThat(said.err()).doesNotContain("without [features]");
    }

    @Test
    void refusesFeaturesOfWhatIsNoRecording() throws Exception {
        Files.writeString(folder.resolve("table.csv"), "a,b,label\n" + "1,2,x\n3,4,y\n".repeat(20));
        assertRefused(
                program(
                        "search",
                        "--data",
                        folder.resolve("table.csv").toString(),
                        "--board",
                        "arduino-uno",
                        "--features",
                        "mfcc",
                        "--out",
                        out.toString()),
                ExitCode.USAGE,
                "holds no recordings to make features of \\(leave out --features\\)");
    }
}
