package org.tinytune.core.testing;

import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Plan.Allocation;
import org.tinytune.core.plan.Plan.Step;

/**
 * Follows a plan with an arena whose bytes know which row of which tensor they hold, and so proves without any
 * arithmetic that every row that a call reads is still there, and that no output or scratch touches what is needed.
 */
public final class PlanChecker {
    private static final long SCRATCH = -2;

    private final Graph graph;
    private final Plan plan;
    private final String title;
    private final long[] holds;

    private PlanChecker(Graph graph, Plan plan, String title) {
        this.graph = graph;
        this.plan = plan;
        this.title = title;
        holds = new long[plan.arenaBytes()];
        Arrays.fill(holds, -1);
    }

    /** Fails at the first row that is overwritten before its last use. */
    public static void assertKeepsWhatIsNeeded(Graph graph, Plan plan, String title) {
        new PlanChecker(graph, plan, title).check();
    }

    private void check() {
        for (int t = 0; t < graph.tensors().size(); t++) {
            if (graph.inputs().contains(t) || graph.tensor(t).state()) {
                write(t, 0, rows(t));
            }
        }
        plan.forEachCall(this::call);
        for (int t = 0; t < graph.tensors().size(); t++) {
            if (graph.outputs().contains(t) || graph.tensor(t).state()) {
                assertHeld(t, 0, rows(t), "at the end");
            }
        }
    }

    private void call(Step step, int begin, int end) {
        Node<?> node = graph.nodes().get(step.node());
        String where = "node " + step.node() + ", rows " + begin + " to " + end;
        Arrays.fill(holds, step.scratchOffset(), step.scratchOffset() + step.scratchBytes(), SCRATCH);
        boolean all = begin == 0 && end == rows(node.output());
        RowWindow window = graph.rowWindow(node);
        for (int t : activations(node)) {
            assertHeld(t, all ? 0 : window.first(begin), all ? rows(t) : window.end(end - 1), where);
        }
        node.outputs().forEach(t -> write(t, begin, end));
        node.outputs().forEach(t -> assertHeld(t, begin, end, where));
        for (int t : activations(node)) {
            if (!isOverwrittenInPlace(node, t)) {
                assertHeld(t, all ? 0 : window.first(begin), all ? rows(t) : window.end(end - 1), where + " writes");
            }
        }
        for (int i = 0; i < step.scratchBytes(); i++) {
            if (holds[step.scratchOffset() + i] != SCRATCH) {
                fail("%s: byte %d of the scratch is lost, %s", title, i, where);
            }
        }
    }

    private List<Integer> activations(Node<?> node) {
        List<Integer> activations = new ArrayList<>(node.inputs());
        activations.removeIf(t -> t == Node.ABSENT || graph.tensor(t).isConstant());
        return activations;
    }

    private <P extends Record> boolean isOverwrittenInPlace(Node<P> node, int tensor) {
        Allocation in = plan.allocation(tensor);
        Allocation out = plan.allocation(node.output());
        return in.offset() == out.offset()
                && in.bytes() == out.bytes()
                && node.operator().inPlace(node.params()).inputs().stream()
                        .anyMatch(i -> node.inputs().get(i) == tensor);
    }

    private int rows(int tensor) {
        return graph.tensor(tensor).shape().rows();
    }

    private void write(int tensor, int begin, int end) {
        for (int y = begin; y < end; y++) {
            int at = at(tensor, y);
            Arrays.fill(holds, at, at + graph.tensor(tensor).rowBytes(), mark(tensor, y));
        }
    }

    private void assertHeld(int tensor, int begin, int end, String where) {
        for (int y = begin; y < end; y++) {
            int at = at(tensor, y);
            for (int i = 0; i < graph.tensor(tensor).rowBytes(); i++) {
                if (holds[at + i] != mark(tensor, y)) {
                    fail("%s: byte %d of row %d of tensor %d is lost, %s", title, i, y, tensor, where);
                }
            }
        }
    }

    private int at(int tensor, int row) {
        Allocation a = plan.allocation(tensor);
        return a.offset() + row % a.ringRows() * graph.tensor(tensor).rowBytes();
    }

    private static long mark(int tensor, int row) {
        return ((long) tensor << Integer.SIZE) + row;
    }
}
