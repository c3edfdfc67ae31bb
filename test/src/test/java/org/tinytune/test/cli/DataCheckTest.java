package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.test.cli.SearchRuns.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.ExitCode;
import org.tinytune.test.Processes.Outcome;

/** {@code tinytune data check}. */
class DataCheckTest {
    @TempDir
    private Path folder;

    /** Random rows of 20 columns, the last of two classes; every row of the test part is one of the other. */
    private Path leaking() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder training = new StringBuilder();
        StringBuilder test = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            StringBuilder row = new StringBuilder();
            for (int v = 0; v < 20; v++) {
                row.append(String.format(Locale.ROOT, "%.5f,", random.nextDouble()));
            }
            row.append(i % 2 == 0 ? "on" : "off").append('\n');
            training.append(row);
            test.append(i < 150 ? "" : row);
        }
        Files.writeString(folder.resolve("train.csv"), training);
        Files.writeString(folder.resolve("test.csv"), test);
        return folder;
    }

    private static JsonNode json(String... arguments) throws Exception {
        Outcome outcome = Program.run(arguments);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    @Test
    void saysWhatItFound() throws Exception {
        Outcome outcome = Program.run("data", "check", leaking().toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .startsWith(folder.getFileName() + ": 250 samples (training 160, validation 40, test 50, split"
                        + " stratified)\n\nseverity  check ")
                .containsPattern("(?m)^warning +leaked-duplicates +50 +held-out samples are in another part")
                .containsPattern("(?m)^warning +small-part +50 +of 50 test samples, an accuracy of 90 % is known to")
                .containsPattern("(?m)^leaked-duplicates: remove the copies")
                .containsPattern("(?m)^  sample 200 \\(test, label 'on'\\) is like sample 150$")
                .containsPattern("(?m)^  \\.\\.\\.$");
    }

    @Test
    void isStrictIfAsked() throws Exception {
        Outcome outcome = Program.run("data", "check", leaking().toString(), "--strict", "--json");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INVALID_INPUT.code());
        JsonNode report = new ObjectMapper().readTree(outcome.out());
        assertThat(report.get("warnings").asInt()).isPositive();
        assertThat(report.at("/findings/0/severity").asText()).isEqualTo("warning");
        assertThat(report.at("/findings/0/check").asText()).isEqualTo("leaked-duplicates");
        assertThat(report.at("/findings/0/count").asInt()).isEqualTo(50);
        assertThat(report.at("/findings/0/places/0/sample").asInt()).isEqualTo(200);
        assertThat(report.at("/findings/0/places/0/like").asInt()).isEqualTo(150);
        assertThat(report.at("/findings/0/places/0/group").isNull()).isTrue();
    }

    /** Of the bundled digits, nothing is known to be wrong. */
    @Test
    void theBundledDigitsPass() throws Exception {
        JsonNode report = json("data", "check", CentroidModel.DIGITS.toString(), "--strict", "--json");

        assertThat(report.get("warnings").asInt()).isZero();
        assertThat(report.at("/parts/test").asInt()).isEqualTo(359);
        assertThat(report.get("split").asText()).isEqualTo("stratified");
    }

    @Test
    void dividesAsIsSaid() throws Exception {
        String digits = CentroidModel.DIGITS.toString();
        JsonNode report = json("data", "check", digits, "--split", "kfold:3/2", "--seed", "4", "--json");

        assertThat(report.get("split").asText()).isEqualTo("kfold:3/2");
        assertThat(report.at("/parts/test").asInt()).isEqualTo(599);
    }

    /** Without a group, a recording is one. */
    @Test
    void namesRecordings() throws Exception {
        for (int file = 0; file < 8; file++) {
            StringBuilder rows = new StringBuilder("time,x\n");
            for (int i = 0; i < 32; i++) {
                rows.append(10 * i)
                        .append(',')
                        .append(file == 4 ? 5 : 37 * i * (file + 1) % 101)
                        .append('\n');
            }
            Path label = Files.createDirectories(folder.resolve(file < 4 ? "on" : "off"));
            Files.writeString(label.resolve(file + ".csv"), rows);
        }
        JsonNode report = json("data", "check", folder.toString(), "--window", "8 samples", "--json");

        assertThat(report.get("samples").asInt()).isEqualTo(32);
        JsonNode constant = finding(report, "constant-samples");
        assertThat(constant.get("count").asInt()).isEqualTo(4);
        assertThat(constant.at("/places/0/group").asText()).isEqualTo("off/4.csv");
    }

    private static JsonNode finding(JsonNode report, String check) {
        for (JsonNode finding : report.get("findings")) {
            if (finding.get("check").asText().equals(check)) {
                return finding;
            }
        }
        throw new AssertionError("no " + check + " in " + report);
    }

    @Test
    void refusesWhatItCannotTake() throws Exception {
        String digits = CentroidModel.DIGITS.toString();
        assertRefused(
                Program.run("data", "check", digits, "--accuracy", "90"),
                ExitCode.USAGE,
                "--accuracy 90.0: give 0 to 1, as in 0.9");
        assertRefused(
                Program.run("data", "check", folder.resolve("none").toString()),
                ExitCode.INVALID_INPUT,
                "does not exist");
        assertThat(Program.run("data").exitCode()).isEqualTo(ExitCode.USAGE.code());
        Outcome wrong = Program.run("data", "check", digits, "--split", "kfold:5/9");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(wrong.err()).contains("fold 9 of 5: they are counted from 1 to 5");
    }
}
