package org.tinytune.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end, or starts them, with nothing of this environment but what a test hands over. */
public final class Processes {
    private static final long SECONDS = 120;

    /** Undoes what a process inherits whose starter ignores signals, as nohup and shells in the background do. */
    private static final List<String> WITH_SIGNALS = List.of("/usr/bin/env", "--default-signal=HUP,INT,TERM");

    private Processes() {}

    /**
     * A program that has ended.
     *
     * @param exitCode its exit code
     * @param out all of standard output
     * @param err all of standard error
     */
    public record Outcome(int exitCode, String out, String err) {}

    /** A program that may still run. */
    public record Started(Process process, Path out, Path err) {
        /** Waits for its end. */
        public Outcome end() throws IOException, InterruptedException {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + SECONDS + " s; so far: " + Files.readString(err));
            }
            Outcome outcome = new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return outcome;
        }

        /**
         * Sends a signal.
         *
         * @param name such as INT
         */
        public void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    /** Runs {@code command} in {@code folder} with exactly {@code environment}. */
    public static Outcome run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        return start(folder, environment, command).end();
    }

    /** Starts {@code command} in {@code folder} with exactly {@code environment}. */
    public static Started start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        Path out = Files.createTempFile("out", null);
        Path err = Files.createTempFile("err", null);
        List<String> withSignals = new ArrayList<>(WITH_SIGNALS);
        withSignals.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(withSignals)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, err);
    }
}
