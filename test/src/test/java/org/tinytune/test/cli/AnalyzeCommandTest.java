package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.nas.FootprintMeter;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.tflite.ModelFiles;

/** Where the time of a dense layer of 64 by 10 and a softmax goes. */
class AnalyzeCommandTest {
    @TempDir
    private static Path shared;

    private static Path model;

    @BeforeAll
    static void writeModel() {
        model = shared.resolve("digits.tflite");
        ModelFiles.save(CentroidModel.ofDigits(), model);
    }

    /** A dense layer of weights that are all alike. */
    private static Graph dense(int inputs, int outputs) {
        byte[] weights = new byte[outputs * inputs];
        Arrays.fill(weights, (byte) 1);
        Quantization quantization = Quantization.perTensor(1, 0);
        GraphBuilder graph = new GraphBuilder();
        int input = graph.input("x", Shape.of(1, inputs), ElementType.INT8, quantization);
        int weight = graph.constant("weights", Shape.of(outputs, inputs), quantization, TensorData.of(weights));
        int bias = graph.constant("bias", Shape.of(outputs), quantization, TensorData.of(new int[outputs]));
        int output = graph.node(
                "y",
                ElementType.INT8,
                Quantization.perTensor(64, 0),
                FullyConnected.INSTANCE,
                new FullyConnectedParams(Activation.NONE),
                input,
                weight,
                bias);
        return graph.output(output).build();
    }

