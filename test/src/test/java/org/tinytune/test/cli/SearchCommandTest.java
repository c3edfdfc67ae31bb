package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.test.cli.SearchRuns.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.board.Boards;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.data.reader.DataSets;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.tflite.ModelFiles;

/** What a search leaves behind and says, from the same command to the same bytes. */
@Timeout(300)
class SearchCommandTest {
    @TempDir
    private static Path shared;

    private static SearchRuns search;
    private static Path reference;
    private static Outcome referenceOutcome;

    @TempDir
    private Path folder;

    @BeforeAll
    static void searchOnce() throws Exception {
        search = new SearchRuns(shared.resolve("digits"));
        reference = shared.resolve("reference");
        referenceOutcome = search.run(reference, "--threads", "1", "--json");
        assertThat(referenceOutcome.exitCode()).as(referenceOutcome.err()).isZero();
    }

    private static List<String> fields(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
                .toList();
    }

    @Test
    void theSummaryHasEveryKeyThatItPromises() throws Exception {
        JsonNode summary = SearchRuns.summary(reference);

        assertThat(fields(summary))
                .contains(
                        "schemaVersion", "board", "seed", "trials", "best", "profile", "dataset", "limits", "sampler");
        assertThat(summary.get("schemaVersion").asInt()).isEqualTo(1);
        assertThat(summary.get("board").asText()).isEqualTo("arduino-uno");
        assertThat(summary.get("seed").asLong()).isEqualTo(1);
        assertThat(summary.at("/dataset/fingerprint").asText())
                .isEqualTo(DataSets.load(search.data()).fingerprint());
        assertThat(summary.at("/dataset/samples").asInt()).isEqualTo(SearchRuns.SAMPLES);
        assertThat(summary.at("/limits/ramBytes").asLong()).isEqualTo(2048);
        assertThat(summary.at("/limits/flashBytes").asLong()).isEqualTo(11 * 1024);
        JsonNode best = summary.get("best");
        assertThat(fields(best))
                .containsExactly(
                        "trial",
                        "floatTestAccuracy",
                        "int8TestAccuracy",
                        "int8TestAccuracyInterval",
                        "ramBytes",
                        "flashBytes",
                        "latencyMicros",
                        "energyMicrojoules",
                        "model");
        double accuracy = best.get("int8TestAccuracy").asDouble();
        assertThat(accuracy).isBetween(0.5, 1.0);
        assertThat(best.get("int8TestAccuracyInterval")).hasSize(2);
        assertThat(accuracy)
                .isBetween(
                        best.at("/int8TestAccuracyInterval/0").asDouble(),
                        best.at("/int8TestAccuracyInterval/1").asDouble());
        assertThat(best.get("ramBytes").asLong()).isBetween(1L, 2048L);
        assertThat(best.get("flashBytes").asLong()).isBetween(1L, 11L * 1024);
        assertThat(best.get("latencyMicros").asDouble()).isPositive();
        assertThat(best.get("energyMicrojoules").asDouble()).isPositive();
        assertThat(reference.resolve(best.get("model").asText())).isRegularFile();
        assertThat(summary.get("paretoFront")).contains(best.get("trial"));
    }

    @Test
    void theSummaryListsEveryTrialOfTheStudy() throws Exception {
        List<FrozenTrial> trials = SearchRuns.trials(reference);
        JsonNode listed = SearchRuns.summary(reference).get("trials");

        assertThat(listed).hasSameSizeAs(trials);
        int complete = 0;
        for (int i = 0; i < trials.size(); i++) {
            JsonNode trial = listed.get(i);
            assertThat(fields(trial)).containsExactly("number", "state", "parameters", "figures", "over");
            assertThat(trial.get("number").asInt()).isEqualTo(i);
            assertThat(trial.get("state").asText())
                    .isEqualToIgnoringCase(trials.get(i).state().name());
            assertThat(fields(trial.get("parameters")))
                    .containsExactlyInAnyOrderElementsOf(
                            trials.get(i).parameters().values().keySet());
            boolean trained = trial.get("state").asText().equals("complete");
            complete += trained ? 1 : 0;
            assertThat(trial.get("over").isEmpty()).isEqualTo(trained);
            if (trained) {
                assertThat(fields(trial.get("figures")))
                        .contains(
                                "int8ValidationAccuracy",
                                "floatValidationAccuracy",
                                "ramBytes",
                                "flashBytes",
                                "latencyMicros",
                                "energyMicrojoules",
                                "macs");
            }
        }
        assertThat(complete).isEqualTo(SearchRuns.TRIALS);
    }

    @Test
    void jsonGoesToStandardOutputAndProgressToStandardError() throws Exception {
        assertThat(referenceOutcome.out()).isEqualTo(Files.readString(reference.resolve("summary.json")));
        assertThat(referenceOutcome.err())
                .containsPattern("trial \\d+: int8 validation accuracy \\d+\\.\\d\\d %, the best so far \\(1 trained")
                .containsPattern("training the network of trial \\d+ on all but the test part");
        assertThat(referenceOutcome.err().lines().filter(line -> line.startsWith("trial ")))
                .hasSize(SearchRuns.TRIALS);
    }

