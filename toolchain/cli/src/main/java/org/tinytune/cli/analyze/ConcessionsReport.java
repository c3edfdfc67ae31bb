package org.tinytune.cli.analyze;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tinytune.cli.model.KernelName;
import org.tinytune.cli.output.Quantities;
import org.tinytune.core.board.Board;
import org.tinytune.runtimegen.BoardPlan;

/**
 * The nodes that run on slower kernels because the fastest need more RAM than the board has, as JSON shows it.
 *
 * @param fastestRamBytes what the firmware would need with the fastest kernels, an upper bound
 * @param ramBudgetBytes what the board has
 */
record ConcessionsReport(long fastestRamBytes, long ramBudgetBytes, List<Slower> nodes) {
    /**
     * A node on a slower kernel.
     *
     * @param kernel that computes it
     * @param fastest that would with more RAM
     */
    record Slower(int node, String operator, String kernel, String fastest) {
        private String text() {
            return node + " (" + kernel + " in place of " + fastest + ")";
        }
    }

    /** Empty if all kernels are those that the board's kind of machine takes first. */
    static Optional<ConcessionsReport> of(BoardPlan plan, Board board) {
        List<Slower> nodes = plan.concessions().stream()
                .map(c -> new Slower(
                        c.node(),
                        plan.graph().nodes().get(c.node()).operator().name(),
                        KernelName.of(c.taken()),
                        KernelName.of(c.fastest())))
                .toList();
        return nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(new ConcessionsReport(
                        plan.fastestRamBytes(), board.memory().ramBudgetBytes(), nodes));
    }

    String text() {
        return "kernels: slower ones save RAM at operators "
                + nodes.stream().map(Slower::text).collect(Collectors.joining(", ")) + "; the fastest would need up to "
                + Quantities.bytes(fastestRamBytes) + " of " + Quantities.bytes(ramBudgetBytes) + "\n";
    }
}
