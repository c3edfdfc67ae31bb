package org.tinytune.cli.model;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import picocli.CommandLine.Option;

/** The board that a command works for. A picocli mixin. */
public final class BoardOption {
    @Option(
            names = "--board",
            paramLabel = "ID",
            required = true,
            completionCandidates = BoardIds.class,
            description = "The board (tinytune boards lists them).")
    private String id;

    /**
     * The board.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if there is none with that id
     */
    public Board board() {
        return Boards.byId(id);
    }
}
