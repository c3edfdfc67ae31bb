package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tinytune.core.ExitCode;
import org.tinytune.nas.Digests;
import org.tinytune.search.storage.SqliteStorage;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.test.Processes.Started;

/**
 * {@code tinytune search} in processes of its own, on the pixels of sixty digits. They find no compiler and no emulator
 * and compile little themselves, so that they are fast, and the same on every machine.
 */
final class SearchRuns {
    static final int TRIALS = 4;

    static final int SAMPLES = 60;

    /** To start quickly, and to say nothing of slow training. */
    private static final List<String> JVM = List.of("-Dtinytune.vector=plain", "-XX:+UseSerialGC");

    /** So little that some candidates do not fit. */
    private static final String MAX_FLASH = "11KB";

    private static final long POLL_MILLIS = 5;

    private final Path data;

    /** @param data a folder to write the data to */
    SearchRuns(Path data) throws IOException {
        this.data = data;
        writeDigits(data, SAMPLES);
    }

    /** The first rows of the bundled digits, ten classes in turn. */
    static void writeDigits(Path folder, int samples) throws IOException {
        Files.createDirectories(folder);
        List<String> lines = Files.readAllLines(CentroidModel.DIGITS.resolve("digits.csv"));
        Files.write(folder.resolve("digits.csv"), lines.subList(0, samples + 1));
    }

    /** The data that is searched on. */
    Path data() {
        return data;
    }

    /**
     * Starts a search for an Uno that leaves its results in a folder, with options beside or instead of the usual ones.
     */
    Started start(Path out, String... options) throws Exception {
        return startIn(JVM, out, options);
    }

    /** The same in a JVM with options. */
    Started startIn(List<String> jvm, Path out, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("search", "--out", out.toString()));
        List<String> given = Arrays.asList(options);
        addUnlessGiven(arguments, given, "--data", data.toString());
        addUnlessGiven(arguments, given, "--board", "arduino-uno");
        addUnlessGiven(arguments, given, "--trials", Integer.toString(TRIALS));
        addUnlessGiven(arguments, given, "--max-flash", MAX_FLASH);
        arguments.addAll(given);
        return start(jvm, arguments);
    }

    /** Runs any command where a search finds neither compiler nor emulator. */
    Outcome program(String... arguments) throws Exception {
        return start(List.of(), List.of(arguments)).end();
    }

    private static Started start(List<String> jvm, List<String> arguments) throws Exception {
        Map<String, String> environment = Program.environment();
        environment.put("PATH", "/nonexistent");
        return Program.start(environment, jvm, arguments);
    }

    private static void addUnlessGiven(List<String> arguments, List<String> given, String option, String value) {
        if (!given.contains(option)) {
            arguments.addAll(List.of(option, value));
        }
    }

    /** Searches to the end. */
    Outcome run(Path out, String... options) throws Exception {
        return start(out, options).end();
    }

    /** Searches to the end in a JVM with options. */
    Outcome runIn(List<String> jvm, Path out, String... options) throws Exception {
        return startIn(jvm, out, options).end();
    }

    /** Searches to the end, which must be a good one. */
    void complete(Path out, String... options) throws Exception {
        Outcome outcome = run(out, options);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    /** Waits until a search has said so many lines that contain a text, or has ended. */
    static void await(Started search, String text, int lines) throws Exception {
        while (search.process().isAlive()
                && Files.readString(search.err())
                                .lines()
                                .filter(line -> line.contains(text))
                                .count()
                        < lines) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    static byte[] model(Path out) throws IOException {
        return Files.readAllBytes(out.resolve("best.tflite"));
    }

    static JsonNode summary(Path out) throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(out.resolve("summary.json")));
    }

    /** All trials that a study holds, which nobody is running. */
    static List<FrozenTrial> trials(Path out) {
        try (SqliteStorage storage = SqliteStorage.open(out.resolve("study.db"))) {
            return storage.trials();
        }
    }

    /** The SHA-256 of every file below a folder by its name; empty if there is no such folder. */
    static SortedMap<String, String> files(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path file : paths.filter(Files::isRegularFile).toList()) {
                    files.put(folder.relativize(file).toString(), Digests.sha256(Files.readAllBytes(file)));
                }
            }
        }
        return files;
    }

    /** It ended with one line on standard error, nothing on standard output, and the exit code of its kind. */
    static void assertRefused(Outcome outcome, ExitCode exitCode, String pattern) {
        assertThat(outcome.err())
                .startsWith("tinytune: ")
                .containsOnlyOnce("\n")
                .containsPattern(pattern);
        assertThat(outcome.exitCode()).isEqualTo(exitCode.code());
        assertThat(outcome.out()).isEmpty();
    }
}
