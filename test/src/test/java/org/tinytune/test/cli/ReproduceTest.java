package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.test.cli.SearchRuns.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.ExitCode;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.tflite.ModelFiles;

/** Models that are made again from their provenance. */
@Timeout(300)
class ReproduceTest {
    @TempDir
    private static Path shared;

    private static SearchRuns search;
    private static Path run;
    private static Path provenance;

    @TempDir
    private Path folder;

    @BeforeAll
    static void searchOnce() throws Exception {
        search = new SearchRuns(shared.resolve("digits"));
        run = shared.resolve("run");
        search.complete(run, "--trials", "2", "--seed", "3");
        provenance = run.resolve("provenance.json");
    }

    @Test
    void makesTheSameBytesAgain() throws Exception {
        Path again = folder.resolve("again.tflite");
        Outcome outcome = search.program(
                "reproduce", provenance.toString(), "--threads", "2", "--out", again.toString(), "--json");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(Files.readAllBytes(again)).isEqualTo(SearchRuns.model(run));
        JsonNode report = new ObjectMapper().readTree(outcome.out());
        assertThat(report.get("identical").asBoolean()).isTrue();
        assertThat(report.get("sha256")).isEqualTo(report.get("expectedSha256"));
        assertThat(report.get("trial").asInt())
                .isEqualTo(SearchRuns.summary(run).at("/best/trial").asInt());
    }

    @Tag("slow")
    @Test
    void repeatsTheWholeSearch() throws Exception {
        Outcome outcome = search.program("reproduce", provenance.toString(), "--search");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("the same bytes");
    }

    /** Where kernels gave way for a limit that is below the board's RAM, the model holds which. */
    @Tag("slow")
    @Test
    void makesTheSameBytesAgainWhereKernelsGaveWayForRam() throws Exception {
        Path images = folder.resolve("images");
        SearchRuns.writeDigits(images, SearchRuns.SAMPLES);
        Files.copy(CentroidModel.DIGITS.resolve("dataset.toml"), images.resolve("dataset.toml"));
        Path lean = folder.resolve("lean");
        search.complete(
                lean,
                "--data",
                images.toString(),
                "--board",
                "qemu-microbit",
                "--max-ram",
                "2200",
                "--max-flash",
                "64KB",
                "--trials",
                "2",
                "--seed",
                "3");
        assertThat(ModelFiles.load(lean.resolve("best.tflite")).metadata().extra())
                .containsKey("kernels.armv6m");

        Outcome outcome =
                search.program("reproduce", lean.resolve("provenance.json").toString(), "--json");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(new ObjectMapper().readTree(outcome.out()).get("identical").asBoolean())
                .isTrue();
    }

    @Tag("slow")
    @Test
    void saysThatAnotherModelIsNotReproduced() throws Exception {
        String another = Files.readString(provenance).replaceFirst("(\"modelSha256\" : \")....", "$10000");
        Path edited = Files.writeString(folder.resolve("provenance.json"), another);
        Outcome outcome = search.program("reproduce", edited.toString());
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.MISMATCH.code());
        assertThat(outcome.out()).contains("not the bytes of 0000");
        assertThat(outcome.err()).contains("is not reproduced: though the same version made both");
    }

    @Tag("slow")
    @Test
    void refusesOtherDataAndOtherParameters() throws Exception {
        Path other = folder.resolve("other");
        SearchRuns.writeDigits(other, 50);
        assertRefused(
                search.program("reproduce", provenance.toString(), "--data", other.toString()),
                ExitCode.INVALID_INPUT,
                "other is not the data of .*provenance.json: its fingerprint is ");

        String changed = Files.readString(provenance).replaceFirst("\"batch_size\" : \\d+", "\"batch_size\" : 7");
        Path edited = Files.writeString(folder.resolve("provenance.json"), changed);
        assertThat(search.program("reproduce", edited.toString()).err())
                .contains("no network of this version's search space: ")
                .contains("batch_size");
    }

    @Test
    void refusesWhatIsNoProvenance() throws Exception {
        assertRefused(
                search.program("reproduce", folder.resolve("absent.json").toString()),
                ExitCode.INVALID_INPUT,
                "absent.json");
        assertRefused(
                search.program("reproduce", run.resolve("summary.json").toString()),
                ExitCode.INVALID_INPUT,
                "is not what a search writes");
    }
}
