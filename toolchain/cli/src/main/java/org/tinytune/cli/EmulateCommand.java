package org.tinytune.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tinytune.cli.model.BoardOption;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.profile.FirmwareFile;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.device.emulator.PortLink;
import org.tinytune.device.emulator.VirtualBoard;
import org.tinytune.device.flash.FlashImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a virtual board behind a serial port, and keeps it up until it is interrupted. */
@Command(name = "emulate", description = "Start a virtual board, print its serial port, and keep it up until Ctrl-C.")
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

    private volatile boolean interrupted;

    private record Report(String board, String port) {}

    @Override
    public Integer call() throws InterruptedException {
        Board target = board.board();
        if (firmware == null && !hasBootloader(target)) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    target.id()
                            + " has no bootloader, it is started with its firmware: add --firmware F (tinytune build"
                            + " makes one)");
        }
        Optional<FlashImage> image = Optional.empty();
        if (firmware != null && hasBootloader(target)) {
            image = Optional.of(FirmwareFile.image(firmware, target));
        } else if (firmware != null) {
            FirmwareFile.requireElf(firmware, target);
        }
        try (VirtualBoard virtual = VirtualBoard.start(target, firmware);
                PortLink named = link == null ? null : PortLink.create(link, virtual.port())) {
            closeAtExit(virtual, named);
            String port = named == null ? virtual.port() : named.path().toString();
            image.ifPresent(bytes -> FlashCommand.flash(target, port, bytes));
            tell(target, port);
            while (virtual.isAlive()) {
                Thread.sleep(LOOK_MILLIS);
            }
        }
        if (interrupted) {
            return ExitCode.INTERRUPTED.code();
        }
        throw new TinytuneException(
                ExitCode.TOOL_MISSING, "the emulator of " + target.id() + " ended by itself (start it again)");
    }

    private static boolean hasBootloader(Board board) {
        return board.flash().protocol() != Board.FlashProtocol.EMULATOR;
    }

    /** Ctrl-C ends the process without unwinding the stack. */
    private void closeAtExit(VirtualBoard virtual, PortLink named) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            interrupted = true;
            virtual.close();
            if (named != null) {
                named.close();
            }
        }));
    }

    private void tell(Board target, String port) {
        output.print(new Report(target.id(), port), () -> port + "\n");
        String use = firmware == null
                ? "flash it with: tinytune flash FIRMWARE --board " + target.id() + " --port " + port
                : "try: tinytune profile MODEL --board " + target.id() + " --port " + port;
        System.err.println("tinytune: " + target.id() + " is up, Ctrl-C ends it; " + use);
    }
}
