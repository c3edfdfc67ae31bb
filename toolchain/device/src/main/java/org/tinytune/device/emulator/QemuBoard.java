package org.tinytune.device.emulator;

import java.nio.file.Path;
import java.util.List;
import org.tinytune.core.board.Board;
import org.tinytune.core.tool.Tools;

/** A Cortex-M board in QEMU, started with its firmware. One instruction takes one nanosecond of its time. */
final class QemuBoard {
    /** Runs its arguments until they end or standard input does, which QEMU does not look at by itself. */
    private static final String UNTIL_END_OF_INPUT = String.join(
            "\n",
            "exec 3<&0",
            "\"$@\" 3<&- </dev/null &",
            "child=$!",
            "{ cat; kill \"$child\"; } <&3 >/dev/null 2>&1 &",
            "exec 3<&-",
            "wait \"$child\"");

    private QemuBoard() {}

    static VirtualBoard start(Board.Emulator emulator, Path firmware) {
        List<String> command = List.of(
                "sh",
                "-c",
                UNTIL_END_OF_INPUT,
                "sh",
                Tools.QEMU_ARM.require().toString(),
                "-machine",
                emulator.machine(),
                "-icount",
                "shift=0",
                "-display",
                "none",
                "-monitor",
                "none",
                "-serial",
                "pty",
                "-kernel",
                firmware.toString());
        return EmulatorProcess.start("qemu-system-arm", command, new byte[0]);
    }
}
