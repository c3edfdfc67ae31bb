package org.tinytune.core.cost;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.Plan;

/**
 * Where the time of an inference on a board goes, as the latency model has it.
 *
 * <p>Checked by: InferenceAnalysisTest.
 *
 * @param nodes in the order of the graph
 * @param invokeMicros what an inference takes beside its nodes
 * @param uncalibrated kernels of which calibration says nothing: their times are guesses
 * @param roofline of the board; empty if its file does not state a peak
 */
public record InferenceAnalysis(
        List<NodeTime> nodes, double invokeMicros, SortedSet<String> uncalibrated, Optional<Roofline> roofline) {
    /**
     * A node of the graph.
     *
     * @param work of one inference
     * @param micros that it takes
     */
    public record NodeTime(Work work, double micros) {}

    /** Keeps a copy. */
    public InferenceAnalysis {
        nodes = List.copyOf(nodes);
        uncalibrated = Collections.unmodifiableSortedSet(new TreeSet<>(uncalibrated));
    }

    /**
     * Of an int8 graph on a board.
     *
     * @param plan made for the board's target
     */
    public static InferenceAnalysis of(Graph graph, Plan plan, Board board) {
        LatencyModel model = LatencyModel.of(board);
        double[] cycles = new double[graph.nodes().size()];
        List<KernelWork> kernels = KernelWork.of(graph, plan);
        for (int i = 0; i < kernels.size(); i++) {
            cycles[plan.steps().get(i).node()] += model.cycles(kernels.get(i));
        }
        List<NodeTime> nodes = new ArrayList<>();
        for (int n = 0; n < cycles.length; n++) {
            nodes.add(new NodeTime(Work.of(graph.cost(graph.nodes().get(n))), model.micros(cycles[n])));
        }
        SortedSet<String> uncalibrated = kernels.stream()
                .filter(work -> work.elements() > 0 && !model.isCalibrated(work))
                .map(KernelWork::kernel)
                .collect(Collectors.toCollection(TreeSet::new));
        return new InferenceAnalysis(
                nodes, model.micros(board.latency().cyclesPerInvoke()), uncalibrated, Roofline.of(board));
    }

    /** What all nodes do together. */
    public Work work() {
        return nodes.stream().map(NodeTime::work).reduce(Work.NONE, Work::plus);
    }

    /** The whole inference, in microseconds. */
    public double micros() {
        return invokeMicros + nodes.stream().mapToDouble(NodeTime::micros).sum();
    }
}
