package org.tinytune.cli.model;

import java.util.Optional;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.channel.ConstantChannels;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.runtimegen.BoardPlan;
import org.tinytune.runtimegen.CLibrary;
import org.tinytune.runtimegen.CLibraryGenerator;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.runtimegen.CTargetCosts;

/**
 * How a model runs on a board, or on any machine of a kind.
 *
 * @param int8 the model, without channels that are always the same
 * @param target the kind of machine
 * @param plan its plan there
 * @param onBoard the plan with what it gave up for the board's RAM; empty for any machine
 */
public record TargetPlan(Graph int8, CTarget target, Plan plan, Optional<BoardPlan> onBoard) {

    /** The plan for any machine of a kind. */
    public static TargetPlan of(Graph int8, CTarget target) {
        Graph left = FrontEnd.withFeaturesShown(ConstantChannels.leftOut(int8));
        Plan plan = Planner.plan(left, new CTargetCosts(target), target.alignment());
        return new TargetPlan(left, target, plan, Optional.empty());
    }

    /** The plan for a board, whether or not the model fits it. */
    public static TargetPlan of(Graph int8, Board board) {
        return of(int8, board, board.memory().ramBudgetBytes());
    }

    /** The plan for a board within a limit of RAM, whether or not the model keeps it. */
    public static TargetPlan of(Graph int8, Board board, long maxRamBytes) {
        BoardPlan plan = BoardPlan.of(FrontEnd.withFeaturesShown(ConstantChannels.leftOut(int8)), board, maxRamBytes);
        return new TargetPlan(plan.graph(), plan.target(), plan.plan(), Optional.of(plan));
    }

    /**
     * Checks what can be known without a compiler.
     *
     * @throws TinytuneException with {@link ExitCode#DOES_NOT_FIT} if arena or weights alone are too large for a board
     */
    public TargetPlan requireRoom(Board board) {
        requireRoom(
                board, "RAM for its arena", plan.arenaBytes(), board.memory().ramBudgetBytes());
        requireRoom(
                board, "flash for its weights", weightBytes(), board.memory().flashBudgetBytes());
        return this;
    }

    private static void requireRoom(Board board, String what, long needed, long available) {
        if (needed > available) {
            throw new TinytuneException(
                    ExitCode.DOES_NOT_FIT,
                    "model needs " + needed + " B of " + what + ", " + board.id() + " has " + available + " B: "
                            + (needed - available) + " B over (take a smaller model or a larger board)");
        }
    }

    /** Bytes of all constants. */
    public long weightBytes() {
        return int8.tensors().stream()
                .filter(Tensor::isConstant)
                .mapToLong(Tensor::bytes)
                .sum();
    }

    /**
     * The C library that follows the plan.
     *
     * @param name of the library
     */
    public CLibrary library(String name) {
        return new CLibraryGenerator(target).generate(int8, plan, name);
    }
}
