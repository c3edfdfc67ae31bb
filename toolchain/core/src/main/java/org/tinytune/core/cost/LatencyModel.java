package org.tinytune.core.cost;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Operators;
import org.tinytune.core.plan.Plan;

/**
 * Predicts the latency of an inference from a board's calibrated coefficients: cycles of an inference, and of each
 * multiply-accumulate, element, window and element of a window, by kernel.
 *
 * <p>A kernel without a coefficient is not free: its multiply-accumulates cost as much as the dearest of networks on
 * the board, its elements as much as the cheapest, since what has no coefficient only moves or compares.
 */
public final class LatencyModel {
    private static final double MICROS_PER_SECOND = 1e6;

    private static final Set<String> BLOCKS =
            Operators.DSP_BLOCKS.stream().map(Operator::name).collect(Collectors.toUnmodifiableSet());

    private final Board.Latency coefficients;
    private final double clockHz;
    private final double otherCyclesPerMac;
    private final double otherCyclesPerElement;

    private LatencyModel(Board.Latency coefficients, double clockHz) {
        this.coefficients = coefficients;
        this.clockHz = clockHz;
        otherCyclesPerMac = ofNetworks(coefficients.cyclesPerMac()).max().orElse(0);
        otherCyclesPerElement =
                ofNetworks(coefficients.cyclesPerElement()).min().orElse(0);
    }

    private static DoubleStream ofNetworks(Map<String, Double> cycles) {
        return cycles.entrySet().stream()
                .filter(kernel -> !BLOCKS.contains(kernel.getKey()))
                .mapToDouble(Map.Entry::getValue);
    }

    /** The model of a board, at the clock that its firmware sets. */
    public static LatencyModel of(Board board) {
        return new LatencyModel(board.latency(), board.mcu().clockHz());
    }

    /**
     * The latency of one inference.
     *
     * @param plan made for the board's target
     */
    public LatencyPrediction predict(Graph graph, Plan plan) {
        return predict(KernelWork.of(graph, plan));
    }

    /**
     * The latency of one inference.
     *
     * @param kernels all that run
     */
    public LatencyPrediction predict(List<KernelWork> kernels) {
        double ofNetwork = coefficients.cyclesPerInvoke();
        double ofBlocks = 0;
        for (KernelWork work : kernels) {
            if (BLOCKS.contains(work.kernel())) {
                ofBlocks += cycles(work);
            } else {
                ofNetwork += cycles(work);
            }
        }
        double error = coefficients.relativeError();
        double deviation =
                ofNetwork * error + ofBlocks * coefficients.blockRelativeError().orElse(error);
        return new LatencyPrediction(micros(ofNetwork + ofBlocks), micros(deviation));
    }

    /** Whether a kernel has coefficients of its own. */
    boolean isCalibrated(KernelWork work) {
        return coefficients.cyclesPerMac().containsKey(work.kernel())
                || coefficients.cyclesPerElement().containsKey(work.kernel());
    }

    /** How long that many cycles take. */
    double micros(double cycles) {
        return cycles / clockHz * MICROS_PER_SECOND;
    }

    /** The cycles of one kernel, which is what calibration adjusts. */
    public double cycles(KernelWork work) {
        String kernel = work.kernel();
        return work.macs() * coefficients.cyclesPerMac().getOrDefault(kernel, otherCyclesPerMac)
                + work.elements() * coefficients.cyclesPerElement().getOrDefault(kernel, otherCyclesPerElement)
                + work.windows() * coefficients.cyclesPerWindow().getOrDefault(kernel, 0.0)
                + work.windowElements() * coefficients.cyclesPerWindowElement().getOrDefault(kernel, 0.0);
    }
}
