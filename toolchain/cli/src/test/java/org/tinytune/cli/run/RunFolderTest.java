package org.tinytune.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.cli.run.RunFolder.Kind;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

class RunFolderTest {
    private static final Kind KIND =
            new Kind("now.bin", List.of("first.bin"), "checkpoint", List.of("result"), Files::deleteIfExists, true);

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
        Files.createFile(temporary.resolve("out/result"));
        try (RunFolder run = prepare(false, true)) {
            assertThat(run.isContinuable()).isFalse();
        }
        assertThat(temporary.resolve("out").toFile().list()).containsExactly("now.bin.lock");
    }
}
