package org.tinytune.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tinytune.cli.model.BoardOption;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.profile.FirmwareFile;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.device.flash.FlashImage;
import org.tinytune.device.flash.Flasher;
import org.tinytune.device.serial.JsscSerialLink;
import org.tinytune.device.serial.SerialLink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a firmware onto a board through its bootloader, and reads it back. */
@Command(name = "flash", description = "Write a firmware onto a board through its bootloader, and read it back.")
final class FlashCommand implements Callable<Integer> {
    @Parameters(paramLabel = "F", description = "What tinytune build wrote: the ELF file with its .hex, or the .hex.")
    private Path firmware;

    @Mixin
    private BoardOption board;

    @Option(
            names = "--port",
            paramLabel = "P",
            required = true,
            description = "The board's serial port, as in /dev/ttyACM0 or COM3.")
    private String port;

    @Mixin
    private Output output;

    private record Report(String board, String port, String firmware, int bytes, boolean verified) {}

    @Override
    public Integer call() {
        Board target = board.board();
        if (target.flash().protocol() == Board.FlashProtocol.EMULATOR) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    target.id() + " has no bootloader, it is started with its firmware (tinytune emulate --board "
                            + target.id() + " --firmware " + firmware + ")");
        }
        FlashImage image = FirmwareFile.image(firmware, target);
        flash(target, port, image);
        Report report = new Report(target.id(), port, firmware.toString(), image.end() - image.origin(), true);
        output.print(
                report,
                () -> "wrote " + Quantities.bytes(report.bytes()) + " to " + target.id() + " at " + port
                        + " and read them back\n");
        return ExitCode.OK.code();
    }

    /** Flashes with progress on standard error. */
    static void flash(Board board, String port, FlashImage image) {
        try (SerialLink link = JsscSerialLink.open(port, board.flash().baud());
                ProgressLine progress = new ProgressLine()) {
            progress.begin("flashing " + board.id() + " at " + port);
            Flasher.flash(link, board, image, progress::update);
        }
    }
}
