package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.test.Processes.Outcome;

/** {@code tinytune data plot}, and what {@code tinytune collect} says without a board. */
class PlotAndCollectTest {
    @TempDir
    private Path folder;

    @Test
    void drawsTheBundledDigits() throws Exception {
        Path page = folder.resolve("digits.html");
        Outcome outcome =
                Program.run("data", "plot", CentroidModel.DIGITS.toString(), "--out", page.toString(), "--json");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(outcome.out());
        assertThat(report.get("labels")).hasSize(10);
        assertThat(report.get("hiddenLabels").asInt()).isZero();
        assertThat(report.get("bytes").asLong()).isEqualTo(Files.size(page));
        assertThat(page).content().contains("<title>UCI optical digits</title>", "178 images");
    }

    @Test
    void aPictureIsAFileOfItsOwn() throws Exception {
        Path picture = folder.resolve("three.png");
        Outcome outcome = Program.run(
                "data",
                "plot",
                CentroidModel.DIGITS.toString(),
                "--label",
                "3",
                "--samples",
                "2",
                "--out",
                picture + "");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data plot DIGITS --out x.gif                        | 2 | give a name that ends in .html or .png",
                "data plot DIGITS --label eleven                     | 2 | there is no such class (there are 0, 1",
                "data plot DIGITS --samples 0                        | 2 | --samples 0: give 1 to 100",
                "data plot DIGITS --out FOLDER/none/x.html           | 3 | its folder does not exist",
                "data plot nowhere                                   | 3 | nowhere",
                "collect --port /dev/ttyNONE7 --label a --out FOLDER | 5 | no such port",
                "collect --port /dev/ttyNONE7 --label a/b --out d    | 2 | a folder is called so",
                "collect --port /dev/ttyNONE7 --out FOLDER           | 2 | --label",
                "collect                                             | 2 | --sketch",
                "collect --port p --label a --out d --seconds 0      | 2 | --seconds 0.0",
                "collect --port p --label a --out d --axes 1x        | 2 | --axes '1x'",
            })
    void mistakesAreOneLine(String line, int code, String part) throws Exception {
        String[] arguments = line.replace("DIGITS", CentroidModel.DIGITS.toString())
                .replace("FOLDER", folder.toString())
                .split(" +");

        Outcome outcome = Program.run(arguments);

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(code);
        assertThat(outcome.err()).contains(part);
        assertThat(outcome.out()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void writesTheSketch() throws Exception {
        Outcome outcome = Program.run("collect", "--sketch", folder.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(folder.resolve("forwarder/forwarder.ino")).content().contains("# tinytune rate=");
        assertThat(Program.run("collect", "--sketch", folder.toString()).exitCode())
                .isEqualTo(2);
    }
}
