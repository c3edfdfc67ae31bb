package org.tinytune.runtimegen;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;

/**
 * How a model runs on a board: whoever plans for a board, and not just for a kind of machine, asks here.
 *
 * <p>The fastest kernels need scratch in the arena. Where the firmware would exceed the RAM with them, nodes run on
 * slower kernels that need less: only those that make the peak, the cheapest loss of time first, until it fits or
 * nothing more helps. RAM beside the arena is that of {@link SizeEstimate} for the fastest kernels, an upper bound, so
 * that the plan is the same with and without a compiler. Kernels that were chosen for the model ({@link KernelChoice})
 * are taken as they are.
 *
 * <p>Checked by: BoardPlanTest.
 *
 * @param graph the model
 * @param target the board's kind of machine
 * @param plan what the board's firmware follows
 * @param concessions nodes that make do with less scratch, in the order of the graph
 * @param fastestRamBytes what the firmware would take with the fastest kernels: an upper bound, or 0 if no node has a
 *     kernel that needs less scratch, or kernels were chosen for the model
 */
public record BoardPlan(Graph graph, CTarget target, Plan plan, List<Concession> concessions, long fastestRamBytes) {
    /** Keeps a copy. */
    public BoardPlan {
        concessions = List.copyOf(concessions);
    }

    /**
     * A node on a slower kernel.
     *
     * @param node index in the graph
     * @param fastest the variant that the target would take
     * @param taken the variant in its place
     */
    public record Concession(int node, String fastest, String taken) {}

    /**
     * The plan within a limit. It is made even if nothing fits: then it needs hardly more than the least RAM.
     *
     * @param maxRamBytes of static data, arena and stack together
     * @throws InvalidModelException naming the node that has no C kernel
     */
    public static BoardPlan of(Graph int8, Board board, long maxRamBytes) {
        CTarget target = CTarget.of(board.mcu());
        if (!KernelChoice.of(int8.metadata(), target).equals(KernelChoice.NONE)) {
            Plan plan = Planner.plan(int8, new CTargetCosts(target), target.alignment());
            return new BoardPlan(int8, target, plan, List.of(), 0);
        }
        return new BoardPlanner(int8, board, maxRamBytes).plan();
    }

    /** The C library that follows the plan. */
    public CLibrary library(String name) {
        return new CLibraryGenerator(target).generate(graph, plan, name);
    }

    /** The variants of all nodes that several could serve: what has to be kept with the model for it to stay so. */
    public KernelChoice kernels() {
        CTargetCosts costs = new CTargetCosts(target);
        SortedMap<String, String> variants = new TreeMap<>();
        for (Plan.Step step : plan.steps()) {
            Node<?> node = graph.nodes().get(step.node());
            String tensor = graph.tensor(node.output()).name();
            if (KernelChoice.canName(tensor) && costs.variants(graph, node).size() > 1) {
                variants.put(tensor, step.variant());
            }
        }
        return new KernelChoice(variants);
    }
}
