package org.tinytune.cli.analyze;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.ShortName;
import org.tinytune.cli.output.Table;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.ArenaUse;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Plan.Allocation;
import org.tinytune.core.plan.Plan.Pass;
import org.tinytune.core.plan.Plan.Step;

/**
 * Where the tensors of an inference lie in the arena, and when, as JSON shows it.
 *
 * @param bytes of the arena
 * @param lowerBoundBytes no layout of these passes needs less
 * @param unstreamedBytes what the arena would be if every operator computed all its rows at once
 * @param streamed the nodes of each pass that runs row by row
 * @param tensors in the arena
 * @param picture lines of text: address upwards, operators to the right
 */
record ArenaReport(
        int bytes,
        int lowerBoundBytes,
        int unstreamedBytes,
        List<List<Integer>> streamed,
        List<Place> tensors,
        @JsonIgnore List<String> picture) {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int HEIGHT = 16;
    private static final int WIDTH = 96;
    private static final int MOST_COLUMNS_PER_STEP = 4;

    /**
     * Where a tensor lies.
     *
     * @param letter in the picture
     * @param heldRows rows that are held at once
     * @param firstStep the step that writes it; -1 for an input
     * @param lastStep the last step that reads it; the number of steps for an output
     */
    record Place(
            String letter, String name, int offset, int bytes, int heldRows, int rows, int firstStep, int lastStep) {}

    static ArenaReport of(Graph graph, Plan plan) {
        List<Place> places = new ArrayList<>();
        for (Map.Entry<Integer, Allocation> entry : plan.allocations().entrySet()) {
            Allocation a = entry.getValue();
            places.add(new Place(
                    letter(places.size()),
                    graph.tensor(entry.getKey()).name(),
                    a.offset(),
                    a.bytes(),
                    a.ringRows(),
                    graph.tensor(entry.getKey()).shape().rows(),
                    a.firstStep(),
                    a.lastStep()));
        }
        List<List<Integer>> streamed = plan.passes().stream()
                .filter(Pass::isStreamed)
                .map(pass -> pass.steps().stream().map(Step::node).toList())
                .toList();
        return new ArenaReport(
                plan.arenaBytes(), plan.lowerBoundBytes(), plan.unstreamedBytes(), streamed, places, draw(graph, plan));
    }

    private static String letter(int i) {
        return LETTERS.substring(i % LETTERS.length(), i % LETTERS.length() + 1);
    }

    private static List<String> draw(Graph graph, Plan plan) {
        int steps = plan.steps().size();
        int columnsPerStep = Math.max(1, Math.min(MOST_COLUMNS_PER_STEP, WIDTH / steps));
        ArenaUse use = new ArenaUse(graph, plan, columnsPerStep);
        List<Integer> tensors = List.copyOf(plan.allocations().keySet());
        int height = Math.min(HEIGHT, plan.arenaBytes());
        List<String> lines = new ArrayList<>();
        for (int line = height - 1; line >= 0; line--) {
            int begin = address(plan, line, height);
            int end = address(plan, line + 1, height);
            StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%8d |", begin));
            for (int column = 0; column < use.columns(); column++) {
                int tensor = use.mostOf(begin, end, column);
                text.append(tensor < 0 ? " " : letter(tensors.indexOf(tensor)));
            }
            lines.add(text.toString().stripTrailing());
        }
        lines.add(axis(plan, columnsPerStep));
        return lines;
    }

    private static int address(Plan plan, int line, int height) {
        return (int) ((long) plan.arenaBytes() * line / height);
    }

    /** A tick at each operator, and a line under those that run together. */
    private static String axis(Plan plan, int columnsPerStep) {
        StringBuilder axis = new StringBuilder(" ".repeat(9)).append('+');
        for (Pass pass : plan.passes()) {
            for (int i = 0; i < pass.steps().size() * columnsPerStep; i++) {
                boolean begins = pass.isStreamed() ? i == 0 : i % columnsPerStep == 0;
                axis.append(begins ? '\'' : pass.isStreamed() ? '~' : '-');
            }
        }
        return axis.toString();
    }

    String text() {
        StringBuilder text = new StringBuilder("arena: ").append(Quantities.bytes(bytes));
        text.append(", lower bound of its layout ")
                .append(Quantities.bytes(lowerBoundBytes))
                .append('\n');
        if (!streamed.isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "streaming saves %s (%.0f %%): operators ",
                    Quantities.bytes(unstreamedBytes - bytes),
                    100.0 * (unstreamedBytes - bytes) / unstreamedBytes));
            text.append(
                    String.join(", ", streamed.stream().map(Object::toString).toList()));
            text.append(" run row by row\n");
        }
        picture.forEach(line -> text.append(line).append('\n'));
        text.append("address upwards, operators to the right; ' begins one, ~ runs row by row\n\n");
        Table table =
                new Table(left(""), left("tensor"), right("from"), right("bytes"), right("rows held"), right("steps"));
        for (Place p : tensors) {
            table.row(
                    p.letter(),
                    ShortName.of(p.name()),
                    Integer.toString(p.offset()),
                    Integer.toString(p.bytes()),
                    p.heldRows() < p.rows() ? p.heldRows() + " of " + p.rows() : "all",
                    p.firstStep() + " to " + p.lastStep());
        }
        return text + table.text();
    }
}
