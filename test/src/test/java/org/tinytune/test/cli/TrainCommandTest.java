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
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.graph.Graph;
import org.tinytune.nas.Digests;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.test.Processes.Started;
import org.tinytune.tflite.TfliteReader;

/** {@code tinytune train} in processes of its own. */
@Timeout(300)
class TrainCommandTest {
    private static final int KILLED = 128 + 9;
    private static final int EPOCHS = 40;
    private static final List<String> JVM = List.of("-Dtinytune.vector=plain");

    private static final String MODEL = """
            [model]
            name = "tiny"
            [[layer]]
            type = "conv2d"
            filters = 6
            kernel = 3
            batch_norm = true
            activation = "relu"
            [[layer]]
            type = "global_mean"
            [[layer]]
            type = "dropout"
            rate = 0.1
            [[layer]]
            type = "dense"
            [train]
            epochs = 40
            batch_size = 16
            learning_rate = 0.03
            [train.augmentation]
            shift = 1
            [train.qat]
            epochs = 4
            """;

    @TempDir
    private static Path shared;

    private static Path data;
    private static Path model;
    private static Path reference;
    private static Outcome trained;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trainOnce() throws Exception {
        data = shared.resolve("digits");
        SearchRuns.writeDigits(data, 300);
        // A table with 64 columns becomes an image.
        Files.copy(CentroidModel.DIGITS.resolve("dataset.toml"), data.resolve("dataset.toml"));
        model = Files.writeString(shared.resolve("model.toml"), MODEL);
        reference = shared.resolve("reference");
        trained = run(reference, "--json");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
    }

