package org.tinytune.device.emulator;

import java.io.Closeable;
import java.nio.file.Path;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;

/** A running emulated board. */
public interface VirtualBoard extends Closeable {

    /** The pseudo-terminal that is its serial port. */
    String port();

    /** Whether it still runs. */
    boolean isAlive();

    /** Ends it. */
    @Override
    void close();

    /**
     * Starts a board. One that is flashed over its serial line comes up with its bootloader alone.
     *
     * @param firmware the ELF file that the other boards are started with
     * @throws TinytuneException with {@link ExitCode#USAGE} if there is no emulator for it, with
     *     {@link ExitCode#TOOL_MISSING} if the emulator is not installed or does not start
     */
    static VirtualBoard start(Board board, Path firmware) {
        Board.Emulator emulator = board.emulator()
                .orElseThrow(() -> new TinytuneException(
                        ExitCode.USAGE, board.id() + " has no emulator (connect the board and name its --port)"));
        return switch (emulator.kind()) {
            case QEMU -> QemuBoard.start(emulator, firmware);
            case SIMAVR -> SimavrBoard.start(board, emulator);
        };
    }
}
