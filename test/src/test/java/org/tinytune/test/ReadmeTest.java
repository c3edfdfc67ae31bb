package org.tinytune.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.core.ExitCode;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;

/** The README's tables, compared with what they show, or written, as {@link DocumentTable} says. */
class ReadmeTest {
    private static final Path README = Repository.ROOT.resolve("README.md");
    private static final Path DIGITS_RESULTS = Repository.ROOT.resolve("examples/digits/expected/results.csv");
    private static final int SEEDS = 5;

    @Test
    void showsTheResultsOnTheDigits() throws IOException {
        Table table = new Table(
                left("board"),
                left("options"),
                right("int8 test accuracy"),
                right("worst"),
                right("float"),
                right("RAM, at most"),
                right("flash, at most"),
                right("differing bytes"),
                right("time"));
        List<String> rows = Files.readAllLines(DIGITS_RESULTS);
        Map<List<String>, List<String[]>> byBoard = rows.subList(1, rows.size()).stream()
                .map(row -> row.split(",", -1))
                .collect(
                        Collectors.groupingBy(row -> List.of(row[0], row[1]), LinkedHashMap::new, Collectors.toList()));
        byBoard.forEach((board, runs) -> {
            assertThat(runs).as("seeds of %s", board).hasSize(SEEDS);
            table.row(
                    "`" + board.get(0) + "`",
                    board.get(1).isEmpty() ? "" : "`" + board.get(1) + "`",
                    Quantities.percent(column(runs, 4).average().orElseThrow()),
                    Quantities.percent(column(runs, 4).min().orElseThrow()),
                    Quantities.percent(column(runs, 3).average().orElseThrow()),
                    Quantities.bytes((long) column(runs, 5).max().orElseThrow()),
                    Quantities.bytes((long) column(runs, 6).max().orElseThrow()),
                    Long.toString((long) column(runs, 8).sum()),
                    Math.round(column(runs, 9).average().orElseThrow()) + " s");
        });
        holds("digits", table);
    }

    private static DoubleStream column(List<String[]> rows, int index) {
        return rows.stream().mapToDouble(row -> Double.parseDouble(row[index]));
    }

    @Test
    void listsTheExitCodes() throws IOException {
        Table table = new Table(right("code"), left("meaning"));
        for (ExitCode exitCode : ExitCode.values()) {
            table.row(Integer.toString(exitCode.code()), exitCode.meaning());
        }
        holds("exit codes", table);
    }

    @Test
    void listsTheBoards() throws IOException {
        Table table = new Table(
                left("id"),
                left("board"),
                left("core"),
                right("clock"),
                right("RAM"),
                right("flash"),
                left("emulator"));
        for (String id : Boards.ids()) {
            Board board = Boards.byId(id);
            table.row(
                    "`" + id + "`",
                    "[" + board.name() + "](" + board.url() + ")",
                    board.mcu().cpu(),
                    Quantities.megahertz(board.mcu().clockHz()),
                    Quantities.bytes(board.memory().ramBudgetBytes()),
                    Quantities.bytes(board.memory().flashBudgetBytes()),
                    board.emulator()
                            .map(emulator -> emulator.kind().name().toLowerCase(Locale.ROOT))
                            .orElse("none"));
        }
        holds("boards", table);
    }

    @Test
    void startsWithExactlyTwoCommands() throws IOException {
        String readme = Files.readString(README);
        List<String> lines = readme.lines().toList();
        int start = lines.indexOf("```sh") + 1;
        List<String> commands =
                lines.subList(start, start + lines.subList(start, lines.size()).indexOf("```"));
        assertThat(commands).hasSize(2);
        assertThat(commands.get(0)).startsWith("./tinytune search --data examples/digits ");
        assertThat(commands.get(1)).isEqualTo("test/run");
        assertThat(Repository.ROOT.resolve("test/run")).isExecutable();
    }

    private static void holds(String name, Table table) throws IOException {
        DocumentTable.holds(README, name, table);
    }
}
