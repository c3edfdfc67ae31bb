package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.core.tool.Tool;
import org.tinytune.core.tool.Tools;
import org.tinytune.test.Processes;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.tflite.ModelFiles;

/** A model with activations of int16 all the way: from the file through every command to emulated boards. */
@Timeout(300)
class Int16CommandsTest {
    private static final Tool MAKE = Tool.command("make", "to build exported projects, in tests", "make");
    private static final Tool CMAKE = Tool.command("cmake", "to build exported projects, in tests", "cmake");
    private static final String AS_SIMULATED = "output bytes that differ from the simulator's: 0\n";
    private static final int CLASSES = 10;

    @TempDir
    private static Path shared;

    private static Path digits;
    private static Path network;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeModels() {
        digits = shared.resolve("digits.tflite");
        ModelFiles.save(CentroidModel.ofDigitsInInt16(), digits);
        network = shared.resolve("network.tflite");
        ModelFiles.save(smallNetwork(), network);
    }

    /** A random network with both convolutions that leaves room on the smallest board. */
    private static Graph smallNetwork() {
        return LongStream.range(0, 10_000)
                .mapToObj(RandomGraphs::int16Network)
                .filter(graph -> graph.inputs().size() == 1)
                .filter(graph -> operators(graph).containsAll(List.of("CONV_2D", "DEPTHWISE_CONV_2D")))
                .filter(graph -> Planner.plan(graph, TargetCosts.NONE, 1).arenaBytes() < 700)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> operators(Graph graph) {
        return graph.nodes().stream().map(node -> node.operator().name()).toList();
    }

    private static Outcome succeed(String... arguments) throws Exception {
        Outcome outcome = Program.run(arguments);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome;
    }

    private static JsonNode json(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return new ObjectMapper().readTree(succeed(all.toArray(String[]::new)).out());
    }

    @Test
    void isImportedAsItIs() throws Exception {
        Path out = folder.resolve("out");
        JsonNode report = json("import", digits.toString(), "--out", out.toString());

        assertThat(report.at("/inputs/0/type").asText()).isEqualTo("INT16");
        assertThat(report.at("/outputs/0/type").asText()).isEqualTo("INT16");
        assertThat(ModelFiles.load(out.resolve("digits.tflite"))).isEqualTo(ModelFiles.load(digits));
    }

    @Test
    void isEvaluatedAsWellAsInt8() throws Exception {
        JsonNode report = json("evaluate", digits.toString(), "--data", CentroidModel.DIGITS.toString());

        assertThat(report.get("accuracy").asDouble()).isBetween(0.85, 0.95);
    }

    @Test
    void isSimulatedOnASampleAndOnItsLittleEndianBytes() throws Exception {
        List<String> rows = Files.readAllLines(CentroidModel.DIGITS.resolve("digits.csv"));
        Path sample = Files.writeString(folder.resolve("zero.csv"), rows.get(1) + "\n");
        Path bytes = Files.write(folder.resolve("zero.bin"), littleEndian(rows.get(1)));
        JsonNode outputs = json("simulate", digits.toString(), "--input", sample.toString())
                .get("outputs");

        assertThat(outputs.at("/0/type").asText()).isEqualTo("INT16");
        assertThat(outputs.at("/0/bytes").isNull()).isTrue();
        JsonNode values = outputs.at("/0/values");
        assertThat(values).hasSize(CLASSES);
        int sum = 0;
        for (JsonNode value : values) {
            sum += value.asInt();
        }
        // probabilities in steps of 2^-15, each rounded
        assertThat(sum).isBetween((1 << 15) - CLASSES * 8, (1 << 15) + CLASSES * 8);
        assertThat(json("simulate", digits.toString(), "--input", bytes.toString())
                        .get("outputs"))
                .isEqualTo(outputs);
    }

    /** Pixels of 0 to 16, which the model takes as 0 to 1; the label stands behind them. */
    private static byte[] littleEndian(String row) {
        Quantization input = CentroidModel.ofDigitsInInt16().input().quantization();
        String[] pixels = row.split(",", -1);
        ByteBuffer bytes = ByteBuffer.allocate(2 * 64).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 64; i++) {
            bytes.putShort((short) input.quantize(Integer.parseInt(pixels[i]) / 16.0, Elements.INT16));
        }
        return bytes.array();
    }

    @Test
    void isAnalyzedOnABoard() throws Exception {
        JsonNode report = json("analyze", network.toString(), "--board", "qemu-mps2-an386");

        assertThat(report.at("/arena/bytes").asInt())
                .isGreaterThanOrEqualTo(ModelFiles.load(network).input().bytes());
        assertThat(report.at("/total/micros").asDouble()).isPositive();
        assertThat(report.get("uncalibratedKernels"))
                .isNotEmpty()
                .allMatch(kernel -> kernel.asText().endsWith("-int16"));
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"digits", "network"})
    void isExportedAsCThatComputesAsSimulated(String name) throws Exception {
        InstalledTools.assume(Tools.GCC, Tools.LIBC, MAKE);
        Path out = folder.resolve("out");
        succeed("export", shared.resolve(name + ".tflite").toString(), "--format", "c", "--out", out.toString());

        assertThat(runIn(out, "make", "-s", "run", "CPPFLAGS=-DTT_CRC")).endsWith(AS_SIMULATED);
    }

    @Tag("slow")
    @Test
    void isExportedForCmake() throws Exception {
        InstalledTools.assume(Tools.GCC, Tools.LIBC, CMAKE, MAKE);
        Path out = folder.resolve("out");
        succeed("export", digits.toString(), "--format", "cmake", "--out", out.toString());
        runIn(out, "cmake", "-B", "build", "-G", "Unix Makefiles");
        runIn(out, "cmake", "--build", "build");

        assertThat(runIn(out, "ctest", "--test-dir", "build")).contains("100% tests passed");
    }

    private static String runIn(Path project, String... command) throws Exception {
        Outcome outcome = Processes.run(project, System.getenv(), List.of(command));
        assertThat(outcome.exitCode())
                .as("%s: %s%s", String.join(" ", command), outcome.out(), outcome.err())
                .isZero();
        return outcome.out();
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"network,qemu-mps2-an386", "network,arduino-uno", "digits,arduino-uno", "digits,qemu-microbit"})
    void aBoardComputesWhatTheSimulatorDoes(String name, String id) throws Exception {
        Board board = Boards.byId(id);
        InstalledTools.assumeEmulatorOf(board);
        Path model = shared.resolve(name + ".tflite");
        JsonNode profile = json("profile", model.toString(), "--board", id, "--emulate", "--samples", "6");

        assertThat(profile.get("differingBytes").asInt(-1)).isZero();
        assertThat(profile.get("comparedBytes").asInt())
                .isEqualTo(6 * ModelFiles.load(model).output().bytes());
        assertThat(profile.get("stackBytes").asInt())
                .isPositive()
                .isLessThanOrEqualTo(profile.get("stackBoundBytes").asInt());
    }
}
