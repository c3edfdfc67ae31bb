package org.tinytune.test.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.sim.SimulationObserver;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.tflite.TfliteWriter;

/** Runs a graph in the simulator and in the interpreter, and compares every tensor that is computed. */
public final class Differential {
    private Differential() {}

    /**
     * Fails at the first tensor that differs.
     *
     * @param context what to say then, with the seed
     * @param samples inputs, one list an inference; states last from one to the next
     */
    public static void assertEqual(String context, Graph graph, List<List<byte[]>> samples) {
        Simulator simulator = Simulator.of(graph);
        try (ReferenceInterpreter reference = new ReferenceInterpreter(TfliteWriter.write(graph))) {
            SimulationObserver comparison = (node, tensor, bytes) -> assertThat(bytes)
                    .as("%s: %s", context, description(graph, node))
                    .isEqualTo(reference.tensor(tensor));
            for (List<byte[]> inputs : samples) {
                reference.runOn(inputs);
                simulator.run(inputs, comparison);
            }
        }
    }

    /** Whether the interpreter computes all of a graph: it knows no QUANTIZE from int8 to int16. */
    public static boolean isKnown(Graph graph) {
        return graph.nodes().stream()
                .map(graph::operands)
                .noneMatch(
                        o -> o.input(0).type() == ElementType.INT8 && o.output().type() == ElementType.INT16);
    }

    private static String description(Graph graph, int index) {
        Node<?> node = graph.nodes().get(index);
        return "node " + index + ", " + node.operator().name() + " " + node.params() + " of " + graph.operands(node);
    }
}
