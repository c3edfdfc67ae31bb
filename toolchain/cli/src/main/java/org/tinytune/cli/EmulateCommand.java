package org.tinytune.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tinytune.cli.model.BoardOption;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.cli.profile.FirmwareFile;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.device.emulator.PortLink;
import org.tinytune.device.emulator.VirtualBoard;
import org.tinytune.device.flash.FlashImage;
import org.tinytune.device.flash.Flasher;
import org.tinytune.device.serial.JsscSerialLink;
import org.tinytune.device.serial.SerialLink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a virtual board behind a serial port, and keeps it up until it is interrupted. */
@Command(
        name = "emulate",
        description = "Start a virtual board, print its serial port, and keep it up until Ctrl-C.")
final class EmulateCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 200;

    @Mixin
    private BoardOption board;

    @Option(
            names = "--firmware",
            paramLabel = "F",
            description = "What tinytune build wrote. A board with a bootloader can do without.")
    private Path firmware;

    @Option(
            names = "--link",
            paramLabel = "PATH",
            description = "Also make this a link to the port, for a name that stays the same.")
    private Path link;

    @Mixin
    private Output output;

    private record Report(String board, String port) {}

    @Override
    public Integer call() throws InterruptedException, IOException {
        Board target = board.board();
        if (firmware != null) {
            FirmwareFile.requireElf(firmware);
        } else if (!hasBootloader(target)) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    target.id() + " has no bootloader, it is started with its firmware: add --firmware F (tinytune build"
                            + " makes one)");
        }
        try (VirtualBoard virtual = VirtualBoard.start(target, firmware)) {
            closeAtExit(virtual);
            if (firmware != null && hasBootloader(target)) {
                flash(target, virtual.port());
            }
            if (link == null) {
                serve(target, virtual, virtual.port());
            } else {
                try (PortLink named = PortLink.create(link, virtual.port())) {
                    closeAtExit(named);
                    serve(target, virtual, named.path().toString());
                }
            }
        }
        throw new TinytuneException(
                ExitCode.TOOL_MISSING, "the emulator of " + target.id() + " ended by itself (start it again)");
    }

    private static boolean hasBootloader(Board board) {
        return board.flash().protocol() != Board.FlashProtocol.EMULATOR;
    }

    /** Ctrl-C ends the process without unwinding the stack. */
    private static void closeAtExit(Closeable resource) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                resource.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private void flash(Board target, String port) {
        FlashImage image = FirmwareFile.image(firmware);
        try (SerialLink serial = JsscSerialLink.open(port, target.flash().baud());
                ProgressLine progress = StandardStreams.progress()) {
            progress.begin("flashing " + target.id() + " at " + port);
            Flasher.flash(serial, target, image, progress::update);
        }
    }

    /** Tells the port and waits until the emulator ends, which it does not do by itself. */
    private void serve(Board target, VirtualBoard virtual, String port) throws InterruptedException {
        output.print(new Report(target.id(), port), () -> port + "\n");
        String use = firmware == null
                ? "flash it with: tinytune flash FIRMWARE --board " + target.id() + " --port " + port
                : "try: tinytune profile MODEL --board " + target.id() + " --port " + port;
        System.err.println("tinytune: " + target.id() + " is up, Ctrl-C ends it; " + use);
        while (virtual.isAlive()) {
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