    private static Started start(Path out, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("train", "--out", out.toString()));
        List<String> given = List.of(options);
        if (!given.contains("--data")) {
            arguments.addAll(List.of("--data", data.toString()));
        }
        if (!given.contains("--model")) {
            arguments.addAll(List.of("--model", model.toString()));
        }
        arguments.addAll(given);
        return Program.start(Program.environment(), JVM, arguments);
    }

    private static Outcome run(Path out, String... options) throws Exception {
        return start(out, options).end();
    }

    private static void assertSameResult(Path out) throws IOException {
        Map<String, String> expected = SearchRuns.files(reference);
        assertThat(SearchRuns.files(out)).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void leavesModelSummaryProvenanceReportAndCheckpoint() throws IOException {
        assertThat(SearchRuns.files(reference))
                .containsOnlyKeys(
                        "model.tflite",
                        "summary.json",
                        "provenance.json",
                        "report.html",
                        "checkpoint.bin",
                        "checkpoint.bin.lock");
        assertThat(trained.out()).isEqualTo(Files.readString(reference.resolve("summary.json")));
        JsonNode summary = new ObjectMapper().readTree(trained.out());
        assertThat(summary.at("/floatEpochs").asInt()).isEqualTo(EPOCHS);
        assertThat(summary.at("/prunedEpochs").asInt()).isZero();
        assertThat(summary.at("/int8Epochs").asInt()).isEqualTo(4);
        assertThat(summary.at("/dataset/testSamples").asInt()).isEqualTo(60);
        assertThat(summary.at("/int8TestAccuracy").asDouble()).isBetween(0.2, 1.0);
        assertThat(summary.at("/int8TestAccuracyInterval/0").asDouble())
                .isLessThan(summary.at("/int8TestAccuracy").asDouble());
        assertThat(summary.at("/model/parameters").asInt()).isEqualTo(6 * 9 + 6 + 10 * 6 + 10);

        byte[] bytes = Files.readAllBytes(reference.resolve("model.tflite"));
        Graph graph = TfliteReader.read("model.tflite", bytes);
        assertThat(graph.metadata().name()).isEqualTo("tiny");
        assertThat(graph.metadata().labels()).hasSize(10);
        JsonNode provenance =
                new ObjectMapper().readTree(reference.resolve("provenance.json").toFile());
        assertThat(provenance.at("/modelSha256").asText()).isEqualTo(Digests.sha256(bytes));
        assertThat(provenance.at("/seed").asInt()).isEqualTo(1);
        assertThat(Files.readString(reference.resolve("report.html")))
                .contains("\"trainingLoss\"")
                .contains("\"confusion\"")
                .doesNotContain("{{");
    }

    /** Every epoch has a line, and what a search's model can do, this one can. */
    @Test
    void tellsOfEveryEpochAndItsModelIsEvaluatedWithoutMoreAdo() throws Exception {
        assertThat(trained.err().lines().filter(line -> line.startsWith("epoch ")))
                .hasSize(EPOCHS + 4);
        assertThat(trained.err())
                .containsPattern(
                        "(?m)^epoch 1 of 40 in float: loss \\d\\.\\d{4}, accuracy \\d+\\.\\d\\d %; validation loss"
                                + " \\d\\.\\d{4}, accuracy \\d+\\.\\d\\d %, [\\d,]+ samples/s, \\d+:\\d\\d left$")
                .contains("\nepoch 4 of 4 in integers: ");
        Outcome evaluated =
                Program.run("evaluate", reference.resolve("model.tflite").toString(), "--json");
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        double accuracy =
                new ObjectMapper().readTree(evaluated.out()).at("/accuracy").asDouble();
        assertThat(accuracy)
                .isEqualTo(new ObjectMapper()
                        .readTree(trained.out())
                        .at("/int8TestAccuracy")
                        .asDouble());
    }

    /**
     * Sequences of 4 steps in which a pulse is in the first half or in the second, and a single output that says so.
     */
    @Tag("slow")
    @Test
    void aRecurrentNetworkWithASingleOutputIsTrainedAndTaken() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder table = new StringBuilder("a1,b1,a2,b2,a3,b3,a4,b4,label\n");
        for (int i = 0; i < 160; i++) {
            int pulse = random.nextInt(4);
            for (int step = 0; step < 4; step++) {
                table.append(step == pulse ? "1," : "0,")
                        .append(random.nextInt(9))
                        .append(',');
            }
            table.append(pulse < 2 ? "early" : "late").append('\n');
        }
        Path pulses = Files.createDirectories(folder.resolve("pulses"));
        Files.writeString(pulses.resolve("pulses.csv"), table);
        Path file = Files.writeString(folder.resolve("recurrent.toml"), """
                [model]
                steps = 4
                [[layer]]
                type = "svdf"
                units = 4
                memory = 4
                activation = "relu"
                [[layer]]
                type = "dense"
                units = 1
                [train]
                epochs = 60
                batch_size = 16
                learning_rate = 0.03
                loss.name = "binary-cross-entropy"
                """);
        Path out = folder.resolve("out");
        Outcome outcome = run(out, "--data", pulses.toString(), "--model", file.toString(), "--json");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        double accuracy = new ObjectMapper()
                .readTree(outcome.out())
                .at("/int8TestAccuracy")
                .asDouble();
        assertThat(accuracy).isGreaterThan(0.9);
        String model = out.resolve("model.tflite").toString();
        Outcome evaluated = Program.run("evaluate", model, "--data", pulses.toString(), "--json");
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(new ObjectMapper().readTree(evaluated.out()).at("/accuracy").asDouble())
                .isEqualTo(accuracy);
        Path two = Files.writeString(folder.resolve("two.csv"), "1,4,0,4,0,4,0,4\n0,4,0,4,0,4,1,4\n");
        Outcome predicted = Program.run("predict", model, two.toString(), "--json");
        assertThat(predicted.exitCode()).as(predicted.err()).isZero();
        JsonNode predictions = new ObjectMapper().readTree(predicted.out()).at("/predictions");
        assertThat(List.of(
                        predictions.at("/0/label").asText(),
                        predictions.at("/1/label").asText()))
                .containsExactly("early", "late");
        Outcome exported = Program.run(
                "export", model, "--format", "c", "--out", folder.resolve("c").toString());
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        assertThat(Files.readString(folder.resolve("c/README.md")))
                .contains("The class is 1 if `model_dequantize_output(output[0])` is above 0.5, otherwise 0;")
                .contains("call `model_reset()`");
    }

    @Tag("slow")
    @Test
    void threadsDoNotMatterAndQuietSaysNothing() throws Exception {
        Path out = folder.resolve("out");
        Outcome outcome = run(out, "--threads", "2", "--quiet");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("int8 test accuracy").contains("95 %");
        assertSameResult(out);
        Path other = folder.resolve("other");
        assertThat(run(other, "--seed", "2", "--quiet").exitCode()).isZero();
        assertThat(other.resolve("model.tflite")).exists();
        assertThat(SearchRuns.files(other).get("model.tflite"))
                .isNotEqualTo(SearchRuns.files(reference).get("model.tflite"));
    }

    private static String[] next(Path out) {
        return Files.exists(out.resolve("checkpoint.bin")) ? new String[] {"--resume"} : new String[] {};
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void killedAtAnyMomentItEndsWithTheSameBytes(long seed) throws Exception {
        Path out = folder.resolve("out");
        SplittableRandom random = new SplittableRandom(seed);
        int killed = 0;
        for (int i = 0; i < 5; i++) {
            Started started = start(out, next(out));
            SearchRuns.await(started, "epoch ", random.nextInt(0, 4));
            Thread.sleep(random.nextLong(0, 60));
            started.signal("KILL");
            killed += started.end().exitCode() == KILLED ? 1 : 0;
        }
        assertThat(killed).as("killed, seed %d", seed).isPositive();
        Outcome last = run(out, next(out));
        assertThat(last.exitCode()).as(last.err()).isZero();
        assertSameResult(out);
    }

    @Tag("slow")
    @Test
    void killedItGoesOnWhereItWas() throws Exception {
        Path out = folder.resolve("out");
        Started started = start(out);
        SearchRuns.await(started, "epoch ", 3);
        started.signal("KILL");
        started.end();
        Outcome last = run(out, "--resume");
        assertThat(last.exitCode()).as(last.err()).isZero();
        assertThat(last.err()).contains("resuming after epoch ").doesNotContain("\nepoch 1 of 40 in float");
        assertSameResult(out);
        // A training that has ended makes the same files again.
        assertThat(run(out, "--resume").exitCode()).isZero();
        assertSameResult(out);
    }

    @Tag("slow")
    @Test
    void killedWhileItPrunesItGoesOnWhereItWas() throws Exception {
        Path pruned = Files.writeString(
                folder.resolve("pruned.toml"),
                MODEL.replace("epochs = 40", "epochs = 3")
                        + "ranges = 'lsq'\nweights = 'lsq'\n[train.pruning]\nfraction = 0.5\nrounds = 2\nepochs = 20\n");
        Path whole = folder.resolve("whole");
        Outcome expected = run(whole, "--json", "--model", pruned.toString());
        assertThat(expected.exitCode()).as(expected.err()).isZero();
        JsonNode summary = new ObjectMapper().readTree(expected.out());
        assertThat(summary.at("/prunedEpochs").asInt()).isEqualTo(2 * 20);
        // Of 6 channels, 2 go in the first round, and in the second what is left of the half.
        assertThat(summary.at("/model/parameters").asInt()).isEqualTo(3 * 9 + 3 + 10 * 3 + 10);
        assertThat(expected.err()).contains("\nepoch 20 of 20 in round 2 of 2 of pruning: ");
        Path out = folder.resolve("out");
        Started started = start(out, "--model", pruned.toString());
        SearchRuns.await(started, "epoch ", 3 + 22);
        started.signal("KILL");
        started.end();
        Outcome last = run(out, "--resume", "--model", pruned.toString());
        assertThat(last.exitCode()).as(last.err()).isZero();
        assertThat(last.err()).contains("resuming after epoch ").doesNotContain(" in float");
        assertThat(SearchRuns.files(out)).containsExactlyInAnyOrderEntriesOf(SearchRuns.files(whole));
    }

    @Tag("slow")
    @Test
    void interruptedItTellsHowToGoOn() throws Exception {
        Path out = folder.resolve("out");
        Started started = start(out);
        SearchRuns.await(started, "epoch ", 2);
        started.signal("INT");
        Outcome outcome = started.end();
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INTERRUPTED.code());
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .endsWith("tinytune: interrupted; continue with the same command and --resume (--out " + out + ")\n");
        assertThat(SearchRuns.files(out)).containsOnlyKeys("checkpoint.bin", "checkpoint.bin.lock");
        assertThat(run(out, "--resume").exitCode()).isZero();
        assertSameResult(out);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --seed 2      | seed was 1, is 2
            --model OTHER | model was [0-9a-f]{64}, is [0-9a-f]{64}
            --data OTHER  | data was [0-9a-f]{64}, is [0-9a-f]{64}
            """)
    void isContinuedWithTheSameSettingsOnly(String options, String difference) throws Exception {
        Path other = folder.resolve("other");
        if (options.startsWith("--model")) {
            Files.writeString(other, MODEL.replace("rate = 0.1", "rate = 0.2"));
        } else {
            SearchRuns.writeDigits(other, 310);
            Files.copy(CentroidModel.DIGITS.resolve("dataset.toml"), other.resolve("dataset.toml"));
        }
        Map<String, String> before = SearchRuns.files(reference);
        String[] words = ("--resume " + options.replace("OTHER", other.toString())).split(" ", -1);
        assertRefused(
                run(reference, words), ExitCode.USAGE, "the training was begun with other settings: " + difference);
        assertThat(SearchRuns.files(reference)).isEqualTo(before);
    }

    @Tag("slow")
    @Test
    void resultsAreReplacedOnlyIfAskedFor() throws Exception {
        assertRefused(
                run(reference), ExitCode.USAGE, "exists already \\(continue it with --resume, replace it with --force");
        assertRefused(run(reference, "--resume", "--force"), ExitCode.USAGE, "give one of them");
        assertRefused(run(folder.resolve("none"), "--resume"), ExitCode.USAGE, "holds no checkpoint to resume");
        Path foreign = Files.createDirectories(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("thesis.txt"), "mine");
        assertRefused(run(foreign, "--force"), ExitCode.USAGE, "holds no checkpoint, so that --force does not replace");
        assertThat(foreign.resolve("thesis.txt")).exists();
    }

    /** What is there is replaced by something better, not by nothing: in the end, by the results of the new run. */
    @Tag("slow")
    @Test
    void aRunThatFailsLeavesTheResultsThatItWasToReplace() throws Exception {
        Path out = folder.resolve("out");
        Files.createDirectories(out);
        for (String name : SearchRuns.files(reference).keySet()) {
            Files.copy(reference.resolve(name), out.resolve(name));
        }
        Path wild = wild();
        assertRefused(
                run(out, "--force", "--model", wild.toString(), "--quiet"),
                ExitCode.INVALID_INPUT,
                "training diverged in epoch 1");
        assertSameResult(out);
        Path brief = Files.writeString(folder.resolve("brief.toml"), MODEL.replace("epochs = 40", "epochs = 1"));
        Outcome replacing = run(out, "--force", "--model", brief.toString(), "--json");
        assertThat(replacing.exitCode()).as(replacing.err()).isZero();
        assertThat(replacing.out()).isEqualTo(Files.readString(out.resolve("summary.json")));
        assertThat(run(out, "--resume", "--model", brief.toString()).exitCode()).isZero();
    }

    /** The good training in float is not lost, with a validation part or without. */
    @Test
    void integersThatDivergeAreToldInSummaryAndReport() throws Exception {
        Path file = Files.writeString(
                folder.resolve("integers.toml"),
                MODEL.replace("epochs = 40", "epochs = 1")
                                .replace("learning_rate = 0.03", "learning_rate = 0.03\nvalidation = false")
                        + "learning_rate = 1e14\n");
        Path out = folder.resolve("out");
        Outcome outcome = run(out, "--model", file.toString(), "--quiet", "--json");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        String line =
                "training diverged in epoch 1 in integers, the loss is no number any more, the weights from before"
                        + " it are kept: try a learning_rate of [train.qat] below 1.0E14";
        assertThat(outcome.err()).startsWith("tinytune: note: " + line);
        JsonNode notes = new ObjectMapper().readTree(outcome.out()).at("/notes");
        assertThat(notes)
                .singleElement()
                .extracting(JsonNode::asText)
                .asString()
                .startsWith(line);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains(notes.get(0).asText());
    }

    private Path wild() throws IOException {
        return Files.writeString(
                folder.resolve("wild.toml"),
                MODEL.replace("learning_rate = 0.03", "learning_rate = 1e30") + "[train.optimizer]\nname = 'sgd'\n");
    }

    @Test
    void aDamagedCheckpointIsLeftAlone() throws Exception {
        Path out = Files.createDirectories(folder.resolve("out"));
        byte[] bytes = Files.readAllBytes(reference.resolve("checkpoint.bin"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(out.resolve("checkpoint.bin"), bytes);
        assertRefused(
                run(out, "--resume"),
                ExitCode.INVALID_INPUT,
                "checkpoint.bin: no checkpoint, or damaged: its checksum is wrong \\(begin anew with --force");
        assertThat(Files.readAllBytes(out.resolve("checkpoint.bin"))).isEqualTo(bytes);
    }

    @Test
    void whatIsWrongWithFilesIsOneLine() throws Exception {
        Path out = folder.resolve("out");
        String none = folder.resolve("none").toString();
        assertRefused(run(out, "--model", none), ExitCode.INVALID_INPUT, Pattern.quote(none) + ": no such file");
        assertRefused(run(out, "--data", none), ExitCode.INVALID_INPUT, Pattern.quote(none));
        Path broken = Files.writeString(folder.resolve("broken.toml"), MODEL.replace("filters = 6", "filters = 0"));
        assertRefused(
                run(out, "--model", broken.toString()),
                ExitCode.INVALID_INPUT,
                "broken.toml: layer 1 \\(conv2d\\): filters = 0: give a whole number from 1 to 65536");
        assertThat(out).doesNotExist();
    }

    @Test
    void aClassWithOneSampleIsNamed() throws Exception {
        Path few = Files.createDirectories(folder.resolve("few"));
        Files.writeString(
                few.resolve("few.csv"), "a,b,label\n" + "1,2,x\n".repeat(9) + "2,1,y\n" + "3,1,z\n".repeat(9));
        Path dense = Files.writeString(
                folder.resolve("dense.toml"),
                "[[layer]]\ntype = 'dense'\n[train]\nepochs = 1\nbatch_size = 4\nlearning_rate = 0.1\n");
        assertRefused(
                run(folder.resolve("out"), "--data", few.toString(), "--model", dense.toString()),
                ExitCode.INVALID_INPUT,
                "label 'y' of 'few' has 1 sample: at least 3 are needed");
    }

    @Test
    void aBatchLargerThanTheSetIsToldAndADivergingTrainingStops() throws Exception {
        Path large = Files.writeString(
                folder.resolve("large.toml"),
                MODEL.replace("batch_size = 16", "batch_size = 1000")
                        .replace("epochs = 40", "epochs = 1")
                        .replace("epochs = 4", "epochs = 0"));
        Outcome outcome = run(folder.resolve("large"), "--model", large.toString(), "--quiet");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err())
                .isEqualTo("tinytune: note: batch size 1000 is more than the 192 training samples: every step takes all"
                        + " of them\n");
        assertRefused(
                run(folder.resolve("wild"), "--model", wild().toString(), "--quiet"),
                ExitCode.INVALID_INPUT,
                "training diverged in epoch 1 in float, .*: try a learning rate below 1.0E30");
    }
}
