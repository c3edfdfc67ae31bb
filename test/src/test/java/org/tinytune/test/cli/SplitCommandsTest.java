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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.ExitCode;
import org.tinytune.test.Processes.Outcome;

/** How data are divided, from the option or {@code dataset.toml} to every command that takes the model. */
class SplitCommandsTest {
    private static final List<String> JVM = List.of("-Dtinytune.vector=plain", "-XX:TieredStopAtLevel=1");

    private static final String MODEL = """
            [[layer]]
            type = "dense"
            [train]
            epochs = 2
            batch_size = 16
            learning_rate = 0.01
            """;

    @TempDir
    private Path folder;

    private Path data;
    private Path out;

    @BeforeEach
    void writeFiles() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        out = folder.resolve("out");
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder text = new StringBuilder("a,b,who,label\n");
        for (int i = 0; i < 120; i++) {
            double a = random.nextDouble(-1, 1);
            double b = random.nextDouble(-1, 1);
            String who = List.of("ann", "bob", "cleo", "dan").get(i % 4);
            text.append(String.format(Locale.ROOT, "%.4f,%.4f,%s,%s%n", a, b, who, a > b ? "x" : "y"));
        }
        Files.writeString(data.resolve("data.csv"), text.toString());
        Files.writeString(folder.resolve("model.toml"), MODEL);
        describe("");
    }

    private void describe(String more) throws IOException {
        Files.writeString(data.resolve("dataset.toml"), "group_column = 'who'\n" + more);
    }

    private static Outcome program(String... arguments) throws Exception {
        return Program.start(Program.environment(), JVM, List.of(arguments)).end();
    }

    private Outcome train(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--data",
                data.toString(),
                "--out",
                out.toString(),
                "--model",
                folder.resolve("model.toml").toString(),
                "--force"));
        arguments.addAll(List.of(options));
        return program(arguments.toArray(String[]::new));
    }

    private static JsonNode json(Outcome outcome) throws IOException {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    private String split() throws IOException {
        return new ObjectMapper()
                .readTree(out.resolve("provenance.json").toFile())
                .at("/data/split")
                .asText();
    }

    /** What was tested then is tested again, by every command, and the model is made again from the same parts. */
    @Test
    void aModelKnowsHowItsDataWereDivided() throws Exception {
        JsonNode summary = json(train("--split", "group:bob", "--json"));
        assertThat(split()).isEqualTo("group:bob");

        String model = out.resolve("model.tflite").toString();
        JsonNode evaluation = json(program("evaluate", model, "--json"));
        assertThat(evaluation.get("samples").asInt()).isEqualTo(30);
        assertThat(evaluation.get("accuracy")).isEqualTo(summary.get("int8TestAccuracy"));
        assertThat(json(program("reproduce", out.resolve("provenance.json").toString(), "--json"))
                        .get("identical")
                        .asBoolean())
                .isTrue();
    }

    /** Other data need not have the group that was left out. */
    @Test
    void otherDataAreTestedAsAWholeOrByTheirOwnTestPart() throws Exception {
        json(train("--split", "group:bob", "--json"));
        String model = out.resolve("model.tflite").toString();
        String table = Files.readString(data.resolve("data.csv")).replace("bob", "eve");
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.copy(data.resolve("dataset.toml"), other.resolve("dataset.toml"));
        Files.writeString(other.resolve("data.csv"), table);

        Outcome outcome = program("evaluate", model, "--data", other.toString(), "--json");

        assertThat(outcome.err())
                .contains("the split of the model, group:bob, is none of", "all of its samples are used");
        assertThat(json(outcome).get("samples").asLong())
                .isEqualTo(table.lines().count() - 1);
    }

    /** So it is with recordings, of each of which the last windows are tested. */
    @Test
    void aModelKnowsHowItsRecordingsWereCut() throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        StringBuilder rows = new StringBuilder("time,x,y,label\n");
        for (int i = 0; i < 800; i++) {
            boolean shaken = i / 100 % 2 == 1;
            int range = shaken ? 900 : 90;
            rows.append(String.format(
                    Locale.ROOT,
                    "%d,%d,%d,%s%n",
                    10 * i,
                    random.nextInt(-range, range),
                    random.nextInt(-range, range),
                    shaken ? "shaken" : "still"));
        }
        Files.delete(data.resolve("dataset.toml"));
        Files.writeString(data.resolve("data.csv"), rows);
        Files.writeString(folder.resolve("model.toml"), "[[layer]]\ntype = 'flatten'\n" + MODEL);
        JsonNode summary = json(train("--window", "10 samples", "--split", "forward", "--json"));

        JsonNode evaluation =
                json(program("evaluate", out.resolve("model.tflite").toString(), "--json"));
        assertThat(evaluation.get("samples").asInt()).isEqualTo(16);
        assertThat(evaluation.get("accuracy")).isEqualTo(summary.get("int8TestAccuracy"));
        assertThat(json(program("reproduce", out.resolve("provenance.json").toString(), "--json"))
                        .get("identical")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theOptionGoesBeforeTheFile() throws Exception {
        describe("split = 'kfold:4/1'\n");
        json(train("--json"));
        assertThat(split()).isEqualTo("kfold:4/1");
        json(train("--json", "--split", "forward"));
        assertThat(split()).isEqualTo("forward");
    }

    @Test
    void aCheckpointIsOfOneSplit() throws Exception {
        json(train("--json", "--split", "forward"));
        Outcome outcome = program(
                "train",
                "--data",
                data.toString(),
                "--out",
                out.toString(),
                "--model",
                folder.resolve("model.toml").toString(),
                "--resume");
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("split");
    }

    @Test
    void mistakesAreOneLine() throws Exception {
        assertRefused(
                train("--split", "group:eve"), ExitCode.INVALID_INPUT, "has no group 'eve' \\(its groups are ann");
        assertRefused(train("--split", "kfold:9/1"), ExitCode.INVALID_INPUT, "only 4 groups for 9 folds");
        describe("split = 'sometimes'\n");
        assertRefused(
                train(),
                ExitCode.INVALID_INPUT,
                "dataset.toml: split: 'sometimes' is no way to divide data: give stratified, stable, forward");
        Outcome search = program("search", "--data", data.toString(), "--board", "arduino-uno", "--split", "thirds");
        assertThat(search.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(search.err()).contains("--split", "'thirds' is no way to divide data");
    }
}
