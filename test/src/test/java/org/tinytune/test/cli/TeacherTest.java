package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.test.cli.SearchRuns.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.ExitCode;
import org.tinytune.nas.Digests;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.test.Processes.Started;

/** Trainings with a teacher, trainings that are made again, and two of them in one folder. */
@Timeout(300)
class TeacherTest {
    private static final List<String> JVM = List.of("-Dtinytune.vector=plain");

    private static final String STUDENT = """
            [model]
            name = "student"
            [[layer]]
            type = "flatten"
            [[layer]]
            type = "dense"
            [train]
            epochs = 60
            batch_size = 16
            learning_rate = 0.02
            [train.qat]
            epochs = 3
            """;

    private static final String TEACHER = """
            [[layer]]
            type = "conv2d"
            filters = 8
            kernel = 3
            batch_norm = true
            activation = "relu"
            [[layer]]
            type = "flatten"
            [[layer]]
            type = "dense"
            [train]
            epochs = 30
            batch_size = 16
            learning_rate = 0.01
            """;

    @TempDir
    private static Path shared;

    private static Path data;
    private static Path taught;
    private static Path reference;
    private static Outcome trained;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trainOnce() throws Exception {
        data = shared.resolve("digits");
        SearchRuns.writeDigits(data, 300);
        Files.copy(CentroidModel.DIGITS.resolve("dataset.toml"), data.resolve("dataset.toml"));
        Files.writeString(shared.resolve("teacher.toml"), TEACHER);
        taught = Files.writeString(
                shared.resolve("taught.toml"),
                STUDENT + "[train.teacher]\nmodel = 'teacher.toml'\nweight = 0.7\ntemperature = 3\n");
        reference = shared.resolve("reference");
        trained = start(taught, reference, "--json").end();
        assertThat(trained.exitCode()).as(trained.err()).isZero();
    }

