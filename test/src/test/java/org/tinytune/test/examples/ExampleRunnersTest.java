package org.tinytune.test.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.test.Processes;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.test.Repository;

/** The runners in {@code test/bench} ask for what their pages say, and keep what they are told; a stand-in answers. */
class ExampleRunnersTest {
    private static final String HEADER = "limits,testPart,seed,testSamples,floatTestAccuracy,int8TestAccuracy,ramBytes,"
            + "flashBytes,latencyMicros,boardSamples,differingBytes,seconds";

    @TempDir
    private Path root;

    private Path data;

    @BeforeEach
    void makeProject() throws IOException {
        Path bench = Files.createDirectories(root.resolve("test/bench"));
        for (String name : List.of("common", "keywords", "gestures")) {
            Path copy = Files.copy(Repository.ROOT.resolve("test/bench").resolve(name), bench.resolve(name));
            assertThat(copy.toFile().setExecutable(true)).isTrue();
        }
        Path launcher = root.resolve("tinytune");
        try (InputStream standIn = ExampleRunnersTest.class.getResourceAsStream("/examples/tinytune")) {
            Files.copy(standIn, launcher);
        }
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        data = Files.createDirectory(root.resolve("my data"));
    }

    private Outcome run(String runner, Path of, String profileExit) throws Exception {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PROFILE_EXIT", profileExit);
        environment.put("TRIALS", "7");
        return Processes.run(
                root,
                environment,
                List.of(root.resolve("test/bench").resolve(runner).toString(), of.toString()));
    }

    private List<String> results(String example) throws IOException {
        return Files.readAllLines(root.resolve("examples").resolve(example).resolve("expected/results.csv"));
    }

    @Test
    void everySpeakerIsLeftOutOnce() throws Exception {
        for (String name : List.of("0_ann_0.wav", "1_ann_0.wav", "0_bob_0.wav")) {
            Files.createFile(data.resolve(name));
        }

        Outcome outcome = run("keywords", data, "0");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        List<String> results = results("keywords");
        assertThat(results).hasSize(1 + 3 + 2).first().isEqualTo(HEADER);
        assertThat(results.get(1))
                .matches("--max-ram 32KB --max-flash 64KB,index 0 to 4,1,250,0.96,0.948,5000,20000,123.5,250,2,\\d+");
        assertThat(results.get(5)).startsWith("--max-ram 32KB --max-flash 64KB,bob,1,");
        assertThat(Files.readAllLines(root.resolve("asked")))
                .filteredOn(line -> line.startsWith("search"))
                .allMatch(line -> line.contains(" --trials 7 ") && line.contains(" --data " + data + " "))
                .satisfies(lines -> assertThat(lines.get(0))
                        .contains("--max-ram 32KB --max-flash 64KB")
                        .endsWith("--test-part index < 5"))
                .satisfies(lines -> assertThat(lines.get(3)).endsWith("--split group:ann"))
                .satisfies(lines -> assertThat(lines.get(4)).endsWith("--split group:bob"));
    }

    /** Bytes that differ are a result; a board that does not run is none. */
    @Test
    void whatDiffersIsKeptAndWhatFailsIsNot() throws Exception {
        assertThat(run("gestures", data, "7").exitCode()).isZero();
        assertThat(results("gestures")).hasSize(1 + 5);
        List<String> before = results("gestures");

        assertThat(run("gestures", data, "8").exitCode()).isEqualTo(8);
        assertThat(results("gestures")).isEqualTo(before);
    }
}
