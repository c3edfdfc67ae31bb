package org.tinytune.test.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tinytune.nas.Digests;
import org.tinytune.test.Processes;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.test.Repository;

/** The program {@code examples/anomaly/BearingData.java}. */
final class BearingProgram {
    private static final Path SOURCE = Repository.ROOT.resolve("examples/anomaly/BearingData.java");
    private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");

    private BearingProgram() {}

    /** Runs the source, as a user does. */
    static Outcome runSource(String... arguments) throws IOException, InterruptedException {
        return java(List.of(SOURCE.toString()), arguments);
    }

    /** Compiles it, so that {@link #run} need not do so every time. */
    static void compile(Path classes) throws IOException, InterruptedException {
        Outcome outcome = Processes.run(
                Path.of("."),
                System.getenv(),
                List.of(JDK.resolve("javac").toString(), "-proc:none", "-d", classes.toString(), SOURCE.toString()));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    /** Runs what was compiled. */
    static Outcome run(Path classes, String... arguments) throws IOException, InterruptedException {
        return java(List.of("-cp", classes.toString(), "BearingData"), arguments);
    }

    private static Outcome java(List<String> program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JDK.resolve("java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(program);
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return Processes.run(Path.of("."), environment, command);
    }

    /** The SHA-256 of every file below a folder by its name. */
    static SortedMap<String, String> digests(Path folder) throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                digests.put(folder.relativize(file).toString(), Digests.sha256(Files.readAllBytes(file)));
            }
        }
        return digests;
    }
}
