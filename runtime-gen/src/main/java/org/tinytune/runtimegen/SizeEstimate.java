package org.tinytune.runtimegen;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.plan.Plan;
import org.tinytune.runtimegen.emit.Field;
import org.tinytune.runtimegen.emit.FlashArray;
import org.tinytune.runtimegen.emit.KernelCall;

/**
 * Upper bounds of what a firmware with a model takes of a board, stated without a compiler. Constants and arena are
 * exact; code, the firmware's own data and the stack are measured maxima. It may be up to a third above the truth.
 *
 * @param constantBytes weights, biases, multipliers and tables in flash
 * @param codeBytes the firmware's code, the model's included, in flash
 * @param arenaBytes the model's RAM
 * @param otherRamBytes static data and the stack
 */
public record SizeEstimate(int constantBytes, int codeBytes, int arenaBytes, int otherRamBytes) {
    /** Where a word-aligned constant follows one of single bytes. */
    private static final int ALIGNMENT_LOSS = 3;

    private static final int DUE_ARGUMENTS = 3;

    private static final Field PADDED = new Field("padded", 1);

    /** All flash. */
    public long flashBytes() {
        return (long) constantBytes + codeBytes;
    }

    /** All RAM. */
    public long ramBytes() {
        return (long) arenaBytes + otherRamBytes;
    }

    /**
     * The estimate for a board.
     *
     * @param plan made for the board's target, {@link CTarget#of}
     * @throws InvalidModelException naming the node that has no C kernel
     */
    public static SizeEstimate of(Graph graph, Plan plan, Board board) {
        Emission emission = Emission.of(graph, plan, CTarget.of(board.mcu()));
        KernelSizes sizes = new KernelSizes(board.mcu().architecture());
        boolean aligned = board.mcu().architecture() != Board.Architecture.AVR;
        int constants = emission.arrays().stream().mapToInt(FlashArray::bytes).sum();
        int losses = aligned ? emission.arrays().size() * ALIGNMENT_LOSS : 0;
        int stack = emission.kernels().stream().mapToInt(sizes::stack).max().orElse(0);
        stack += plan.passes().stream().anyMatch(Plan.Pass::isStreamed) ? sizes.streamStack() : 0;
        return new SizeEstimate(
                constants + losses,
                sizes.firmwareFlash() + code(emission, plan, sizes),
                plan.arenaBytes(),
                sizes.firmwareStatic() + Math.max(sizes.firmwareStack(), stack));
    }

    private static int code(Emission emission, Plan plan, KernelSizes sizes) {
        int bytes = 0;
        Set<String> parts = new TreeSet<>();
        for (KernelFunction function : emission.functions()) {
            KernelCall call = function.model();
            bytes += sizes.function(call.kernel(), call.geometry().contains(PADDED));
            parts.addAll(sizes.shared(call.kernel()));
        }
        bytes += parts.stream().mapToInt(sizes::part).sum();
        for (Plan.Step step : plan.steps()) {
            for (KernelCall call : emission.calls(step.node())) {
                KernelFunction function = emission.function(step.node(), call);
                List<String> arguments = function.parameters();
                bytes += sizes.call(function.isShared() ? arguments.size() : 0);
            }
            // Whether a row is due costs about what a call with its three numbers does.
            bytes += step.pace().equals(Plan.Pace.AT_ONCE) ? 0 : sizes.call(DUE_ARGUMENTS);
        }
        return bytes;
    }
}
