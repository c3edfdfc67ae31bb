package org.tinytune.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.cli.run.RunFolder.Kind;
import org.tinytune.cli.run.RunFolder.Replacement;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

class RunFolderTest {
    private static final Kind KIND = kind(Replacement.WHEN_THERE_IS_BETTER);

    private static Kind kind(Replacement replacement) {
        return new Kind(
                "now.bin",
                List.of("first.bin"),
                "checkpoint",
                List.of("result", "summary"),
                Files::deleteIfExists,
                replacement,
                true);
    }

    @TempDir
    private Path temporary;

    private RunFolder prepare(boolean resume, boolean force) {
        return RunFolder.prepare(temporary.resolve("out"), KIND, resume, force);
    }

    private void assertRefused(boolean resume, boolean force, String message) {
        assertThatThrownBy(() -> prepare(resume, force))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((TinytuneException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void oneRunAtATimeMayWriteThere() {
        try (RunFolder held = prepare(false, false)) {
            assertThat(held.folder()).isDirectory();
            assertRefused(
                    false, false, "out: another run is writing there (wait for it, stop it, or give another --out)");
        }
        prepare(false, false).close();
    }

    @Test
    void whatAKilledRunWasWritingIsRemoved() throws IOException {
        finish();
        Path out = temporary.resolve("out");
        for (String name : List.of(".now.bin.99.part", ".result.7.part", ".result.7.old.part", ".thesis.txt.99.part")) {
            Files.createFile(out.resolve(name));
        }
        prepare(true, false).close();
        assertThat(files())
                .containsExactlyInAnyOrder(
                        "now.bin", "first.bin", "result", "summary", "now.bin.lock", ".thesis.txt.99.part");
    }

    @Test
    void whatIsNoRunIsLeftToItsOwner() throws IOException {
        Files.createFile(Files.createDirectory(temporary.resolve("out")).resolve("thesis.txt"));
        assertRefused(false, false, "out exists already, and holds no checkpoint (give another --out, or empty it");
        assertThatThrownBy(() -> RunFolder.prepare(Path.of(""), KIND, false, false))
                .hasMessage("--out is empty: give the name of a folder");
    }

    @Test
    void saysWhyItCannotBeMade() throws IOException {
        Files.createFile(temporary.resolve("file"));
        assertThatThrownBy(() -> RunFolder.prepare(temporary.resolve("file/out"), KIND, false, false))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageMatching(".*out cannot be made, nor written to: .+ \\(give another --out\\)");
        TinytuneException full =
                RunFolder.notWritable(Path.of("out"), new FileSystemException("out", null, "No space left on device"));
        assertThat(full).hasMessage("out: No space left on device (make room and run it again, or give another --out)");
        assertThat(full.exitCode()).isEqualTo(ExitCode.INVALID_INPUT);
    }

    /** A lock file alone is what a run leaves that died before its first epoch. */
    @Test
    void aLockFileWithoutAHolderIsNoObstacle() throws IOException {
        Files.createFile(Files.createDirectory(temporary.resolve("out")).resolve("now.bin.lock"));
        prepare(false, false).close();
    }

    @Test
    void aRunIsContinuedFromItsRecordOrAForerunner() throws IOException {
        assertRefused(true, false, "holds no checkpoint to resume");
        prepare(false, false).close();
        Files.createFile(temporary.resolve("out/first.bin"));
        assertRefused(false, false, "exists already");
        try (RunFolder run = prepare(true, false)) {
            assertThat(run.isContinuable()).isTrue();
        }
    }

    /** All that a finished run leaves. */
    private void finish() throws IOException {
        Path out = Files.createDirectories(temporary.resolve("out"));
        for (String name : List.of("now.bin", "first.bin", "result", "summary")) {
            Files.writeString(out.resolve(name), "old");
        }
    }

    private String[] files() {
        return temporary.resolve("out").toFile().list();
    }

    @Test
    void aRunThatIsReplacedAtOnceIsGoneBeforeTheNextOne() throws IOException {
        finish();
        try (RunFolder run = RunFolder.prepare(temporary.resolve("out"), kind(Replacement.AT_ONCE), false, true)) {
            assertThat(run.isContinuable()).isFalse();
        }
        assertThat(files()).containsExactly("now.bin.lock");
    }

    /** A run that fails before there is anything to go on with has taken nothing away. */
    @Test
    void aRunIsReplacedOnlyByWhatIsThere() throws IOException {
        finish();
        try (RunFolder run = prepare(false, true)) {
            assertThat(run.isContinuable()).isFalse();
            assertThat(files()).containsExactlyInAnyOrder("now.bin", "first.bin", "result", "summary", "now.bin.lock");

            run.write("now.bin", "new");
            run.begun("now.bin");
            assertThat(run.isContinuable()).isTrue();
            assertThat(files()).containsExactlyInAnyOrder("now.bin", "result", "summary", "now.bin.lock");
            assertThat(temporary.resolve("out/result")).hasContent("old");
        }
    }

    @Test
    void theRecordsOfARunAreItsOwn() throws IOException {
        finish();
        try (RunFolder run = prepare(false, true)) {
            run.write("first.bin", "new");
            run.begun("first.bin");
            assertThat(files()).doesNotContain("now.bin");
            run.write("now.bin", "new");
            run.begun("now.bin");
            assertThat(temporary.resolve("out/first.bin")).hasContent("new");
        }
    }

    /** As on a disk that fills up with the last of them. */
    @Test
    void resultsStayUntilAllNewOnesAreWhole() throws IOException {
        finish();
        Path summary = temporary.resolve("out/summary");
        Files.delete(summary);
        Files.createDirectory(summary);
        try (RunFolder run = prepare(true, false)) {
            assertThatThrownBy(() -> run.replace(results()))
                    .isInstanceOfSatisfying(
                            TinytuneException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT))
                    .hasMessage(summary + ": is a folder (mend that and continue with --resume)");
            assertThat(temporary.resolve("out/result")).hasContent("old");
            Files.delete(summary);
            run.replace(results());
        }
        assertThat(temporary.resolve("out/result")).hasContent("new");
        assertThat(summary).hasContent("new");
    }

    private static Map<String, byte[]> results() {
        Map<String, byte[]> results = new LinkedHashMap<>();
        for (String name : List.of("result", "summary")) {
            results.put(name, "new".getBytes(StandardCharsets.UTF_8));
        }
        return results;
    }
}
