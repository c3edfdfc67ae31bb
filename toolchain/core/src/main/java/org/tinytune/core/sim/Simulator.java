package org.tinytune.core.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Plan.Allocation;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.core.tensor.ElementType;

/**
 * Executes a plan inside one arena of the planned size, so that a fault of the plan shows as a wrong byte here and not
 * on a board.
 *
 * <p>States live in the arena from one run to the next, and are real 0 in a new simulator and after {@link #reset}.
 *
 * <p>An instance serves one thread at a time; {@link #another} makes more of them over the same kernels.
 */
public final class Simulator {
    private final PreparedKernels kernels;
    private final Graph graph;
    private final Plan plan;
    private final byte[] arena;
    private final List<Rows[]> inputRows = new ArrayList<>();
    private final List<Rows[]> outputRows = new ArrayList<>();

    /**
     * A simulator of a plan.
     *
     * @throws IllegalArgumentException if the plan does not fit the graph: rows that are missing, repeated or out of
     *     order, or bytes outside the arena
     */
    public Simulator(PreparedKernels kernels, Plan plan) {
        this.kernels = kernels;
        this.graph = kernels.graph();
        this.plan = plan;
        checkPlan(graph, plan);
        arena = new byte[plan.arenaBytes()];
        for (Node<?> node : graph.nodes()) {
            inputRows.add(rows(node.inputs()));
            outputRows.add(rows(node.outputs()));
        }
        reset();
    }

    /**
     * A simulator that runs the graph as planned for no target in particular.
     *
     * @throws InvalidModelException naming the first node that cannot be computed in integers
     */
    public static Simulator of(Graph graph) {
        return new Simulator(PreparedKernels.of(graph), Planner.plan(graph, TargetCosts.NONE, 1));
    }

    /** A simulator of the same plan over the same kernels, for another thread. */
    public Simulator another() {
        return new Simulator(kernels, plan);
    }

    /** Forgets all earlier runs: every state is real 0 again. */
    public void reset() {
        for (int t = 0; t < graph.tensors().size(); t++) {
            Tensor tensor = graph.tensor(t);
            if (tensor.state()) {
                int begin = plan.allocation(t).offset();
                Arrays.fill(arena, begin, begin + tensor.bytes(), tensor.zeroByte());
            }
        }
    }

    /** The graph that is run. */
    public Graph graph() {
        return graph;
    }

    /** The plan that is followed. */
    public Plan plan() {
        return plan;
    }

    /**
     * Runs one inference of a model with one input and one output.
     *
     * @param input as many bytes as the input tensor has
     * @return the output's bytes
     */
    public byte[] run(byte[] input) {
        return run(List.of(input), SimulationObserver.NONE).get(0);
    }

    /**
     * Runs a sample of a model with one input and one output, from fresh states: one inference for each of its steps.
     *
     * @param steps the inputs one behind the other; a single one for a model without states
     * @return the output's bytes after the last step
     * @throws IllegalArgumentException if these are no whole inputs
     */
    public byte[] runSample(byte[] steps) {
        return runSample(steps, SimulationObserver.NONE);
    }

    /**
     * The same.
     *
     * @param observer sees every operator's output in the last step
     */
    public byte[] runSample(byte[] steps, SimulationObserver observer) {
        int bytes = graph.input().bytes();
        if (steps.length == 0 || steps.length % bytes != 0) {
            throw new IllegalArgumentException(steps.length + " bytes are no inputs of " + bytes);
        }
        reset();
        int last = steps.length - bytes;
        for (int from = 0; from < last; from += bytes) {
            run(Arrays.copyOfRange(steps, from, from + bytes));
        }
        return run(List.of(Arrays.copyOfRange(steps, last, steps.length)), observer)
                .get(0);
    }

    /**
     * Runs one inference.
     *
     * @param inputs one for each input of the graph, as many bytes as the tensor has
     * @param observer sees every operator's output
     * @return the outputs of the graph
     * @throws IllegalArgumentException if an input is missing or has another size
     */
    public List<byte[]> run(List<byte[]> inputs, SimulationObserver observer) {
        writeInputs(inputs);
        byte[][] observed = new byte[graph.tensors().size()][];
        plan.forEachCall((step, begin, end) -> {
            Rows[] outputs = outputRows.get(step.node());
            kernels.kernels().get(step.node()).run(inputRows.get(step.node()), outputs, begin, end);
            if (observer != SimulationObserver.NONE) {
                gather(step.node(), begin, end, observed);
            }
        });
        if (observer != SimulationObserver.NONE) {
            show(observed, observer);
        }
        return graph.outputs().stream().map(this::read).toList();
    }

