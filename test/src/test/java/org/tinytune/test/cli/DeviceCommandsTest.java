package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.cli.model.Provenance;
import org.tinytune.cli.output.Json;
import org.tinytune.core.ExitCode;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.mfcc.Mfcc;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.core.testing.RandomBlocks;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.core.tool.Tools;
import org.tinytune.data.reader.DataSets;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.runtimegen.CTargetCosts;
import org.tinytune.runtimegen.KernelChoice;
import org.tinytune.test.Processes;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.tflite.ModelFiles;

/** The commands that need a board, on emulated ones. */
@Timeout(300)
class DeviceCommandsTest {
    private static final String UNO = "arduino-uno";

    @TempDir
    private static Path shared;

    private static Path network;
    private static Path digits;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeModels() {
        network = shared.resolve("network.tflite");
        ModelFiles.save(smallNetwork(), network);
        digits = shared.resolve("digits.tflite");
        ModelFiles.save(CentroidModel.ofDigits(), digits);
    }

    /** A random network with both convolutions that leaves room on the smallest board. */
    private static Graph smallNetwork() {
        return LongStream.range(0, 1000)
                .mapToObj(RandomGraphs::network)
                .filter(graph -> operators(graph).containsAll(List.of("CONV_2D", "DEPTHWISE_CONV_2D")))
                .filter(graph -> Planner.plan(graph, TargetCosts.NONE, 1).arenaBytes() < 500)
                .findFirst()
                .orElseThrow();
    }

    /** The random network with most work in convolutions by pairs of products: they are worth their larger kernel. */
    private static Graph tunableNetwork() {
        return LongStream.range(0, 1000)
                .mapToObj(RandomGraphs::network)
                .filter(graph -> graph.inputs().size() == 1 && graph.outputs().size() == 1)
                .max(Comparator.comparingLong(DeviceCommandsTest::macsInPairs))
                .orElseThrow();
    }

    private static long macsInPairs(Graph graph) {
        TargetCosts costs = new CTargetCosts(CTarget.ARMV7EM);
        return graph.nodes().stream()
                .filter(node -> node.operator().name().equals("CONV_2D"))
                .filter(node -> costs.variants(graph, node).contains("pairs"))
                .mapToLong(node -> graph.cost(node).macs())
                .sum();
    }

    private static List<String> operators(Graph graph) {
        return graph.nodes().stream().map(node -> node.operator().name()).toList();
    }

    private static Outcome run(String... arguments) throws Exception {
        return Program.run(arguments);
    }

    private Processes.Started start(String... arguments) throws Exception {
        List<String> command = Program.command(List.of(), List.of(arguments));
        return Program.startJava(folder, command.subList(1, command.size()));
    }

