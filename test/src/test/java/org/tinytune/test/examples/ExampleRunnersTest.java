package org.tinytune.test.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        for (String name : List.of("common", "keywords", "gestures", "fashion", "anomaly")) {
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
        return run(Map.of("PROFILE_EXIT", profileExit, "TRIALS", "7"), runner, of.toString());
    }

    private Outcome run(Map<String, String> variables, String runner, String... arguments) throws Exception {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(variables);
        List<String> command = new ArrayList<>(
                List.of(root.resolve("test/bench").resolve(runner).toString()));
        command.addAll(List.of(arguments));
        return Processes.run(root, environment, command);
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(root.resolve("asked"));
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
        String budget = "--max-ram 32KB --max-flash 64KB --max-latency 1s";
        List<String> results = results("keywords");
        assertThat(results).hasSize(1 + 1 + 2).first().isEqualTo(HEADER);
        assertThat(results.get(1)).matches(budget + ",index 0 to 4,1,250,0.96,0.948,5000,20000,123.5,250,2,\\d+");
        assertThat(results.get(3)).startsWith(budget + ",left out: bob,1,");
        assertThat(asked())
                .filteredOn(line -> line.startsWith("search"))
                .allMatch(line -> line.contains(" --trials 7 ") && line.contains(" --data " + data + " "))
                .satisfies(lines -> assertThat(lines.get(0)).contains(budget).endsWith("--test-part index < 5"))
                .satisfies(lines -> assertThat(lines.get(1)).endsWith("--split group:ann"))
                .satisfies(lines -> assertThat(lines.get(2)).endsWith("--split group:bob"));
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

    @Test
    void declaredNetworksAreTrainedAndTunedWithinLimits() throws Exception {
        Outcome outcome = run(Map.of("SAMPLES", "30"), "fashion", data.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        List<String> results = results("fashion");
        assertThat(results).hasSize(1 + 2).first().isEqualTo(HEADER);
        assertThat(results.get(1))
                .matches(
                        "--max-ram 16KB --max-flash 32KB,its own: `small.toml`,1,960,0.91,0.9,432,8765,297.6,250,2,\\d+");
        assertThat(results.get(2)).startsWith("--max-ram 64KB --max-flash 64KB,its own: `medium.toml`,1,");
        List<String> asked = asked();
        assertThat(asked).hasSize(1 + 2 * 3);
        assertThat(asked.get(1))
                .startsWith("train --model examples/fashion/small.toml --seed 1 ")
                .endsWith(" --data " + data);
        assertThat(asked.get(2)).matches("tune-kernels .*/run/model.tflite .* --max-ram 16KB --max-flash 32KB .*");
        assertThat(asked.get(3)).matches("profile .*/run/tuned.tflite .* --samples 30 --json");
    }

    @Test
    void aNetworkThatDoesNotFitIsNoResult() throws Exception {
        Outcome outcome = run(Map.of("TUNE_EXIT", "4"), "fashion", data.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("it does not fit");
        assertThat(root.resolve("examples")).doesNotExist();
    }

    /** Of all metrics and their intervals, those that the table has. */
    @Test
    void anomaliesAreToldByTheirOwnMetrics() throws Exception {
        Path java = Files.createDirectory(root.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"java $*\" >>asked\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        Outcome outcome = run(Map.of("PATH", java.getParent() + ":" + System.getenv("PATH")), "anomaly");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        List<String> results = results("anomaly");
        assertThat(results).hasSize(1 + 5);
        assertThat(results.get(0))
                .isEqualTo("seed,testSamples,floatAuc,int8Auc,int8AucLow,int8AucHigh,int8Recall,int8Specificity,"
                        + "ramBytes,flashBytes,latencyMicros,boardSamples,differingBytes,seconds");
        assertThat(results.get(5)).matches("5,960,0.9625,0.9375,0.925,0.95,0.875,0.985,432,8765,297.6,250,2,\\d+");
        assertThat(asked())
                .anyMatch(line -> line.matches("java examples/anomaly/BearingData.java .*/data"))
                .filteredOn(line -> line.startsWith("train"))
                .hasSize(5)
                .allMatch(line -> line.contains(" --model examples/anomaly/model.toml --seed "));
    }
}
