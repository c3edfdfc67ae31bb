package org.tinytune.cli;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tinytune.cli.model.BoardOption;
import org.tinytune.cli.model.ModelArgument;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.cli.profile.ModelFirmware;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.runtimegen.firmware.Firmware;
import org.tinytune.runtimegen.firmware.FirmwareSizes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Builds a model's firmware and says what it takes of the board. */
@Command(name = "build", description = "Build the firmware of a model for a board.")
final class BuildCommand implements Callable<Integer> {
    @Mixin
    private ModelArgument model;

    @Mixin
    private BoardOption board;

    @Option(
            names = "--out",
            paramLabel = "F",
            required = true,
            description = "The ELF file to write; the same as Intel HEX goes beside it.")
    private Path out;

    @Mixin
    private Output output;

    /** What was built, as JSON shows it. */
    private record Report(
            String board,
            String elf,
            String hex,
            String modelHash,
            long arenaBytes,
            long staticRamBytes,
            long stackBytes,
            long ramBytes,
            long ramBudgetBytes,
            long flashBytes,
            long flashBudgetBytes) {}

    @Override
    public Integer call() {
        if (Files.isDirectory(out) || out.toString().toLowerCase(Locale.ROOT).endsWith(".hex")) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    "--out " + out + ": name the ELF file; the .hex goes beside it (as in firmware.elf)");
        }
        Board target = board.board();
        ModelFirmware firmware = ModelFirmware.build(model.loadInt8(), target, out);
        Report report = report(target, firmware);
        output.print(report, () -> text(report));
        return ExitCode.OK.code();
    }

    private static Report report(Board board, ModelFirmware firmware) {
        Firmware files = firmware.files();
        FirmwareSizes sizes = files.sizes();
        return new Report(
                board.id(),
                files.elf().toString(),
                files.hex().toString(),
                firmware.modelHash(),
                firmware.plan().arenaBytes(),
                sizes.staticRamBytes(),
                sizes.stackBytes(),
                sizes.ramBytes(),
                board.memory().ramBudgetBytes(),
                sizes.flashBytes(),
                board.memory().flashBudgetBytes());
    }

    private static String text(Report report) {
        return new Table(left(report.board()), right("needs"), right("of"), right("left"))
                        .row(
                                "flash",
                                Quantities.bytes(report.flashBytes()),
                                Quantities.bytes(report.flashBudgetBytes()),
                                Quantities.bytes(report.flashBudgetBytes() - report.flashBytes()))
                        .row(
                                "RAM",
                                Quantities.bytes(report.ramBytes()),
                                Quantities.bytes(report.ramBudgetBytes()),
                                Quantities.bytes(report.ramBudgetBytes() - report.ramBytes()))
                        .row("  static data", Quantities.bytes(report.staticRamBytes()), "", "")
                        .row("    of it the arena", Quantities.bytes(report.arenaBytes()), "", "")
                        .row("  stack, at most", Quantities.bytes(report.stackBytes()), "", "")
                        .text()
                + "\nwrote " + report.elf() + "\nwrote " + report.hex() + "\n";
    }
}