    private static JsonNode json(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        Outcome outcome = run(all.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    private static void assertRefused(Outcome outcome, ExitCode exitCode, String line) {
        assertThat(lastLine(outcome.err())).startsWith("tinytune: ").contains(line);
        assertThat(outcome.exitCode()).isEqualTo(exitCode.code());
        assertThat(outcome.out()).isEmpty();
    }

    private static String lastLine(String text) {
        return text.lines().reduce("", (earlier, later) -> later);
    }

    @Tag("slow")
    @Test
    void keepsTheFastestKernelsWithTheModel() throws Exception {
        Board board = Boards.byId("qemu-mps2-an386");
        InstalledTools.assumeEmulatorOf(board);
        Path tunable = folder.resolve("tunable.tflite");
        ModelFiles.save(tunableNetwork(), tunable);
        Path tuned = folder.resolve("tuned.tflite");

        JsonNode report = json("tune-kernels", tunable.toString(), "--board", board.id(), "--out", tuned.toString());

        JsonNode kernels = report.get("kernels");
        assertThat(kernels.findValuesAsText("operator")).contains("CONV_2D");
        long before = report.at("/before/cycles").asLong();
        long after = report.at("/after/cycles").asLong();
        assertThat(after).isLessThanOrEqualTo(before);
        for (JsonNode kernel : kernels) {
            if (kernel.get("chosen").asBoolean()) {
                assertThat(kernel.get("extraCycles").asLong())
                        .as(kernel.toString())
                        .isLessThanOrEqualTo(0);
            }
        }
        long flash = report.at("/after/flashBytes").asLong();
        JsonNode profile = json("profile", tuned.toString(), "--board", board.id(), "--samples", "3");
        assertThat(profile.get("flashBytes").asLong()).isEqualTo(flash);
        assertThat(profile.get("differingBytes").asLong()).isZero();

        // A little less than the fastest kernels take: others are chosen, and they are slower.
        String limit = Long.toString(flash - 1);
        JsonNode small = json(
                "tune-kernels",
                tunable.toString(),
                "--board",
                board.id(),
                "--max-flash",
                limit,
                "--out",
                folder.resolve("small.tflite").toString());
        assertThat(small.at("/after/flashBytes").asLong()).isLessThan(flash);
        assertThat(small.at("/after/cycles").asLong()).isGreaterThan(after);
        assertRefused(
                run("tune-kernels", tunable.toString(), "--board", board.id(), "--max-flash", "1KB", "--out", "x"),
                ExitCode.DOES_NOT_FIT,
                "the smallest kernels leave a firmware of ");
        assertRefused(
                run("tune-kernels", tunable.toString(), "--board", board.id(), "--max-ram", "100", "--out", "x"),
                ExitCode.DOES_NOT_FIT,
                " B of RAM, the limit is 100 B: ");
    }

    @Tag("slow")
    @Test
    void aModelThatFillsTheRamRunsOnSlowerKernelsUnlessOthersWereChosenForIt() throws Exception {
        Board board = Boards.byId("qemu-microbit");
        InstalledTools.assumeEmulatorOf(board);
        Path wide = folder.resolve("wide.tflite");
        ModelFiles.save(WideConvolution.ofMicrobit(), wide);

        JsonNode profile = json("profile", wide.toString(), "--board", board.id(), "--samples", "1");
        assertThat(profile.get("differingBytes").asLong(-1)).isZero();

        Path tuned = folder.resolve("tuned.tflite");
        JsonNode report = json("tune-kernels", wide.toString(), "--board", board.id(), "--out", tuned.toString());
        assertThat(report.at("/maxRamBytes").asLong()).isEqualTo(16_384);
        assertThat(report.at("/after/ramBytes").asLong()).isLessThanOrEqualTo(16_384);
        JsonNode fastest = report.at("/kernels/0");
        assertThat(fastest.get("variant").asText()).isEqualTo("blocks");
        assertThat(fastest.get("extraCycles").isNull()).as("it does not fit").isTrue();
        assertThat(fastest.get("chosen").asBoolean()).isFalse();

        Graph chosen = WideConvolution.ofMicrobit();
        KernelChoice blocks = KernelChoice.NONE.with("y", "blocks");
        ModelFiles.save(chosen.withMetadata(blocks.storedIn(chosen.metadata(), CTarget.ARMV6M)), tuned);
        assertRefused(
                run("profile", tuned.toString(), "--board", board.id(), "--samples", "1"),
                ExitCode.DOES_NOT_FIT,
                "model needs ");
    }

    @Tag("slow")
    @Test
    void aBoardComputesWhatTheSimulatorDoes() throws Exception {
        assertComputesWhatTheSimulatorDoes("qemu-mps2-an386");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {UNO, "qemu-microbit"})
    void everyBoardComputesWhatTheSimulatorDoes(String id) throws Exception {
        assertComputesWhatTheSimulatorDoes(id);
    }

    private void assertComputesWhatTheSimulatorDoes(String id) throws Exception {
        Board board = Boards.byId(id);
        InstalledTools.assumeEmulatorOf(board);
        JsonNode profile = json("profile", network.toString(), "--board", id, "--emulate", "--samples", "12");

        assertThat(profile.get("differingBytes").asInt(-1)).isZero();
        assertThat(profile.get("inferences").asInt()).isEqualTo(12);
        assertThat(profile.get("inputs").asText()).isEqualTo("12 seeded inputs (seed 1)");
        assertThat(profile.get("board").asText()).isEqualTo(id);
        assertThat(profile.get("clockHz").asLong()).isEqualTo(board.mcu().clockHz());
        assertThat(profile.get("latencyMicros").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(profile.get("worstLatencyMicros").asDouble());
        assertThat(profile.get("cycles").asLong()).isPositive();
        assertThat(profile.get("instructions").isNull()).isEqualTo(id.equals(UNO));
        assertThat(profile.get("arenaBytes").asInt())
                .isLessThan(profile.get("staticBytes").asInt());
        assertThat(profile.get("stackBytes").asInt())
                .isPositive()
                .isLessThanOrEqualTo(profile.get("stackBoundBytes").asInt());
        assertThat(profile.get("ramBytes").asInt())
                .isEqualTo(profile.get("staticBytes").asInt()
                        + profile.get("stackBytes").asInt());
        assertThat(profile.get("flashBytes").asInt()).isPositive();
        assertThat(profile.get("energyMicrojoules").asDouble()).isPositive();
    }

    @Tag("slow")
    @Test
    void tellsWhatBlocksAndNetworkTake() throws Exception {
        InstalledTools.assumeEmulatorOf(Boards.byId("qemu-mps2-an386"));
        Path model = folder.resolve("sound.tflite");
        ModelFiles.save(RandomBlocks.beforeNetwork(Mfcc.INSTANCE, 3), model);
        String[] command = {"profile", model.toString(), "--board", "qemu-mps2-an386", "--samples", "3"};

        JsonNode profile = json(command);
        JsonNode blocks = profile.at("/parts/frontEnd");
        JsonNode alone = profile.at("/parts/network");
        assertThat(profile.get("differingBytes").asInt(-1)).isZero();
        assertThat(blocks.get("cycles").asLong())
                .isGreaterThan(alone.get("cycles").asLong());
        assertThat(blocks.get("cycles").asLong() + alone.get("cycles").asLong())
                .isEqualTo(profile.get("cycles").asLong());
        assertThat(blocks.get("share").asDouble() + alone.get("share").asDouble())
                .isEqualTo(1);
        assertThat(blocks.get("ramBytes").asLong() + alone.get("ramBytes").asLong())
                .isEqualTo(profile.get("ramBytes").asLong());
        assertThat(run(command).out()).contains("  blocks ", "  network ", " more\n", " alone\n");
    }

    @Tag("slow")
    @Test
    void profilesTestSamplesOfTheDataThatTheModelWasMadeFrom() throws Exception {
        InstalledTools.assumeEmulatorOf(Boards.byId("qemu-microbit"));
        Path model = Files.copy(digits, folder.resolve("digits.tflite"));
        String fingerprint = DataSets.load(CentroidModel.DIGITS).fingerprint();
        writeProvenance(CentroidModel.DIGITS, fingerprint);
        JsonNode known = json("profile", model.toString(), "--board", "qemu-microbit", "--samples", "7");
        assertThat(known.get("inputs").asText()).isEqualTo("7 of 359 test samples of 'UCI optical digits'");
        assertThat(known.get("differingBytes").asInt(-1)).isZero();

        writeProvenance(folder.resolve("moved"), fingerprint);
        Outcome moved = run("profile", model.toString(), "--board", "qemu-microbit", "--samples", "7");
        assertThat(moved.out()).contains("7 seeded inputs (seed 3)", "all 70 bytes equal the simulator's");
        assertThat(moved.err()).contains("moved, which the model was made from, is not there any more");
    }

    private void writeProvenance(Path data, String fingerprint) throws IOException {
        Provenance provenance = new Provenance(
                Provenance.SCHEMA_VERSION,
                "0.1",
                "unknown",
                "17",
                new Provenance.Data(data.toString(), fingerprint, Optional.empty(), new TreeMap<>()),
                "qemu-microbit",
                "",
                3,
                "bayes",
                List.of(),
                Optional.empty(),
                new Provenance.Limits(16_384, 262_144, Optional.empty()),
                "upper bounds",
                1,
                0,
                Map.of(),
                "");
        Files.writeString(folder.resolve(Provenance.FILE_NAME), Json.text(provenance));
    }

    @Tag("slow")
    @Test
    void buildSaysWhatTheFirmwareTakesOfTheBoard() throws Exception {
        InstalledTools.assumeCompilerOf(Boards.byId(UNO));
        Path elf = folder.resolve("made/firmware.elf");
        JsonNode report = json("build", network.toString(), "--board", UNO, "--out", elf.toString());

        assertThat(elf).exists();
        assertThat(folder.resolve("made/firmware.hex")).exists();
        assertThat(report.get("ramBytes").asInt())
                .isEqualTo(report.get("staticRamBytes").asInt()
                        + report.get("stackBytes").asInt());
        assertThat(report.get("flashBudgetBytes").asInt()).isEqualTo(32_256);

        Outcome text = run("build", network.toString(), "--board", UNO, "--out", elf.toString());
        assertThat(text.out()).containsPattern("(?m)^flash +[\\d,]+ B +32,256 B +[\\d,]+ B$");
        assertThat(text.err()).isEmpty();
    }

    @Test
    void buildTellsTheBytesThatAModelIsOverAndWritesNothing() throws Exception {
        InstalledTools.assumeCompilerOf(Boards.byId(UNO));
        Graph large = LongStream.range(0, 10_000)
                .mapToObj(RandomGraphs::network)
                .filter(graph -> Planner.plan(graph, TargetCosts.NONE, 1).arenaBytes() > 2048)
                .findFirst()
                .orElseThrow();
        Path model = folder.resolve("large.tflite");
        ModelFiles.save(large, model);
        Path elf = folder.resolve("firmware.elf");

        assertRefused(
                run("build", model.toString(), "--board", UNO, "--out", elf.toString()),
                ExitCode.DOES_NOT_FIT,
                " B over (take a smaller model or a larger board)");
        assertThat(elf).doesNotExist();
        assertThat(folder.resolve("firmware.hex")).doesNotExist();
    }

    @Tag("slow")
    @Test
    void aVirtualUnoIsFlashedAndProfiledLikeARealOne() throws Exception {
        InstalledTools.assumeEmulatorOf(Boards.byId(UNO));
        Path elf = folder.resolve("firmware.elf");
        assertThat(run("build", network.toString(), "--board", UNO, "--out", elf.toString())
                        .exitCode())
                .isZero();
        Path link = folder.resolve("uno");
        Processes.Started board = start("emulate", "--board", UNO, "--link", link.toString());
        try {
            awaitPort(board, link);
            Outcome flash = run("flash", elf.toString(), "--board", UNO, "--port", link.toString());
            assertThat(flash.exitCode()).as(flash.err()).isZero();
            assertThat(flash.out()).matches("wrote [\\d,]+ B to arduino-uno at \\S+ and read them back\\R");

            JsonNode profile =
                    json("profile", network.toString(), "--board", UNO, "--port", link.toString(), "--samples", "5");
            assertThat(profile.get("target").asText()).isEqualTo(link.toString());
            assertThat(profile.get("differingBytes").asInt(-1)).isZero();
        } finally {
            board.signal("INT");
        }
        Outcome ended = board.end();
        assertThat(ended.exitCode()).isEqualTo(ExitCode.INTERRUPTED.code());
        assertThat(ended.out()).isEqualTo(link + "\n");
        assertThat(ended.err()).containsOnlyOnce("\n");
        assertThat(link).doesNotExist();
    }

    @Tag("slow")
    @Test
    void aBoardWithoutBootloaderIsEmulatedWithItsFirmware() throws Exception {
        String id = "qemu-microbit";
        InstalledTools.assumeEmulatorOf(Boards.byId(id));
        Path elf = folder.resolve("firmware.elf");
        assertThat(run("build", network.toString(), "--board", id, "--out", elf.toString())
                        .exitCode())
                .isZero();
        Path link = folder.resolve("microbit");
        Processes.Started board =
                start("emulate", "--board", id, "--firmware", elf.toString(), "--link", link.toString());
        try {
            awaitPort(board, link);
            JsonNode profile =
                    json("profile", network.toString(), "--board", id, "--port", link.toString(), "--samples", "5");
            assertThat(profile.get("differingBytes").asInt(-1)).isZero();

            assertRefused(
                    run("profile", digits.toString(), "--board", id, "--port", link.toString()),
                    ExitCode.DEVICE_NOT_FOUND,
                    "the firmware there is for model ");
        } finally {
            board.signal("INT");
        }
        assertThat(board.end().exitCode()).isEqualTo(ExitCode.INTERRUPTED.code());
    }

    private static void awaitPort(Processes.Started board, Path link) throws Exception {
        for (int i = 0; i < 300 && Files.notExists(link); i++) {
            assertThat(board.process().isAlive())
                    .as(Files.readString(board.err()))
                    .isTrue();
            Thread.sleep(100);
        }
        assertThat(link).isSymbolicLink();
    }

    @Tag("slow")
    @Test
    void aSilentPortIsNoBoard() throws Exception {
        InstalledTools.assume(Tools.QEMU_ARM, Tools.AVR_GCC);
        Process stopped = new ProcessBuilder(
                        "qemu-system-arm",
                        "-machine",
                        "microbit",
                        "-S",
                        "-display",
                        "none",
                        "-monitor",
                        "none",
                        "-serial",
                        "pty")
                .redirectErrorStream(true)
                .start();
        try {
            String said = new BufferedReader(new InputStreamReader(stopped.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            String port = said.replaceAll("^.*(/dev/\\S+).*$", "$1");
            assertRefused(
                    run("profile", network.toString(), "--board", UNO, "--port", port),
                    ExitCode.DEVICE_NOT_FOUND,
                    port + ": no bootloader answers");
        } finally {
            stopped.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            profile MODEL --board nano                                     | 2 | unknown board 'nano'
            profile MODEL --board arduino-uno --samples 0                  | 2 | --samples 0
            profile MODEL --board arduino-uno --port /dev/none --emulate   | 2 | mutually exclusive
            profile MODEL --board arduino-uno --port /dev/none             | 5 | /dev/none: no such port
            profile MODEL --board arduino-uno --data no-such-data          | 3 | no-such-data does not exist
            profile none.tflite --board arduino-uno                        | 3 | none.tflite: there is no such file
            build MODEL --board nano --out f.elf                           | 2 | unknown board 'nano'
            build MODEL --board arduino-uno --out f.hex                    | 2 | name the ELF file
            flash none.elf --board arduino-uno --port /dev/none            | 3 | none.elf does not exist
            flash MODEL --board arduino-uno --port /dev/none               | 3 | not an Intel HEX record
            flash none.elf --board qemu-microbit --port /dev/none          | 2 | qemu-microbit has no bootloader
            emulate --board qemu-microbit                                  | 2 | add --firmware F
            emulate --board qemu-microbit --firmware MODEL                 | 3 | is no ELF file
            emulate --board nano                                           | 2 | unknown board 'nano'
            """)
    void mistakesGetOneLineAndTheExitCodeOfTheirKind(String arguments, int exitCode, String line) throws Exception {
        Outcome outcome = run(arguments.replace("MODEL", network.toString()).split(" +", -1));

        assertThat(outcome.exitCode()).isEqualTo(exitCode);
        assertThat(outcome.err())
                .startsWith("tinytune: ")
                .containsOnlyOnce("\n")
                .contains(line);
        assertThat(outcome.out()).isEmpty();
    }
}
