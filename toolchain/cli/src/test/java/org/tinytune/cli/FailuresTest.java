package org.tinytune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

class FailuresTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new TinytuneException(ExitCode.DEVICE_NOT_FOUND, "/dev/ttyACM0:\n  silent"),
                        ExitCode.DEVICE_NOT_FOUND,
                        "tinytune: /dev/ttyACM0: silent\n"),
                Arguments.of(
                        new UncheckedIOException(new NoSuchFileException("data/a.csv")),
                        ExitCode.INVALID_INPUT,
                        "tinytune: data/a.csv: no such file or folder\n"),
                Arguments.of(
                        new AccessDeniedException("data"),
                        ExitCode.INVALID_INPUT,
                        "tinytune: data: permission denied\n"),
                Arguments.of(
                        new FileSystemException("out/best.tflite", null, "No space left on device"),
                        ExitCode.INVALID_INPUT,
                        "tinytune: out/best.tflite: No space left on device (make room and run it again)\n"),
                Arguments.of(
                        new IOException("No space left on device"),
                        ExitCode.INVALID_INPUT,
                        "tinytune: No space left on device (make room and run it again)\n"),
                Arguments.of(new IOException("cut off"), ExitCode.INVALID_INPUT, "tinytune: cut off\n"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatTheUserCanMendIsOneLineWithItsExitCode(Exception failure, ExitCode exitCode, String line) {
        assertThat(report(failure, false)).isEqualTo(exitCode.code());
        assertThat(printed()).isEqualTo(line);
    }

    @Test
    void anythingElseIsABugWithItsPlace() {
        assertThat(report(new IllegalStateException("no arena"), false)).isEqualTo(ExitCode.BUG.code());
        assertThat(printed())
                .matches("tinytune: bug: java.lang.IllegalStateException: no arena at FailuresTest.java:\\d+"
                        + " \\(run again with --stacktrace and report what it shows\\)\n");
    }

    @Test
    void runningOutOfMemorySaysHowToGiveMore() {
        assertThat(report(new OutOfMemoryError("heap"), false)).isEqualTo(ExitCode.BUG.code());
        assertThat(printed()).containsOnlyOnce("\n").contains("JAVA_OPTS=-Xmx");
    }

    @Test
    void theStackTraceHasTheCauses() {
        report(new TinytuneException(ExitCode.INVALID_INPUT, "bad", new IOException("the cause")), true);
        assertThat(printed()).startsWith("tinytune: bad\n").contains("\tat ").contains("Caused by: ");
    }

    private int report(Throwable failure, boolean stacktrace) {
        return new Failures(new PrintStream(err, true, StandardCharsets.UTF_8), () -> stacktrace).report(failure);
    }

    private String printed() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
