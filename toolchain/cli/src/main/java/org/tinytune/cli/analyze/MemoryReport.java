package org.tinytune.cli.analyze;

import org.tinytune.cli.output.Quantities;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.nas.Footprint;
import org.tinytune.nas.FootprintMeter;
import org.tinytune.runtimegen.BoardPlan;

/**
 * Whether a model's firmware fits a board, as JSON shows it.
 *
 * @param fits whether both sizes are within what the board has
 * @param ramBytes of static data, the arena and the deepest stack together
 * @param ramBudgetBytes what the board has for them
 * @param flashBytes of code, tables and weights
 * @param flashBudgetBytes what the board has for them
 * @param source where the sizes come from
 */
record MemoryReport(
        boolean fits, long ramBytes, long ramBudgetBytes, long flashBytes, long flashBudgetBytes, String source) {

    static MemoryReport of(BoardPlan plan, Board board) {
        FootprintMeter meter = new FootprintMeter(board);
        try {
            return of(meter.measure(plan), meter.sizesOrigin(), board);
        } catch (TinytuneException e) {
            if (e.exitCode() != ExitCode.DOES_NOT_FIT) {
                throw e;
            }
            FootprintMeter bounds = new FootprintMeter(board, false);
            return of(bounds.measure(plan), bounds.sizesOrigin(), board);
        }
    }

    private static MemoryReport of(Footprint footprint, String source, Board board) {
        long ramBudget = board.memory().ramBudgetBytes();
        long flashBudget = board.memory().flashBudgetBytes();
        return new MemoryReport(
                footprint.ramBytes() <= ramBudget && footprint.flashBytes() <= flashBudget,
                footprint.ramBytes(),
                ramBudget,
                footprint.flashBytes(),
                flashBudget,
                source);
    }

    String text() {
        return "memory: " + (fits ? "fits" : "does not fit") + ", " + use("RAM", ramBytes, ramBudgetBytes) + ", "
                + use("flash", flashBytes, flashBudgetBytes) + " (" + source + ")\n";
    }

    private static String use(String what, long bytes, long budget) {
        String over = bytes > budget ? ", " + Quantities.bytes(bytes - budget) + " over" : "";
        return what + " " + Quantities.bytes(bytes) + " of " + Quantities.bytes(budget) + over;
    }
}
