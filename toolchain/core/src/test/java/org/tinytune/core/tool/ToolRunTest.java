package org.tinytune.core.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

class ToolRunTest {
    private static final Path HERE = Path.of(".");

    @Test
    void keepsOutputErrorsAndStatusApart() {
        ToolRun run = ToolRun.of(List.of("sh", "-c", "echo out; echo err >&2; exit 3"), HERE, Duration.ofSeconds(10));

        assertThat(run).isEqualTo(new ToolRun(3, "out\n", "err\n"));
        assertThat(run.succeeded()).isFalse();
    }

    @Test
    void endsAProgramThatTakesTooLong() {
        assertThatThrownBy(() -> ToolRun.of(List.of("sleep", "60"), HERE, Duration.ofMillis(50)))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.TOOL_MISSING))
                .hasMessageContaining("sleep did not end");
    }

    @Test
    void aMissingToolIsNamedWithTheCommandThatInstallsIt() {
        Tool missing = Tool.command("no-such-gcc", "to build nothing", "gcc-none", "none-libc");

        assertThat(missing.find()).isEmpty();
        assertThatThrownBy(missing::require)
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.TOOL_MISSING))
                .hasMessage("no-such-gcc is not installed (needed to build nothing): "
                        + "sudo apt-get install gcc-none none-libc");
    }

    @Test
    void findsACommandOnThePathAndAFileInOneOfItsPlaces() {
        Tool shell = Tool.command("sh", "to run scripts", "dash");

        assertThat(shell.find()).isPresent();
        assertThat(Tool.file("root", "to stand on", "base-files", "/no/such/folder", "/")
                        .find())
                .contains(Path.of("/"));
    }
}
