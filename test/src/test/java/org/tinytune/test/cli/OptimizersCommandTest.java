package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.ExitCode;
import org.tinytune.test.Processes.Outcome;

/** {@code bench optimizers} on the bundled digits. */
class OptimizersCommandTest {
    private static final String DIGITS = CentroidModel.DIGITS.toString();

    @TempDir
    private Path folder;

    private static Outcome bench(String... more) throws Exception {
        return bench(List.of(), more);
    }

    private static Outcome bench(List<String> options, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("bench", "optimizers", "--data", DIGITS));
        arguments.addAll(Arrays.asList(more));
        return Program.run(Path.of("."), options, arguments.toArray(String[]::new));
    }

    private static JsonNode json(String threads, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--target=0.8", "--optimizers=adam,sgd", "--seeds=2", "--budget=2", "--max-epochs=4", "--json"));
        arguments.add("--threads=" + threads);
        arguments.addAll(Arrays.asList(more));
        Outcome outcome = bench(Program.VECTORS, arguments.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    @Tag("slow")
    @Test
    void stepsAreTheSameOnEveryRun() throws Exception {
        Path out = folder.resolve("out");
        JsonNode first = json("1", "--out=" + out);
        JsonNode second = json("2");

        assertThat(first.get("optimizers").findValuesAsText("optimizer")).containsExactlyInAnyOrder("adam", "sgd");
        assertThat(first.get("learningRates")).hasSize(2);
        assertThat(second.findValues("steps")).isEqualTo(first.findValues("steps"));
        assertThat(second.findValues("validation")).isEqualTo(first.findValues("validation"));
        JsonNode best = first.at("/optimizers/0");
        assertThat(best.get("reached").asInt()).isPositive();
        assertThat(best.get("trials")).hasSize(2);
        assertThat(best.get("runs").findValuesAsText("seed")).containsExactly("1", "2");
        for (JsonNode run : best.get("runs")) {
            JsonNode validation = run.get("validation");
            boolean reached = run.get("outcome").asText().equals("reached");
            assertThat(validation.get(validation.size() - 1).asDouble() >= 0.8).isEqualTo(reached);
            assertThat(run.get("epochs").asInt()).isEqualTo(validation.size());
        }
        assertThat(new ObjectMapper().readTree(out.resolve("optimizers.json").toFile()))
                .isEqualTo(first);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("<polyline points=\"", ">adam</text>", ">sgd</text>")
                .doesNotContain("<script");
    }

    @Test
    void aTargetThatIsNotReachedIsAResult() throws Exception {
        Outcome outcome = bench(
                "--target=1", "--optimizers=adadelta", "--seeds=1", "--budget=1", "--max-epochs=1", "--threads=1");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .containsPattern("(?m)^adadelta +0\\.0316 +0 of 1 +- +- +- ")
                .contains("to a validation accuracy of 100.00 % on 'UCI optical digits'")
                .contains("not reached within 1 epochs");
    }

    @Tag("slow")
    @Test
    void aDeclaredNetworkIsTheWorkload() throws Exception {
        Path model = Files.writeString(folder.resolve("model.toml"), """
                [model]
                name = "linear"
                [[layer]]
                type = "flatten"
                [[layer]]
                type = "dense"
                [train]
                epochs = 1
                batch_size = 50
                learning_rate = 1
                """);
        JsonNode report = json("1", "--model=" + model);

        assertThat(report.get("network").asText()).isEqualTo("linear");
        assertThat(report.get("batchSize").asInt()).isEqualTo(50);
        JsonNode run = report.at("/optimizers/0/runs/0");
        assertThat(run.get("outcome").asText()).isEqualTo("reached");
        // Of 1797 samples, 64 of 100 are trained on.
        assertThat(run.get("steps").asInt()).isEqualTo(run.get("epochs").asInt() * 23);
        assertRefused(
                bench("--target=0.9", "--model=" + folder.resolve("none.toml")),
                ExitCode.INVALID_INPUT,
                "none.toml: no such file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --target 0                            | target 0.0: give an accuracy above 0, at most 1
                    --target 1.5                          | target 1.5: give an accuracy above 0, at most 1
                    --target high                         | invalid value for option '--target': 'high' is not a double
                    --target 0.9 --optimizers adam,madam  | there is no optimizer 'madam': give one of sgd, momentum,
                    --target 0.9 --seeds 0                | seeds 0: give 1 or more
                    --target 0.9 --budget 0               | budget 0: give 1 or more
                    --target 0.9 --max-epochs 0           | epochs 0: give 1 or more
                    --target 0.9 --threads 0              | threads 0: give 1 or more
                    --seeds 2                             | missing required option: '--target=A'
                    """)
    void wrongCommandLinesGetOneLine(String arguments, String line) throws Exception {
        assertRefused(bench(arguments.split(" ", -1)), ExitCode.USAGE, line);
    }

    @Test
    void dataThatIsNotThereGetsOneLine() throws Exception {
        Path none = folder.resolve("none");
        Outcome outcome = Program.run("bench", "optimizers", "--data", none.toString(), "--target", "0.9");
        assertRefused(outcome, ExitCode.INVALID_INPUT, "none does not exist");
    }

    @Test
    void aFolderOfSomethingElseIsKept() throws Exception {
        Outcome outcome = bench("--target=0.9", "--out=" + folder);
        assertRefused(outcome, ExitCode.USAGE, "exists (choose another --out");
    }

    private static void assertRefused(Outcome outcome, ExitCode exitCode, String line) {
        assertThat(outcome.err()).containsOnlyOnce("\n").contains(line);
        assertThat(outcome.exitCode()).isEqualTo(exitCode.code());
        assertThat(outcome.out()).isEmpty();
    }
}
