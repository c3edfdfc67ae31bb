package org.tinytune.runtimegen.firmware;

import org.tinytune.core.board.Board;

/**
 * How a firmware is compiled.
 *
 * @param optimization of the model; the protocol around it is always compiled for size
 * @param trace whether every operator's output is summed and told to the host: for comparing, not for timing
 * @param strict whether a compiler's warning fails the build
 */
public record FirmwareOptions(Optimization optimization, boolean trace, boolean strict) {

    /** What the compiler is asked to keep small. */
    public enum Optimization {
        /** Code: {@code -Os}. */
        SIZE("-Os"),
        /** Time: {@code -O2}. */
        SPEED("-O2");

        private final String flag;

        Optimization(String flag) {
            this.flag = flag;
        }

        String flag() {
            return flag;
        }
    }

    /** A firmware to measure and to ship. */
    public static FirmwareOptions of(Optimization optimization) {
        return new FirmwareOptions(optimization, false, false);
    }

    /** As firmware for a board is shipped: small on AVR, where code and weights share 32 KB, and fast elsewhere. */
    public static FirmwareOptions of(Board board) {
        boolean isSmall = board.mcu().architecture() == Board.Architecture.AVR;
        return of(isSmall ? Optimization.SIZE : Optimization.SPEED);
    }

    /** The same, telling the CRC-32 of every operator's output. */
    public FirmwareOptions traced() {
        return new FirmwareOptions(optimization, true, strict);
    }

    /** The same, with a compiler's warning as an error. */
    public FirmwareOptions strictly() {
        return new FirmwareOptions(optimization, trace, true);
    }
}