    private static Started start(Path model, Path out, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("train", "--data", data.toString(), "--model", model.toString(), "--out", out.toString()));
        arguments.addAll(List.of(options));
        return Program.start(Program.environment(), JVM, arguments);
    }

    private static Outcome program(String... arguments) throws Exception {
        return Program.start(Program.environment(), JVM, List.of(arguments)).end();
    }

    @Tag("slow")
    @Test
    void aDeclaredTeacherIsTrainedFirst() throws Exception {
        assertThat(trained.err())
                .containsPattern("(?m)^teacher: epoch 1 of 30 in float: loss ")
                .containsPattern("(?m)^teacher: epoch 30 of 30 in float: [^$]*\\nepoch 1 of 60 in float: ")
                .doesNotContain("teacher: epoch 1 of 3 in integers");
        assertThat(SearchRuns.files(reference))
                .containsOnlyKeys(
                        "model.tflite",
                        "summary.json",
                        "provenance.json",
                        "report.html",
                        "checkpoint.bin",
                        "checkpoint.bin.lock",
                        "teacher.checkpoint.bin");
        JsonNode summary = new ObjectMapper().readTree(trained.out());
        assertThat(summary.at("/teacher/file").asText()).endsWith("teacher.toml");
        assertThat(summary.at("/teacher/floatTestAccuracy").asDouble()).isBetween(0.8, 1.0);
        Path alone = folder.resolve("alone");
        Path untaught = Files.writeString(folder.resolve("student.toml"), STUDENT);
        assertThat(start(untaught, alone, "--quiet").end().exitCode()).isZero();
        assertThat(SearchRuns.files(alone).get("model.tflite"))
                .isNotEqualTo(SearchRuns.files(reference).get("model.tflite"));
    }

    /** Killed while the teacher is trained, or its student: the same bytes come of it. */
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"teacher: epoch, 3, teacher: resuming after epoch", "of 60 in float, 3, resuming after epoch"})
    void killedItEndsWithTheSameBytes(String line, int count, String resumed) throws Exception {
        Path out = folder.resolve("out");
        Started started = start(taught, out);
        SearchRuns.await(started, line, count);
        started.signal("KILL");
        started.end();
        assertThat(out.resolve("model.tflite")).doesNotExist();
        Outcome last = start(taught, out, "--resume", "--threads", "2").end();
        assertThat(last.exitCode()).as(last.err()).isZero();
        assertThat(last.err())
                .containsPattern("(?m)^" + resumed + " \\d+ ")
                .contains("teacher: resuming after ")
                .doesNotContain("teacher: epoch 1 of 30");
        assertThat(SearchRuns.files(out)).containsExactlyInAnyOrderEntriesOf(SearchRuns.files(reference));
    }

    @Test
    void aTeacherThatHasChangedIsNotGoneOnWith() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        for (String name : List.of("checkpoint.bin", "teacher.checkpoint.bin")) {
            Files.copy(reference.resolve(name), out.resolve(name));
        }
        Path other = Files.writeString(folder.resolve("taught.toml"), Files.readString(taught));
        Files.writeString(folder.resolve("teacher.toml"), TEACHER.replace("filters = 8", "filters = 4"));
        assertRefused(
                start(other, out, "--resume").end(),
                ExitCode.USAGE,
                "teacher.checkpoint.bin: the training was begun with other settings: model was");
    }

    @Test
    void whatIsWrongWithATeacherIsOneLine() throws Exception {
        Path lost = Files.writeString(folder.resolve("lost.toml"), Files.readString(taught));
        assertRefused(start(lost, folder.resolve("out")).end(), ExitCode.INVALID_INPUT, "teacher.toml: no such file");
        Files.writeString(folder.resolve("teacher.toml"), TEACHER.replace("filters = 8", "filters = 0"));
        assertRefused(
                start(lost, folder.resolve("out")).end(),
                ExitCode.INVALID_INPUT,
                "teacher.toml: layer 1 \\(conv2d\\): filters = 0");
        Files.writeString(folder.resolve("teacher.toml"), Files.readString(taught));
        assertRefused(
                start(lost, folder.resolve("out")).end(),
                ExitCode.INVALID_INPUT,
                "teacher.toml: train: teacher: a teacher cannot have a teacher of its own");
        Files.writeString(folder.resolve("teacher.toml"), TEACHER + "[train.loss]\nname = 'binary-cross-entropy'\n");
        assertRefused(
                start(lost, folder.resolve("out")).end(),
                ExitCode.INVALID_INPUT,
                "lost.toml: train: teacher: teacher.toml ends in sigmoids");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    /** Both stand in the provenance: what is declared, and by its digest what is trained already. */
    @Tag("slow")
    @Test
    void aTrainingIsMadeAgainWithItsTeacher() throws Exception {
        Path provenance = reference.resolve("provenance.json");
        Path again = folder.resolve("again.tflite");
        Outcome outcome =
                program("reproduce", provenance.toString(), "--threads", "2", "--out", again.toString(), "--json");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(Digests.sha256(Files.readAllBytes(again)))
                .isEqualTo(SearchRuns.files(reference).get("model.tflite"));
        JsonNode report = new ObjectMapper().readTree(outcome.out());
        assertThat(report.get("identical").asBoolean()).isTrue();
        assertThat(report.get("trial").isNull()).isTrue();
    }

    @Tag("slow")
    @Test
    void aTrainedTeacherIsKnownByItsDigest() throws Exception {
        Path teacher = Files.copy(reference.resolve("model.tflite"), folder.resolve("teacher.tflite"));
        Path model = Files.writeString(
                folder.resolve("model.toml"),
                STUDENT.replace("epochs = 60", "epochs = 5") + "[train.teacher]\nmodel = 'teacher.tflite'\n");
        Path out = folder.resolve("out");
        Outcome second = start(model, out, "--quiet").end();
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.err()).isEmpty();
        String made = out.resolve("provenance.json").toString();
        assertThat(program("reproduce", made).out()).contains("the same bytes");
        Files.delete(teacher);
        Files.copy(out.resolve("model.tflite"), teacher);
        assertRefused(
                program("reproduce", made),
                ExitCode.INVALID_INPUT,
                "teacher.tflite is not the teacher of this model any more: its SHA-256 is ");
    }

    /** No leakage: a teacher of another seed has been trained on some of the samples that are for testing here. */
    @Tag("slow")
    @Test
    void aTeacherThatHasSeenTestSamplesIsTold() throws Exception {
        Path model = Files.writeString(
                folder.resolve("model.toml"),
                STUDENT.replace("epochs = 60", "epochs = 1") + "[train.teacher]\nmodel = '"
                        + reference.resolve("model.tflite") + "'\n");
        Outcome outcome =
                start(model, folder.resolve("out"), "--quiet", "--seed", "2").end();
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err())
                .isEqualTo("tinytune: note: " + reference.resolve("model.tflite")
                        + " was trained with seed 1, so that it has seen some of the test samples of seed 2 (take the same"
                        + " seed)\n");
    }

    @Tag("slow")
    @Test
    void aTrainingThatIsNotMadeAgainIsTold() throws Exception {
        String provenance = Files.readString(reference.resolve("provenance.json"));
        Path edited = folder.resolve("provenance.json");
        Files.writeString(edited, provenance.replaceFirst("(\"modelSha256\" : \")....", "$10000"));
        Outcome outcome = program("reproduce", edited.toString());
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.MISMATCH.code());
        assertThat(outcome.err()).contains("is not reproduced: though the same version made both");
        assertRefused(
                program("reproduce", edited.toString(), "--search"),
                ExitCode.USAGE,
                "provenance.json is of a training, --search is for those of a search");
        Files.writeString(edited, provenance.replaceFirst("\"declaration\" : \"", "\"declaration\" : \"x"));
        assertRefused(
                program("reproduce", edited.toString()),
                ExitCode.INVALID_INPUT,
                "provenance.json: declaration: it does not hold what a file says as JSON");
        Path other = folder.resolve("other");
        SearchRuns.writeDigits(other, 50);
        assertRefused(
                program("reproduce", reference.resolve("provenance.json").toString(), "--data", other.toString()),
                ExitCode.INVALID_INPUT,
                "other is not the data of .*provenance.json: its fingerprint is ");
    }

    /** A run that is killed gives the folder back. */
    @Tag("slow")
    @Test
    void twoRunsCannotShareAFolder() throws Exception {
        Path endless =
                Files.writeString(folder.resolve("long.toml"), STUDENT.replace("epochs = 60", "epochs = 100000"));
        Path out = folder.resolve("out");
        Started first = start(endless, out);
        SearchRuns.await(first, "epoch ", 1);
        assertRefused(
                start(endless, out, "--force").end(),
                ExitCode.USAGE,
                "out: another run is writing there \\(wait for it");
        assertThat(first.process().isAlive()).isTrue();
        first.signal("KILL");
        first.end();
        Path quick = Files.writeString(folder.resolve("quick.toml"), STUDENT);
        assertThat(start(quick, out, "--force", "--quiet").end().exitCode()).isZero();
    }
}
