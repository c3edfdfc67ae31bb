package org.tinytune.core.cost;

import java.util.Map;
import java.util.stream.DoubleStream;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;

/**
 * Predicts the latency of an inference from a board's calibrated coefficients: cycles of an inference, of each
 * multiply-accumulate and of each element, by operator.
 *
 * <p>An operator without a coefficient is not free: its multiply-accumulates cost as much as the board's dearest, its
 * elements as much as the cheapest, since what has no coefficient only moves or compares.
 */
public final class LatencyModel {
    private static final double MICROS_PER_SECOND = 1e6;

    private final Board.Latency coefficients;
    private final double clockHz;
    private final double otherCyclesPerMac;
    private final double otherCyclesPerElement;

    private LatencyModel(Board.Latency coefficients, double clockHz) {
        this.coefficients = coefficients;
        this.clockHz = clockHz;
        otherCyclesPerMac = values(coefficients.cyclesPerMac()).max().orElse(0);
        otherCyclesPerElement = values(coefficients.cyclesPerElement()).min().orElse(0);
    }

    private static DoubleStream values(Map<String, Double> map) {
        return map.values().stream().mapToDouble(Double::doubleValue);
    }

    /** The model of a board, at the clock that its firmware sets. */
    public static LatencyModel of(Board board) {
        return new LatencyModel(board.latency(), board.mcu().clockHz());
    }

    /** The latency of one inference. */
    public LatencyPrediction predict(Graph graph) {
        double cycles = coefficients.cyclesPerInvoke();
        for (Node<?> node : graph.nodes()) {
            cycles += cycles(graph, node);
        }
        double micros = micros(cycles);
        return new LatencyPrediction(micros, micros * coefficients.relativeError());
    }

    /** How long that many cycles take. */
    double micros(double cycles) {
        return cycles / clockHz * MICROS_PER_SECOND;
    }

    /** The cycles of one node, which is what calibration adjusts. */
    public double cycles(Graph graph, Node<?> node) {
        String name = node.operator().name();
        double perMac = coefficients.cyclesPerMac().getOrDefault(name, otherCyclesPerMac);
        double perElement = coefficients.cyclesPerElement().getOrDefault(name, otherCyclesPerElement);
        return graph.cost(node).macs() * perMac + elements(graph, node) * perElement;
    }

    /** What a node does once for each: output elements, or input elements where it only moves or compares those. */
    static long elements(Graph graph, Node<?> node) {
        Cost cost = graph.cost(node);
        return cost.macs() > 0 ? cost.bytesWritten() : Math.max(cost.bytesRead(), cost.bytesWritten());
    }
}
