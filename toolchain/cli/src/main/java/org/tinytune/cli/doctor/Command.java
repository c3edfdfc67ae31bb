package org.tinytune.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of this machine to its end and keeps what it prints. */
final class Command {
    /** Enough for any program to print its version. */
    static final int PROBE_SECONDS = 20;

    /** The exit code of a program that cannot be started or does not end in time. */
    static final int FAILED = -1;

    private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C", "DEBIAN_FRONTEND", "noninteractive");

    /**
     * How a program ended.
     *
     * @param exitCode its own, or {@link #FAILED}
     * @param output standard output and error as they came
     */
    record Result(int exitCode, String output) {}

    private Command() {}

    /**
     * Runs a program without input.
     *
     * @param seconds after which it is stopped
     * @param command the program and its arguments
     */
    static Result run(int seconds, List<String> command) {
        Path output = null;
        try {
            output = Files.createTempFile("tinytune-", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile());
            builder.environment().putAll(ENVIRONMENT);
            Process process = builder.start();
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(output, StandardCharsets.ISO_8859_1);
            return new Result(ended ? process.exitValue() : FAILED, text);
        } catch (IOException e) {
            return new Result(FAILED, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(FAILED, "interrupted");
        } finally {
            if (output != null) {
                output.toFile().delete();
            }
        }
    }
}