    @Test
    void withoutCompilersThereIsAModelALibraryAndAHint() throws Exception {
        JsonNode summary = SearchRuns.summary(reference);
        assertThat(summary.at("/profile/status").asText()).isEqualTo("not run");
        assertThat(summary.at("/profile/reason").asText())
                .contains("avr-gcc")
                .endsWith("install what is missing with: tinytune doctor --install")
                .doesNotContain("\n");
        assertThat(SearchRuns.files(reference))
                .containsKeys(
                        "best.tflite",
                        "library/model.c",
                        "library/model.h",
                        "provenance.json",
                        "report.html",
                        "study.db",
                        "summary.json");
        assertThat(ModelFiles.load(reference.resolve("best.tflite")).metadata().labels())
                .hasSize(10);
    }

    @Tag("slow")
    @Test
    void theNumberOfThreadsChangesNoByteAndQuietIsQuiet() throws Exception {
        Path out = folder.resolve("out");
        Outcome outcome = search.run(out, "--threads", "2", "--json", "--quiet");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo(referenceOutcome.out());
        assertSameResult(out);
    }

    private static void assertSameResult(Path out) throws Exception {
        assertThat(SearchRuns.model(out)).isEqualTo(SearchRuns.model(reference));
        assertThat(SearchRuns.trials(out)).isEqualTo(SearchRuns.trials(reference));
        assertThat(Files.readString(out.resolve("summary.json")))
                .isEqualTo(Files.readString(reference.resolve("summary.json")));
        assertThat(Files.readString(out.resolve("library/model.c")))
                .isEqualTo(Files.readString(reference.resolve("library/model.c")));
    }

    @Tag("slow")
    @Test
    void neitherTheJvmNorTheLocaleChangesAByte() throws Exception {
        Path out = folder.resolve("out");
        List<String> options = new ArrayList<>(Program.VECTORS);
        options.addAll(List.of("-Duser.language=de", "-Duser.country=DE"));
        Outcome outcome = search.runIn(options, out);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Pareto front", "int8 test accuracy", "profile", out.toString());
        assertSameResult(out);
    }

    @Tag("slow")
    @Test
    void anotherSeedGivesAnotherModel() throws Exception {
        Path out = folder.resolve("out");
        search.complete(out, "--seed", "2", "--trials", "1");

        assertThat(SearchRuns.model(out)).isNotEqualTo(SearchRuns.model(reference));
        assertThat(SearchRuns.trials(out).get(0).parameters())
                .isNotEqualTo(SearchRuns.trials(reference).get(0).parameters());
    }

    @Tag("slow")
    @Test
    void resultsAreReplacedOnlyByForce() throws Exception {
        Path out = folder.resolve("out");
        Files.createDirectories(out.resolve("library"));
        Files.writeString(out.resolve("library/old.c"), "old");
        Files.writeString(out.resolve("best.tflite"), "old");
        Files.writeString(out.resolve("notes.txt"), "mine");
        assertRefused(search.run(out), ExitCode.USAGE, "exists already, and holds no study .give another --out");
        assertThat(SearchRuns.files(out)).containsOnlyKeys("best.tflite", "library/old.c", "notes.txt");

        assertRefused(search.run(out, "--force"), ExitCode.USAGE, "holds no study, so that --force does not replace");
        assertThat(SearchRuns.files(out)).containsOnlyKeys("best.tflite", "library/old.c", "notes.txt");

        Files.copy(reference.resolve("study.db"), out.resolve("study.db"));
        assertRefused(search.run(out), ExitCode.USAGE, "exists already .*--resume.*--force.*another --out");
        search.complete(out, "--force", "--trials", "1");
        assertThat(out.resolve("notes.txt")).hasContent("mine");
        assertThat(out.resolve("library/old.c")).doesNotExist();
        assertThat(ModelFiles.load(out.resolve("best.tflite")).output().shape().elements())
                .isEqualTo(10);
    }

