package org.tinytune.runtimegen.firmware;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;

/**
 * What a linked firmware takes of a board, in bytes.
 *
 * @param flashBytes code, constants and the initial values of static data
 * @param staticRamBytes initialised and zeroed static data, the model's arena included
 * @param stackBytes no run can use more stack than this, interrupts included
 */
public record FirmwareSizes(long flashBytes, long staticRamBytes, long stackBytes) {

    /** All RAM: static data and the deepest stack. */
    public long ramBytes() {
        return staticRamBytes + stackBytes;
    }

    /** How many bytes of flash are lacking on the board; 0 if it fits. */
    public long flashOverBytes(Board board) {
        return Math.max(0, flashBytes - board.memory().flashBudgetBytes());
    }

    /** How many bytes of RAM are lacking on the board; 0 if it fits. */
    public long ramOverBytes(Board board) {
        return Math.max(0, ramBytes() - board.memory().ramBudgetBytes());
    }

    /**
     * Checks that the firmware fits.
     *
     * @throws TinytuneException with {@link ExitCode#DOES_NOT_FIT} and the bytes it is over
     */
    public void requireFit(Board board) {
        if (flashOverBytes(board) > 0) {
            throw doesNotFit(board, "flash", flashBytes, board.memory().flashBudgetBytes());
        }
        if (ramOverBytes(board) > 0) {
            throw doesNotFit(board, "RAM", ramBytes(), board.memory().ramBudgetBytes());
        }
    }

    private static TinytuneException doesNotFit(Board board, String memory, long needed, long available) {
        return new TinytuneException(
                ExitCode.DOES_NOT_FIT,
                "firmware needs " + needed + " B of " + memory + ", " + board.id() + " has " + available + " B: "
                        + (needed - available) + " B over (take a smaller model or a larger board)");
    }
}
