package org.tinytune.core.tool;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * One finished run of an external program.
 *
 * @param exitStatus what the program answered
 * @param output its standard output
 * @param errors its standard error
 */
public record ToolRun(int exitStatus, String output, String errors) {

    private static final ProcessBuilder.Redirect NO_INPUT = ProcessBuilder.Redirect.from(new File("/dev/null"));

    /** Whether the program says that it did its work. */
    public boolean succeeded() {
        return exitStatus == 0;
    }

    /**
     * Runs a program to its end, in the C locale and without input.
     *
     * @param command program and arguments
     * @param folder its working folder
     * @param timeout after which it is ended
     * @throws TinytuneException with {@link ExitCode#TOOL_MISSING} if it cannot be started or does not end in time,
     *     with {@link ExitCode#INTERRUPTED} if this thread is interrupted
     */
    public static ToolRun of(List<String> command, Path folder, Duration timeout) {
        Path output = null;
        Path errors = null;
        try {
            output = Files.createTempFile("tinytune-", ".out");
            errors = Files.createTempFile("tinytune-", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(NO_INPUT)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().put("LC_ALL", "C");
            int exitStatus = await(start(builder), command, timeout);
            return new ToolRun(exitStatus, text(output), text(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(output);
            delete(errors);
        }
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new TinytuneException(
                    ExitCode.TOOL_MISSING,
                    builder.command().get(0) + " cannot be started: " + e.getMessage() + " (see `tinytune doctor`)",
                    e);
        }
    }

    private static int await(Process process, List<String> command, Duration timeout) {
        try {
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new TinytuneException(
                    ExitCode.TOOL_MISSING,
                    command.get(0) + " did not end within " + timeout.toSeconds() + " s (try it by hand: "
                            + String.join(" ", command) + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TinytuneException(ExitCode.INTERRUPTED, command.get(0) + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static void delete(Path file) {
        if (file != null) {
            file.toFile().delete();
        }
    }
}
