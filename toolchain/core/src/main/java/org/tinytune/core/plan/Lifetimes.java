package org.tinytune.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.Tensor;

/**
 * The blocks of memory that a list of calls needs: which tensors share one because each overwrites the one before in
 * place, which are held as rings of rows, and which bytes of each block are in use at each moment.
 *
 * <p>Moment 0 is before the first call, moment {@code k} is call {@code k - 1}, the last is after all calls. The states
 * of the graph are needed before and after.
 */
final class Lifetimes {
    static final int NONE = -1;

    private final Dataflow graph;
    private final List<Call> calls;
    private final TensorRows[] rows;

    /** Of each tensor, the one whose memory it shares; itself if it is the first. */
    private final int[] head;

    private final List<Block> blocks = new ArrayList<>();
    private final int[] blockOfTensor;
    private final int[] ringRows;

    private Lifetimes(Dataflow graph, List<Call> calls) {
        this.graph = graph;
        this.calls = calls;
        int tensors = graph.tensors();
        rows = new TensorRows[tensors];
        head = new int[tensors];
        Arrays.setAll(head, t -> t);
        blockOfTensor = new int[tensors];
        Arrays.fill(blockOfTensor, NONE);
        ringRows = new int[tensors];
    }

    /**
     * The blocks of some calls.
     *
     * @param calls in order
     * @param before whether each tensor is there before the first call
     * @param after whether each tensor is needed after the last call
     */
    static Lifetimes of(Dataflow graph, List<Call> calls, boolean[] before, boolean[] after) {
        Lifetimes lifetimes = new Lifetimes(graph, calls);
        lifetimes.collect(before, after);
        lifetimes.shareInPlace();
        lifetimes.makeBlocks();
        return lifetimes;
    }

    /** The blocks, one for all tensors that share memory. */
    List<Block> blocks() {
        return blocks;
    }

    /** The block of a tensor; {@link #NONE} if it needs no memory here. */
    int block(int tensor) {
        return blockOfTensor[tensor];
    }

    /** Which rows of a tensor are in use, moment by moment. */
    TensorRows.Use use(int tensor) {
        return rows[tensor].use();
    }

    /** How many rows of a tensor are held at once. */
    int ringRows(int tensor) {
        return ringRows[tensor];
    }

    private void collect(boolean[] before, boolean[] after) {
        for (int t = 0; t < rows.length; t++) {
            if (before[t]) {
                rows(t).write(0, 0, graph.rows(t));
                rows(t).holdWhole();
            }
        }
        for (int k = 0; k < calls.size(); k++) {
            collect(calls.get(k), k + 1);
        }
        for (int t = 0; t < rows.length; t++) {
            if (after[t]) {
                rows(t).read(calls.size() + 1, 0, graph.rows(t));
                rows(t).holdWhole();
            }
        }
    }

    private void collect(Call call, int moment) {
        RowWindow window = call.whole() ? null : graph.window(call.node());
        for (int t : graph.activations(call.node())) {
            int begin = window == null ? 0 : window.first(call.begin());
            int end = window == null ? graph.rows(t) : window.end(call.end() - 1);
            rows(t).read(moment, begin, end);
            rows(t).touch(call);
        }
        for (int t : graph.outputs(call.node())) {
            rows(t).write(moment, call.begin(), call.end());
            rows(t).touch(call);
        }
    }

    private TensorRows rows(int tensor) {
        if (rows[tensor] == null) {
            rows[tensor] = new TensorRows();
        }
        return rows[tensor];
    }

    /** Lets outputs take over the memory of an operand where nobody misses it. */
    private void shareInPlace() {
        int previous = NONE;
        for (Call call : calls) {
            // The first call of a step decides for all of it.
            if (call.node() != previous && call.begin() == 0) {
                shareInPlace(graph.node(call.node()), call.whole());
            }
            previous = call.node();
        }
    }

    private <P extends Record> void shareInPlace(Node<P> node, boolean whole) {
        if (node.outputs().size() > 1) {
            return;
        }
        Tensor output = graph.tensor(node.output());
        for (int operand : node.operator().inPlace(node.params()).inputs()) {
            int t = node.inputs().get(operand);
            boolean inArena =
                    t != Node.ABSENT && rows[t] != null && !graph.tensor(t).state();
            if (inArena
                    && graph.tensor(t).bytes() == output.bytes()
                    && (whole || graph.tensor(t).rowBytes() == output.rowBytes())
                    && rows[t].canBeOverwrittenBy(rows[node.output()], !whole)) {
                head[node.output()] = head[t];
                return;
            }
        }
    }

    private void makeBlocks() {
        List<List<Integer>> sharing = new ArrayList<>();
        for (int t = 0; t < rows.length; t++) {
            sharing.add(new ArrayList<>());
        }
        for (int t = 0; t < rows.length; t++) {
            if (rows[t] != null && !rows[t].isEmpty()) {
                sharing.get(head[t]).add(t);
            }
        }
        sharing.stream().filter(tensors -> !tensors.isEmpty()).forEach(this::makeBlock);
    }

    /** Adds the block of tensors that share memory: a ring if they are held only in part, as long as it has to be. */
    private void makeBlock(List<Integer> sharing) {
        List<TensorRows.Use> uses = sharing.stream().map(t -> rows[t].use()).toList();
        int first = uses.stream().mapToInt(TensorRows.Use::first).min().orElseThrow();
        int last = uses.stream().mapToInt(TensorRows.Use::last).max().orElseThrow();
        boolean whole = sharing.stream().anyMatch(t -> rows[t].isWhole());
        int height = graph.rows(sharing.get(0));
        int held = whole ? height : Math.min(height, mostRows(uses, first, last));
        for (int t : sharing) {
            blockOfTensor[t] = blocks.size();
            ringRows[t] = held < height ? held : graph.rows(t);
        }
        if (held < height) {
            blocks.add(new Block(held * graph.tensor(sharing.get(0)).rowBytes(), first, last));
        } else {
            blocks.add(wholeBlock(sharing, uses, first, last));
        }
    }

    private static int mostRows(List<TensorRows.Use> uses, int first, int last) {
        int most = 0;
        for (int m = first; m <= last; m++) {
            int begin = Integer.MAX_VALUE;
            int end = 0;
            for (TensorRows.Use use : uses) {
                if (use.isUsed(m)) {
                    begin = Math.min(begin, use.begin(m));
                    end = Math.max(end, use.end(m));
                }
            }
            most = Math.max(most, end - begin);
        }
        return most;
    }

    private Block wholeBlock(List<Integer> sharing, List<TensorRows.Use> uses, int first, int last) {
        int bytes = graph.tensor(sharing.get(0)).bytes();
        int[] begins = new int[last - first + 1];
        int[] ends = new int[last - first + 1];
        boolean always = true;
        for (int m = first; m <= last; m++) {
            int begin = bytes;
            int end = 0;
            for (int i = 0; i < uses.size(); i++) {
                if (uses.get(i).isUsed(m)) {
                    int rowBytes = graph.tensor(sharing.get(i)).rowBytes();
                    begin = Math.min(begin, uses.get(i).begin(m) * rowBytes);
                    end = Math.max(end, uses.get(i).end(m) * rowBytes);
                }
            }
            begins[m - first] = begin;
            ends[m - first] = end;
            always &= begin == 0 && end == bytes;
        }
        return always ? new Block(bytes, first, last) : new Block(bytes, first, last, begins, ends);
    }
}
