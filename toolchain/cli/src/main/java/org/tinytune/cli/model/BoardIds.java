package org.tinytune.cli.model;

import java.util.Iterator;
import org.tinytune.core.board.Boards;

/** The ids that complete {@code --board}. */
public final class BoardIds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Boards.ids().iterator();
    }
}
