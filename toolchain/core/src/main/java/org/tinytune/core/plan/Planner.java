package org.tinytune.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.plan.Plan.Allocation;
import org.tinytune.core.plan.Plan.Step;

/**
 * Plans how a graph runs whole tensor by whole tensor: when each activation lives, which output overwrites an input in
 * place, and where in the arena everything lies.
 *
 * <p>Graph inputs and outputs lie in the arena as well. An input's bytes serve others after its last use; an output's
 * last until the end of the inference, a state's for ever.
 */
public final class Planner {
    private static final int NONE = -1;
    private static final int BEFORE_FIRST_STEP = -1;

    private final Graph graph;
    private final TargetCosts costs;
    private final int steps;
    private final int[] firstStep;
    private final int[] lastStep;

    /** The block of each tensor; {@link #NONE} for constants and what nobody computes. */
    private final int[] blockOfTensor;

    private final List<Block> blocks = new ArrayList<>();

    private Planner(Graph graph, TargetCosts costs) {
        this.graph = graph;
        this.costs = costs;
        steps = graph.nodes().size();
        firstStep = new int[graph.tensors().size()];
        lastStep = new int[graph.tensors().size()];
        blockOfTensor = new int[graph.tensors().size()];
        Arrays.fill(blockOfTensor, NONE);
    }

    /**
     * The plan of a graph, in the order of its nodes. The same graph always has the same plan.
     *
     * @param costs what the target's kernels need beside the tensors
     * @param alignment of every offset, a power of two: 4 where kernels load words, otherwise 1
     * @throws ArithmeticException if the arena were to exceed 2^31 - 1 bytes
     */
    public static Plan plan(Graph graph, TargetCosts costs, int alignment) {
        if (Integer.bitCount(alignment) != 1) {
            throw new IllegalArgumentException("alignment " + alignment + " is not a power of two");
        }
        return new Planner(graph, costs).plan(alignment);
    }

    private Plan plan(int alignment) {
        findLastUses();
        for (int i = 0; i < graph.tensors().size(); i++) {
            if (graph.inputs().contains(i) || graph.tensor(i).state()) {
                startBlock(i, BEFORE_FIRST_STEP);
            }
        }
        List<Step> unplaced = new ArrayList<>();
        List<Integer> scratchBlocks = new ArrayList<>();
        for (int n = 0; n < steps; n++) {
            Node<?> node = graph.nodes().get(n);
            int overwritten = overwrittenOperand(node, n);
            for (int output : node.outputs()) {
                if (overwritten == NONE) {
                    startBlock(output, n);
                } else {
                    continueBlock(overwritten, output, n);
                }
            }
            String variant = costs.variants(graph, node).get(0);
            int scratchBytes = costs.scratchBytes(graph, node, variant);
            scratchBlocks.add(scratchBytes == 0 ? NONE : addBlock(new Block(scratchBytes, n, n)));
            int rows = graph.tensor(node.output()).shape().rows();
            unplaced.add(new Step(n, 0, rows, variant, 0, scratchBytes));
        }
        ArenaPacker.Layout layout = ArenaPacker.pack(blocks, alignment);
        List<Step> placed = new ArrayList<>();
        for (Step step : unplaced) {
            int block = scratchBlocks.get(step.node());
            int offset = block == NONE ? 0 : layout.offsets()[block];
            placed.add(
                    new Step(step.node(), step.rowBegin(), step.rowEnd(), step.variant(), offset, step.scratchBytes()));
        }
        return new Plan(layout.arenaBytes(), layout.lowerBoundBytes(), placed, allocations(layout.offsets()));
    }

    private void findLastUses() {
        Arrays.fill(lastStep, BEFORE_FIRST_STEP);
        for (int n = 0; n < steps; n++) {
            for (int input : graph.nodes().get(n).inputs()) {
                if (input != Node.ABSENT) {
                    lastStep[input] = n;
                }
            }
        }
        for (int output : graph.outputs()) {
            lastStep[output] = steps;
        }
        for (int i = 0; i < lastStep.length; i++) {
            if (graph.tensor(i).state()) {
                lastStep[i] = steps;
            }
        }
    }

    /** The tensor whose bytes the node's output may take over; {@link #NONE} if there is none. */
    private int overwrittenOperand(Node<?> node, int n) {
        if (node.outputs().size() > 1) {
            return NONE;
        }
        for (int operand : inPlaceOperands(node)) {
            int tensor = node.inputs().get(operand);
            boolean dies = tensor != Node.ABSENT && blockOfTensor[tensor] != NONE && lastStep[tensor] == n;
            if (dies
                    && graph.tensor(tensor).bytes()
                            == graph.tensor(node.output()).bytes()) {
                return tensor;
            }
        }
        return NONE;
    }

    private static <P extends Record> List<Integer> inPlaceOperands(Node<P> node) {
        return node.operator().inPlace(node.params()).inputs();
    }

    private void startBlock(int tensor, int step) {
        firstStep[tensor] = step;
        lastStep[tensor] = Math.max(step, lastStep[tensor]);
        Tensor t = graph.tensor(tensor);
        blockOfTensor[tensor] = addBlock(new Block(t.bytes(), step, lastStep[tensor]));
    }

    private void continueBlock(int overwritten, int tensor, int step) {
        firstStep[tensor] = step;
        lastStep[tensor] = Math.max(step, lastStep[tensor]);
        int block = blockOfTensor[overwritten];
        blocks.set(block, blocks.get(block).until(lastStep[tensor]));
        blockOfTensor[tensor] = block;
    }

    private int addBlock(Block block) {
        blocks.add(block);
        return blocks.size() - 1;
    }

    private SortedMap<Integer, Allocation> allocations(int[] offsets) {
        SortedMap<Integer, Allocation> allocations = new TreeMap<>();
        for (int i = 0; i < blockOfTensor.length; i++) {
            if (blockOfTensor[i] != NONE) {
                Tensor t = graph.tensor(i);
                int offset = offsets[blockOfTensor[i]];
                allocations.put(i, new Allocation(offset, t.bytes(), t.shape().rows(), firstStep[i], lastStep[i]));
            }
        }
        return allocations;
    }
}