    private static JsonNode json(String... arguments) throws Exception {
        Outcome outcome = Program.run(arguments);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    @Test
    void analyzesInferenceOnABoard() throws Exception {
        JsonNode report = json("analyze", model.toString(), "--board", "arduino-uno", "--json");

        JsonNode dense = report.at("/operators/0");
        assertThat(dense.get("operator").asText()).isEqualTo("FULLY_CONNECTED");
        assertThat(dense.get("output").asText()).isEqualTo("logits");
        assertThat(dense.get("macs").asLong()).isEqualTo(640);
        assertThat(dense.get("bytesRead").asLong()).isEqualTo(64 + 640 + 4 * 10);
        assertThat(dense.get("bytesWritten").asLong()).isEqualTo(10);
        assertThat(dense.get("intensity").asDouble()).isCloseTo(640 / 754.0, within(1e-12));
        assertThat(dense.get("bound").asText()).isEqualTo("compute");
        assertThat(dense.get("ofRoofline").asDouble()).isBetween(0.01, 1.0);
        assertThat(report.at("/operators/1/macs").asLong()).isZero();
        assertThat(report.at("/operators/1/bound").asText()).isEqualTo("memory");
        double shares = report.get("invokeShare").asDouble()
                + dense.get("share").asDouble()
                + report.at("/operators/1/share").asDouble();
        assertThat(shares).isCloseTo(1, within(1e-9));
        Graph graph = CentroidModel.ofDigits();
        Board board = Boards.byId("arduino-uno");
        assertThat(report.at("/total/micros").asDouble())
                .isCloseTo(
                        new FootprintMeter(board, false)
                                .measure(graph)
                                .latency()
                                .micros(),
                        within(1e-6));
        assertThat(report.at("/roofline/ridge").asDouble()).isCloseTo(0.4, within(1e-9));
        JsonNode memory = report.get("memory");
        assertThat(memory.get("fits").asBoolean()).isTrue();
        assertThat(memory.get("ramBytes").asLong())
                .isGreaterThan(report.at("/arena/bytes").asLong());
        assertThat(memory.get("ramBudgetBytes").asLong())
                .isEqualTo(Boards.byId("arduino-uno").memory().ramBudgetBytes());
        assertThat(memory.get("flashBytes").asLong()).isGreaterThan(640);
    }

    @Test
    void saysByHowMuchAModelDoesNotFit() throws Exception {
        Path large = shared.resolve("large.tflite");
        ModelFiles.save(dense(64, 1000), large);

        Outcome outcome = Program.run("analyze", large.toString(), "--board", "arduino-uno");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .containsPattern("(?m)^memory: does not fit, RAM [0-9,]+ B of [0-9,]+ B, "
                        + "flash [0-9,]+ B of [0-9,]+ B, [0-9,]+ B over \\(upper bounds\\)$");
    }

    @Test
    void saysWhichKernelsGiveWayForRam() throws Exception {
        Path wide = shared.resolve("wide.tflite");
        ModelFiles.save(WideConvolution.ofMicrobit(), wide);

        JsonNode report = json("analyze", wide.toString(), "--board", "qemu-microbit", "--json");
        JsonNode slower = report.at("/concessions/nodes/0");
        assertThat(slower.get("node").asInt()).isZero();
        assertThat(slower.get("kernel").asText()).isEqualTo("basic");
        assertThat(slower.get("fastest").asText()).isEqualTo("blocks");
        assertThat(report.at("/operators/0/kernel").asText()).isEqualTo("basic");
        assertThat(report.at("/memory/fits").asBoolean()).isTrue();
        assertThat(report.at("/concessions/fastestRamBytes").asLong())
                .isGreaterThan(report.at("/memory/ramBudgetBytes").asLong());

        assertThat(Program.run("analyze", wide.toString(), "--board", "qemu-microbit")
                        .out())
                .containsPattern("(?m)^memory: fits, ")
                .containsPattern("(?m)^kernels: slower ones save RAM at operators 0 \\(basic in place of blocks\\);"
                        + " the fastest would need up to [0-9,]+ B of 16,384 B$");

        // A board with more RAM has room for the fastest.
        JsonNode roomy = json("analyze", wide.toString(), "--board", "qemu-mps2-an386", "--json");
        assertThat(roomy.get("concessions").isNull()).isTrue();
        assertThat(roomy.at("/operators/0/kernel").asText()).isEqualTo("pairs");
    }

    @Test
    void printsATableAndWhatItsWordsMean() throws Exception {
        Outcome outcome = Program.run("analyze", model.toString(), "--board", "qemu-microbit");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .containsPattern(
                        "(?m)^ *# +operator +output +kernel +MACs +bytes +MACs/B +time +share +bound by +of roof$")
                .containsPattern("(?m)^ *0 +FULLY_CONNECTED +logits +blocks +640 +754 +0\\.85 ")
                .containsPattern("(?m)^ +all +640 +774 +0\\.83 .*100\\.0 %$")
                .contains("latency on qemu-microbit at 16 MHz: measured on 90 random networks")
                .contains("roofline: 8.00 million MACs/s, 56.00 million bytes/s (Arm DDI 0432")
                .contains("compute-bound: 0.14 MACs/B or more");
    }

    @Tag("slow")
    @Test
    void analyzesTrainingOnThisMachine() throws Exception {
        JsonNode report = json("analyze", model.toString(), "--host", "--threads", "2", "--batch", "4", "--json");

        assertThat(report.get("threads").asInt()).isEqualTo(2);
        assertThat(report.get("sequence").asInt()).isEqualTo(1);
        assertThat(report.at("/roofline/macsPerSecond").asDouble()).isPositive();
        assertThat(report.get("steps").findValuesAsText("arithmetic")).containsExactly("float32", "qat");
        for (JsonNode step : report.get("steps")) {
            assertThat(step.get("batch").asInt()).isEqualTo(4);
            assertThat(step.get("operators")).hasSize(1); // the loss takes the place of the softmax
            JsonNode dense = step.at("/operators/0");
            assertThat(dense.at("/forward/macs").asLong()).isEqualTo(4 * 640);
            assertThat(dense.at("/backward/macs").asLong()).isEqualTo(4 * 640);
            assertThat(dense.at("/both/bytesRead").asLong()).isEqualTo(4 * (2 * (4 * 64 + 640 + 10) + 4 * 10));
            assertThat(dense.at("/both/micros").asDouble()).isPositive();
            assertThat(dense.at("/both/share").asDouble()).isPositive();
            assertThat(step.get("otherShare").asDouble()).isBetween(0.0, 1.0);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    analyze MODEL                              | say what to analyze: either --board ID or --host
                    analyze MODEL --host --board arduino-uno   | say what to analyze: either --board ID or --host
                    analyze MODEL --board nano                 | unknown board 'nano' (known: arduino-uno,
                    analyze MODEL --board arduino-uno --batch 8 | --batch is for --host
                    analyze MODEL --board arduino-uno --threads 2 | --threads is for --host
                    analyze MODEL --host --batch 0             | --batch 0: at least 1 is needed
                    analyze MODEL --host --batch 8,x           | invalid value for option '--batch'
                    analyze MODEL --host --threads 0           | --threads 0: at least 1 is needed
                    analyze MODEL --host --threads 100000      | --threads 100000: give
                    analyze MODEL --host --batch 8,2000000000  | batch 2000000000: a tensor of so many samples
                    analyze                                    | missing required parameter: 'MODEL'
                    """)
    void wrongCommandLinesGetOneLine(String arguments, String line) throws Exception {
        assertRefused(ExitCode.USAGE, line, arguments.replace("MODEL", model.toString()));
    }

    @Test
    void aMissingModelGetsOneLine() throws Exception {
        String missing = shared.resolve("none.tflite").toString();
        assertRefused(
                ExitCode.INVALID_INPUT,
                "none.tflite: there is no such file",
                "analyze " + missing + " --board arduino-uno");
        assertRefused(ExitCode.INVALID_INPUT, "none.tflite: there is no such file", "analyze " + missing + " --host");
    }

    private static void assertRefused(ExitCode exitCode, String line, String arguments) throws Exception {
        Outcome outcome = Program.run(arguments.split(" ", -1));
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("tinytune: ").contains(line);
        assertThat(outcome.exitCode()).isEqualTo(exitCode.code());
        assertThat(outcome.out()).isEmpty();
    }
}
