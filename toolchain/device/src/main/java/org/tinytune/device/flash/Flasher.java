package org.tinytune.device.flash;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.device.Progress;
import org.tinytune.device.serial.SerialLink;

/** Writes firmware by whatever protocol the board's loader speaks. */
public final class Flasher {
    private Flasher() {}

    /**
     * Writes an image, reads it back and starts it.
     *
     * @param link to the board, open at {@link Board.Flash#baud}
     * @throws TinytuneException with {@link ExitCode#USAGE} if the board is not flashed over a line, and as
     *     {@link Stk500v1#flash}
     */
    public static void flash(SerialLink link, Board board, FlashImage image, Progress progress) {
        switch (board.flash().protocol()) {
            case STK500V1 -> new Stk500v1(link, board).flash(image, progress);
            case EMULATOR ->
                throw new TinytuneException(
                        ExitCode.USAGE,
                        board.id()
                                + " is started with its firmware, there is nothing to flash (use `tinytune profile`)");
        }
    }
}
