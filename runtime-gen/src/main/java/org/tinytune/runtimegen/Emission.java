package org.tinytune.runtimegen;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Plan.Allocation;
import org.tinytune.core.plan.Plan.Pace;
import org.tinytune.core.plan.Plan.Step;
import org.tinytune.runtimegen.emit.Emitter;
import org.tinytune.runtimegen.emit.Emitters;
import org.tinytune.runtimegen.emit.Field;
import org.tinytune.runtimegen.emit.FlashArray;
import org.tinytune.runtimegen.emit.KernelCall;
import org.tinytune.runtimegen.emit.Site;

/** A graph as calls of C kernels: what is printed, and what a size is estimated of. */
final class Emission {
    private final Graph graph;
    private final Plan plan;
    private final List<List<KernelCall>> calls = new ArrayList<>();
    private final Map<Geometry, KernelFunction> functions = new LinkedHashMap<>();

    /** What calls must have in common to share a function. */
    private record Geometry(String kernel, List<Field> fields, boolean ranged) {}

    private Emission(Graph graph, Plan plan) {
        this.graph = graph;
        this.plan = plan;
    }

    /**
     * Emits every node.
     *
     * @throws InvalidModelException naming the node that has no C kernel, or that its kernel cannot compute
     */
    static Emission of(Graph graph, Plan plan, CTarget target) {
        Emission emission = new Emission(graph, plan);
        for (int n = 0; n < graph.nodes().size(); n++) {
            Node<?> node = graph.nodes().get(n);
            try {
                emission.add(n, node, target);
            } catch (InvalidModelException e) {
                throw new InvalidModelException(
                        "node " + n + " (" + node.operator().name() + "): " + e.getMessage());
            }
        }
        return emission;
    }

    private <P extends Record> void add(int index, Node<P> node, CTarget target) {
        Operands operands = graph.operands(node);
        List<Step> steps = steps(index);
        boolean whole = isWhole(index);
        List<Integer> inputRingRows = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            inputRingRows.add(ringRows(node.inputs().get(i)));
        }
        boolean inPlace = !operands.input(0).isConstant()
                && plan.allocation(node.inputs().get(0)).offset()
                        == plan.allocation(node.output()).offset();
        Emitter<P> emitter = Emitters.of(node, operands);
        List<KernelCall> emitted = emitter.emit(new Site<>(
                node.params(),
                operands,
                inputRingRows,
                ringRows(node.output()),
                whole,
                inPlace,
                target,
                steps.get(0).variant()));
        calls.add(List.copyOf(emitted));
        if (steps.stream().anyMatch(s -> s.scratchOffset() % target.alignment() != 0)) {
            throw new IllegalArgumentException(
                    "node " + index + " (" + node.operator().name()
                            + ") has scratch that is not aligned: the plan was made for another target");
        }
        for (KernelCall call : emitted) {
            if (steps.stream().anyMatch(s -> s.scratchBytes() < call.scratchBytes())) {
                throw new IllegalArgumentException("node " + index + " ("
                        + node.operator().name() + ") needs " + call.scratchBytes()
                        + " B of scratch, which the plan does not give it: it was made for another target");
            }
            String name = call.kernel() + "_" + index;
            functions
                    .computeIfAbsent(
                            new Geometry(call.kernel(), call.geometry(), !whole),
                            key -> new KernelFunction(unused(name), !whole))
                    .add(call);
        }
    }

    /** The name, or if a function has it already, for another geometry of the same node, the name with a number. */
    private String unused(String name) {
        String unused = name;
        for (int i = 2; isUsed(unused); i++) {
            unused = name + "_" + i;
        }
        return unused;
    }

    private boolean isUsed(String name) {
        return functions.values().stream().anyMatch(f -> f.name().equals(name));
    }

    private int ringRows(int tensor) {
        if (tensor == Node.ABSENT || graph.tensor(tensor).isConstant()) {
            return Integer.MAX_VALUE;
        }
        return plan.allocation(tensor).ringRows();
    }

    /** The steps of a node, in order. */
    List<Step> steps(int node) {
        return plan.steps().stream().filter(s -> s.node() == node).toList();
    }

    /** Whether one call computes all rows of a node's output. */
    boolean isWhole(int node) {
        List<Step> steps = steps(node);
        int rows = output(node).shape().rows();
        return steps.size() == 1
                && steps.get(0).pace().equals(Pace.AT_ONCE)
                && steps.get(0).rowBegin() == 0
                && steps.get(0).rowEnd() == rows;
    }

    /** The output of a node. */
    Tensor output(int node) {
        return graph.operands(graph.nodes().get(node)).output();
    }

    /** Where the output of a node lies. */
    Allocation outputAllocation(int node) {
        return plan.allocation(graph.nodes().get(node).output());
    }

    /** The calls of a node, in order; none if it has nothing to do. */
    List<KernelCall> calls(int node) {
        return calls.get(node);
    }

    /** The function that a call of a node goes to. */
    KernelFunction function(int node, KernelCall call) {
        return functions.get(new Geometry(call.kernel(), call.geometry(), !isWhole(node)));
    }

    /** All functions, in the order of their first call. */
    Collection<KernelFunction> functions() {
        return functions.values();
    }

    /** The kernels that are used, by name. */
    Collection<String> kernels() {
        TreeSet<String> kernels = new TreeSet<>();
        functions.values().forEach(f -> kernels.add(f.model().kernel()));
        return kernels;
    }

    /** All constants in flash. */
    List<FlashArray> arrays() {
        return calls.stream()
                .flatMap(List::stream)
                .flatMap(call -> call.arrays().stream())
                .toList();
    }
}
