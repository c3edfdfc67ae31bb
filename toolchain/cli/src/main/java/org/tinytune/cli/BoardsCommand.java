package org.tinytune.cli;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.core.ExitCode;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the boards, or says everything about one. */
@Command(name = "boards", description = "List the boards, or show one in detail.")
final class BoardsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", arity = "0..1", description = "Show this board in detail.")
    private String id;

    @Mixin
    private Output output;

    /** The list, as JSON shows it. Budgets are what a model may use: hardware minus reserved. */
    private record Catalogue(List<Entry> boards) {}

    private record Entry(
            String id,
            String name,
            String vendor,
            String cpu,
            long clockHz,
            long ramBudgetBytes,
            long flashBudgetBytes,
            String emulator) {}

    @Override
    public Integer call() {
        if (id == null) {
            List<Entry> entries = Boards.ids().stream()
                    .map(known -> entry(Boards.byId(known)))
                    .toList();
            output.print(new Catalogue(entries), () -> table(entries));
        } else {
            Board board = Boards.byId(id);
            output.print(board, () -> details(board));
        }
        return ExitCode.OK.code();
    }

    private static Entry entry(Board board) {
        return new Entry(
                board.id(),
                board.name(),
                board.vendor(),
                board.mcu().cpu(),
                board.mcu().clockHz(),
                board.memory().ramBudgetBytes(),
                board.memory().flashBudgetBytes(),
                board.emulator().map(BoardsCommand::emulator).orElse(null));
    }

    private static String table(List<Entry> entries) {
        Table table = new Table(
                left("id"), left("name"), left("core"), right("clock"), right("RAM"), right("flash"), left("emulator"));
        for (Entry entry : entries) {
            table.row(
                    entry.id(),
                    entry.name(),
                    entry.cpu(),
                    Quantities.megahertz(entry.clockHz()),
                    Quantities.bytes(entry.ramBudgetBytes()),
                    Quantities.bytes(entry.flashBudgetBytes()),
                    entry.emulator() == null ? "-" : entry.emulator());
        }
        return table.text();
    }

    private static String details(Board board) {
        Board.Memory memory = board.memory();
        return new Table(left(board.id()), left(board.name()))
                .row("vendor", board.vendor())
                .row("page", board.url())
                .row("USB", usb(board))
                .row(
                        "MCU",
                        board.mcu().name() + ", " + board.mcu().cpu() + ", FPU "
                                + board.mcu().fpu())
                .row("clock", Quantities.megahertz(board.mcu().clockHz()))
                .row("RAM", budget(memory.ramBudgetBytes(), memory.ramBytes()))
                .row("flash", budget(memory.flashBudgetBytes(), memory.flashBytes()))
                .row("flashed by", lower(board.flash().protocol()))
                .row("serial line", board.serial().baud() + " baud")
                .row(
                        "power",
                        board.power().activeMilliamps() + " mA at "
                                + board.power().supplyVolts() + " V")
                .row("latency", board.latency().source())
                .row("emulator", board.emulator().map(BoardsCommand::emulator).orElse("none"))
                .text();
    }

    private static String usb(Board board) {
        return board.usb().isEmpty()
                ? "none of its own"
                : board.usb().stream()
                        .map(usb -> String.format(Locale.ROOT, "%04x:%04x", usb.vid(), usb.pid()))
                        .collect(Collectors.joining(", "));
    }

    private static String budget(long budgetBytes, long hardwareBytes) {
        return Quantities.bytes(budgetBytes)
                + (budgetBytes == hardwareBytes ? "" : " of " + Quantities.bytes(hardwareBytes));
    }

    private static String emulator(Board.Emulator emulator) {
        return lower(emulator.kind()) + " " + emulator.machine();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