    private void writeInputs(List<byte[]> inputs) {
        if (inputs.size() != graph.inputs().size()) {
            throw new IllegalArgumentException(inputs.size() + " inputs for a model that takes "
                    + graph.inputs().size());
        }
        for (int i = 0; i < inputs.size(); i++) {
            int tensor = graph.inputs().get(i);
            byte[] bytes = inputs.get(i);
            if (bytes.length != graph.tensor(tensor).bytes()) {
                throw new IllegalArgumentException(
                        "input '" + graph.tensor(tensor).name() + "' has "
                                + graph.tensor(tensor).bytes() + " bytes, not " + bytes.length);
            }
            System.arraycopy(bytes, 0, arena, plan.allocation(tensor).offset(), bytes.length);
        }
    }

    private byte[] read(int tensor) {
        Tensor t = graph.tensor(tensor);
        byte[] bytes = new byte[t.bytes()];
        Rows rows = rows(tensor);
        System.arraycopy(rows.memory(), rows.offset(), bytes, 0, bytes.length);
        return bytes;
    }

    /** Keeps the rows of a call, since a ring does not hold them for long. */
    private void gather(int node, int begin, int end, byte[][] observed) {
        List<Integer> tensors = graph.nodes().get(node).outputs();
        Rows[] outputs = outputRows.get(node);
        for (int i = 0; i < outputs.length; i++) {
            int tensor = tensors.get(i);
            if (observed[tensor] == null) {
                observed[tensor] = new byte[graph.tensor(tensor).bytes()];
            }
            int rowBytes = outputs[i].rowBytes();
            for (int y = begin; y < end; y++) {
                System.arraycopy(arena, outputs[i].at(y), observed[tensor], y * rowBytes, rowBytes);
            }
        }
    }

    private void show(byte[][] observed, SimulationObserver observer) {
        for (int n = 0; n < graph.nodes().size(); n++) {
            for (int tensor : graph.nodes().get(n).outputs()) {
                observer.computed(n, tensor, observed[tensor]);
            }
        }
    }

    private Rows[] rows(List<Integer> tensors) {
        Rows[] rows = new Rows[tensors.size()];
        for (int i = 0; i < rows.length; i++) {
            int tensor = tensors.get(i);
            rows[i] = tensor != Node.ABSENT && isPassed(graph.tensor(tensor)) ? rows(tensor) : null;
        }
        return rows;
    }

    private static boolean isPassed(Tensor tensor) {
        return tensor.type() == ElementType.INT8 || tensor.type() == ElementType.INT16 || tensor.state();
    }

    private Rows rows(int tensor) {
        Tensor t = graph.tensor(tensor);
        if (t.isConstant()) {
            return Rows.whole(t.kernelBytes(), 0, t);
        }
        Allocation a = plan.allocation(tensor);
        return new Rows(arena, a.offset(), t.rowBytes(), a.ringRows());
    }

    private static void checkPlan(Graph graph, Plan plan) {
        int[] nextRow = new int[graph.nodes().size()];
        plan.forEachCall((step, begin, end) -> {
            if (begin != nextRow[step.node()] || end <= begin) {
                throw new IllegalArgumentException("node " + step.node() + " runs rows " + begin + " to " + end
                        + " instead of from " + nextRow[step.node()]);
            }
            nextRow[step.node()] = end;
        });
        for (int n = 0; n < nextRow.length; n++) {
            int rows = graph.tensor(graph.nodes().get(n).output()).shape().rows();
            if (nextRow[n] != rows) {
                throw new IllegalArgumentException("node " + n + " runs " + nextRow[n] + " of its " + rows + " rows");
            }
        }
        plan.allocations().forEach((tensor, a) -> {
            long bytes = (long) a.ringRows() * graph.tensor(tensor).rowBytes();
            if (a.bytes() != bytes || a.offset() < 0 || a.offset() + bytes > plan.arenaBytes()) {
                throw new IllegalArgumentException("tensor " + tensor + " does not lie in the arena: " + a);
            }
        });
    }
}
