package org.tinytune.cli.model;

import org.tinytune.core.board.Board;
import org.tinytune.nas.Limits;
import picocli.CommandLine.Option;

/** How much of a board's memory a firmware may take. A picocli mixin. */
public final class MemoryOptions {
    @Option(
            names = "--max-ram",
            paramLabel = "SIZE",
            converter = UnitConverters.Bytes.class,
            description = "RAM for the model and its stack, as in 8KB (default: all that the board has).")
    private Long maxRam;

    @Option(
            names = "--max-flash",
            paramLabel = "SIZE",
            converter = UnitConverters.Bytes.class,
            description = "Flash for the firmware, as in 64KB (default: all that the board has).")
    private Long maxFlash;

    /** What the board has, or less. */
    public Limits limits(Board board) {
        Limits limits = Limits.of(board);
        limits = maxRam == null ? limits : limits.withRam(maxRam);
        return maxFlash == null ? limits : limits.withFlash(maxFlash);
    }
}
