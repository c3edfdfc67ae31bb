package org.tinytune.test.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Operators;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.tflite.TfliteWriter;

/** The judge itself: it has to see faults, or its verdicts mean nothing. */
class ReferenceInterpreterTest {
    @Test
    void isTheVersionWhoseKernelsEqualTheMicrocontrollers() {
        assertThat(tensorflowlite.TfLiteVersion().getString()).startsWith("2.19.");
    }

    @Test
    void refusesAFileThatIsCut() {
        byte[] file = TfliteWriter.write(RandomGraphs.network(1));
        byte[] cut = Arrays.copyOf(file, file.length / 2);
        assertThatThrownBy(() -> new ReferenceInterpreter(cut).close()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsTheInputAndEveryTensor() {
        Graph graph = RandomGraphs.network(1);
        List<byte[]> inputs = RandomGraphs.inputs(graph, 1);
        try (ReferenceInterpreter reference = new ReferenceInterpreter(TfliteWriter.write(graph))) {
            reference.run(inputs);
            assertThat(reference.tensor(graph.inputs().get(0))).isEqualTo(inputs.get(0));
            assertThat(reference.tensor(graph.outputs().get(0))).isEqualTo(reference.output(0));
        }
    }

    @Test
    void seesASingleWeightThatIsAnother() {
        Graph graph = RandomGraphs.single(Operators.byName("FULLY_CONNECTED").orElseThrow(), 2);
        byte[] file = TfliteWriter.write(graph);
        byte[] altered = file.clone();
        byte[] weights = graph.operands(graph.nodes().get(0)).input(1).int8Data();
        altered[latin1(file).indexOf(latin1(weights))] ^= 0x40;
        List<byte[]> inputs = RandomGraphs.inputs(graph, 3);
        assertThat(output(altered, inputs)).isNotEqualTo(output(file, inputs));
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] output(byte[] file, List<byte[]> inputs) {
        try (ReferenceInterpreter reference = new ReferenceInterpreter(file)) {
            reference.run(inputs);
            return reference.output(0);
        }
    }
}
