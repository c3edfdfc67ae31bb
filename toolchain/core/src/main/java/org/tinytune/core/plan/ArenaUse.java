package org.tinytune.core.plan;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.Plan.Allocation;
import org.tinytune.core.plan.Plan.Pass;

/**
 * Which bytes of the arena each tensor uses, over time, as a picture shows it: every step is as wide as every other,
 * and a streamed pass as wide as its steps together, so that a tensor that fills up or drains row by row slopes.
 *
 * <p>Checked by: ArenaUseTest.
 */
public final class ArenaUse {
    private final Plan plan;
    private final Graph graph;

    /** Of each tensor; {@code null} if it has no place in the arena. */
    private final TensorRows.Use[] uses;

    /** The moment that each column shows. */
    private final List<Integer> moments = new ArrayList<>();

    /**
     * Bytes in use.
     *
     * @param begin of the first, in the arena
     * @param end one past the last; begin if there are none
     */
    public record Range(int begin, int end) {
        private static final Range NONE = new Range(0, 0);

        /** Whether there are none. */
        public boolean isEmpty() {
            return begin == end;
        }
    }

    /**
     * The use that a plan makes of its arena.
     *
     * @param columnsPerStep how closely to look
     */
    public ArenaUse(Graph graph, Plan plan, int columnsPerStep) {
        this.plan = plan;
        this.graph = graph;
        Dataflow dataflow = new Dataflow(graph);
        List<Call> calls = new ArrayList<>();
        List<Integer> lastCalls = new ArrayList<>();
        for (int pass = 0; pass < plan.passes().size(); pass++) {
            addCalls(dataflow, pass, calls);
            lastCalls.add(calls.size());
        }
        Lifetimes lifetimes = Lifetimes.of(dataflow, calls, dataflow.given(), dataflow.wanted());
        uses = new TensorRows.Use[dataflow.tensors()];
        plan.allocations().keySet().forEach(t -> uses[t] = lifetimes.use(t));
        int from = 0;
        for (int pass = 0; pass < plan.passes().size(); pass++) {
            int columns = plan.passes().get(pass).steps().size() * columnsPerStep;
            int length = lastCalls.get(pass) - from;
            for (int c = 0; c < columns; c++) {
                moments.add(1 + from + c * length / columns);
            }
            from = lastCalls.get(pass);
        }
    }

    private void addCalls(Dataflow dataflow, int number, List<Call> calls) {
        Pass pass = plan.passes().get(number);
        Plan alone = new Plan(0, 0, 0, List.of(pass), plan.allocations());
        alone.forEachCall((step, begin, end) -> {
            boolean whole = begin == 0 && end == dataflow.outputRows(step.node());
            calls.add(new Call(number, step.node(), begin, end, whole && !pass.isStreamed()));
        });
    }

    /** The number of columns. */
    public int columns() {
        return moments.size();
    }

    /** The bytes that a tensor uses in a column; a ring is used as a whole. */
    public Range range(int tensor, int column) {
        int moment = moments.get(column);
        TensorRows.Use use = uses[tensor];
        if (use == null || !use.isUsed(moment)) {
            return Range.NONE;
        }
        Allocation a = plan.allocation(tensor);
        if (a.ringRows() < graph.tensor(tensor).shape().rows()) {
            return new Range(a.offset(), a.offset() + a.bytes());
        }
        int rowBytes = graph.tensor(tensor).rowBytes();
        return new Range(a.offset() + use.begin(moment) * rowBytes, a.offset() + use.end(moment) * rowBytes);
    }

    /** The tensor that uses most of some bytes in a column; -1 if none uses any. */
    public int mostOf(int begin, int end, int column) {
        int most = -1;
        int bytes = 0;
        for (int tensor : plan.allocations().keySet()) {
            Range range = range(tensor, column);
            int common = Math.min(end, range.end()) - Math.max(begin, range.begin());
            if (!range.isEmpty() && common > bytes) {
                most = tensor;
                bytes = common;
            }
        }
        return most;
    }
}
