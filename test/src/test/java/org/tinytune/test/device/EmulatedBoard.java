package org.tinytune.test.device;

import java.util.List;
import org.tinytune.core.board.Board;
import org.tinytune.device.Progress;
import org.tinytune.device.emulator.VirtualBoard;
import org.tinytune.device.flash.Flasher;
import org.tinytune.device.flash.IntelHex;
import org.tinytune.device.profile.DeviceProfile;
import org.tinytune.device.profile.DeviceProfiler;
import org.tinytune.device.serial.JsscSerialLink;
import org.tinytune.device.serial.SerialLink;
import org.tinytune.runtimegen.firmware.Firmware;

/** The whole way from a linked firmware to its profile. */
public final class EmulatedBoard {
    private EmulatedBoard() {}

    /** Starts the board, flashes it where it is flashed over its line, and runs the inputs. */
    public static DeviceProfile profile(Board board, Firmware firmware, String modelHash, List<byte[]> inputs) {
        try (VirtualBoard virtual = VirtualBoard.start(board, firmware.elf());
                SerialLink link =
                        JsscSerialLink.open(virtual.port(), board.serial().baud())) {
            if (board.flash().protocol() == Board.FlashProtocol.STK500V1) {
                Flasher.flash(link, board, IntelHex.read(firmware.hex()), Progress.NONE);
            }
            return new DeviceProfiler(link, board, modelHash).profile(inputs, Progress.NONE);
        }
    }
}
