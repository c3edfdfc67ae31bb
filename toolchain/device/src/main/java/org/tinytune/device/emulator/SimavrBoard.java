package org.tinytune.device.emulator;

import java.nio.file.Path;
import java.util.List;
import org.tinytune.core.board.Board;
import org.tinytune.core.tool.Tools;
import org.tinytune.device.flash.FlashImage;
import org.tinytune.device.flash.IntelHex;

/** An AVR board in simavr, started with its bootloader alone. Opening its port resets it. */
final class SimavrBoard {
    private SimavrBoard() {}

    static VirtualBoard start(Board board, Board.Emulator emulator) {
        Path bootloaders = Tools.ARDUINO_BOOTLOADERS.require();
        FlashImage bootloader =
                IntelHex.read(bootloaders.resolve(emulator.bootloader().orElseThrow()));
        int start = bootloader.origin();
        // Debian's optiboot is 20 bytes longer than the boot section; the chip has nothing there either.
        int end = Math.toIntExact(Math.min(bootloader.end(), board.memory().flashBytes()));
        List<String> command = List.of(
                SimavrHost.program().toString(),
                emulator.machine(),
                Long.toString(board.mcu().clockHz()),
                Integer.toString(start),
                Integer.toString(end - start));
        return EmulatorProcess.start("simavr", command, bootloader.slice(start, end));
    }
}