    @Tag("slow")
    @Test
    void evaluationOnOtherSamplesThanTheTestPartSaysSo() throws Exception {
        String model = reference.resolve("best.tflite").toString();
        String note = "the model was trained on some of them";
        assertThat(search.program("evaluate", model, "--seed", "1").err()).doesNotContain(note);
        assertThat(search.program("evaluate", model, "--seed", "5").err()).contains(note);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"arduino-uno", "qemu-mps2-an386"})
    void withCompilersAndEmulatorsTheModelIsProfiled(String id) throws Exception {
        InstalledTools.assumeEmulatorOf(Boards.byId(id));
        Path out = folder.resolve("out");
        Outcome outcome = Program.run(
                "search",
                "--data",
                search.data().toString(),
                "--board",
                id,
                "--trials",
                "1",
                "--max-ram",
                "2KB",
                "--max-flash",
                "32KB",
                "--out",
                out.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonNode summary = SearchRuns.summary(out);
        assertThat(summary.at("/profile/status").asText()).isEqualTo("ok");
        assertThat(summary.at("/profile/differingBytes").asInt(-1)).isZero();
        assertThat(summary.at("/profile/inferences").asInt())
                .isEqualTo(summary.at("/dataset/testSamples").asInt());
        assertThat(summary.at("/best/latencyMicros")).isEqualTo(summary.at("/profile/latencyMicros"));
        assertThat(summary.at("/profile/ramBytes").asLong())
                .isLessThanOrEqualTo(summary.at("/best/ramBytes").asLong());
    }

    /** What a user may get wrong; DATA is the data set, and OUT a folder that is not there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --board nano                      | 2 | unknown board 'nano' \\(known: arduino-uno, .*tinytune boards
            --trials 0                        | 2 | --trials 0 is not 1 or more
            --threads 0                       | 2 | --threads 0 is not 1 or more
            --time-limit soon                 | 2 | 'soon' is not a time such as 20ms, 90s or 5m
            --sampler tea-leaves              | 2 | '--sampler'.* 'tea-leaves'
            --resume                          | 2 | holds no study to resume \\(leave out --resume
            --max-ram 10                      | 4 | no network fits arduino-uno with 10 B of RAM .*is over by \\d+ B of RAM
            --max-flash 2KB                   | 4 | no network fits arduino-uno .* is over by \\d+ B of flash
            --data no/such/folder             | 3 | no/such/folder does not exist
            """)
    void mistakesGetOneLineAndLeaveNothingBehind(String options, int exitCode, String line) throws Exception {
        Path out = folder.resolve("out");
        Outcome outcome = search.run(out, options.split(" ", -1));

        assertThat(outcome.err())
                .startsWith("tinytune: ")
                .containsOnlyOnce("\n")
                .containsPattern(line);
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
        assertThat(outcome.out()).isEmpty();
        assertThat(out).doesNotExist();
    }

    /** Data that is wrong: contents of files by name, then what is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            empty.csv:                                           | empty.csv
            bad.csv:a,label;1,x;2,x;3,x;4,y;5,y;six,y            | bad.csv.* 7.*'six'
            few.csv:a,label;1,x;2,x;3,x;4,x;5,y                  | label 'y' of .* has 1 sample
            """)
    void dataThatIsWrongIsNamedAndNothingIsTouched(String file, String line) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        int colon = file.indexOf(':');
        Files.writeString(
                data.resolve(file.substring(0, colon)),
                file.substring(colon + 1).replace(';', '\n'));
        assertDataRefused(data, line);
    }

    /** Not even results that are to be replaced are removed for data that cannot be searched on. */
    private void assertDataRefused(Path data, String line) throws Exception {
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(out.resolve("best.tflite"), "old");

        assertRefused(search.run(out, "--data", data.toString(), "--force"), ExitCode.INVALID_INPUT, line);
        assertThat(SearchRuns.files(out)).containsOnlyKeys("best.tflite");
    }

    @Test
    void imagesOfTwoSizesAreNoDataSet() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.write(data.resolve("train-images-idx3-ubyte"), idx(12, 4, 4));
        Files.write(data.resolve("train-labels-idx1-ubyte"), idx(12));
        Files.write(data.resolve("t10k-images-idx3-ubyte"), idx(6, 4, 5));
        Files.write(data.resolve("t10k-labels-idx1-ubyte"), idx(6));
        assertDataRefused(data, "t10k-images-idx3-ubyte holds images of \\[4, 5\\].*\\[4, 4\\]: .*of one size");
    }

    @Test
    void imagesAndLabelsOfDifferentCountsDoNotBelongTogether() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.write(data.resolve("train-images-idx3-ubyte"), idx(12, 4, 4));
        Files.write(data.resolve("train-labels-idx1-ubyte"), idx(11));
        assertDataRefused(data, "holds 12 images, but train-labels-idx1-ubyte 11 labels");
    }

    /** An IDX file of bytes that count from 0 to 2. */
    private static byte[] idx(int... extents) {
        List<Integer> bytes = new ArrayList<>(List.of(0, 0, 8, extents.length));
        int count = 1;
        for (int extent : extents) {
            bytes.addAll(List.of(0, 0, 0, extent));
            count *= extent;
        }
        for (int i = 0; i < count; i++) {
            bytes.add(i % 3);
        }
        byte[] file = new byte[bytes.size()];
        for (int i = 0; i < file.length; i++) {
            file[i] = bytes.get(i).byteValue();
        }
        return file;
    }

    @Test
    void resultsNeedAFolderThatCanBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertRefused(search.run(file), ExitCode.USAGE, "file is a file, not a folder \\(give another --out\\)");
        assertThat(file).hasContent("mine");

        assertRefused(
                search.run(file.resolve("out")),
                ExitCode.USAGE,
                "out cannot be made, nor written to: .+ \\(give another --out");
    }
}
