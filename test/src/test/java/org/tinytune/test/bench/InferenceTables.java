package org.tinytune.test.bench;

import static org.tinytune.test.bench.Markdown.number;
import static org.tinytune.test.bench.Markdown.row;
import static org.tinytune.test.bench.Markdown.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;

/** The runs of the benchmark as Markdown. */
final class InferenceTables {
    private static final String INTRODUCTION = """
            # Inference on emulated cores

            What the generated C library costs, against TFLite Micro with CMSIS-NN. Written by `test/bench/inference`, which also
            compares every output byte. Channels that are the same in every inference are left out, where a line does not say
            otherwise. Instructions of one inference, the mean over three inputs of noise, counted by QEMU; GCC 12.2. RV32 is
            RV32IMC. A ratio is to TFLite Micro's instructions on the same core, where they are known.

            """;

    /**
     * TFLite Micro on a NUCLEO-L4R5ZI takes 1.50 to 1.57 times the emulator's instructions; 1.77 for a dense network.
     */
    private static final String CYCLES =
            "1.50 to 1.57 cycles an instruction (1.77 in a dense network): MLPerf Tiny v1.1, "
                    + "TFLite Micro on NUCLEO-L4R5ZI, over the emulator's counts";

    /** Behind the name of a model that runs with channels that are always the same, too. */
    static final String WHOLE = ", constant channels kept";

    private record Key(String model, EmulatedCore core, String optimization) {}

    private final Map<String, Graph> graphs = new LinkedHashMap<>();
    private final Map<Key, InferenceRun> runs = new LinkedHashMap<>();

    /** Adds a run. */
    void add(String model, Graph graph, EmulatedCore core, String optimization, InferenceRun run) {
        graphs.put(model, graph);
        runs.put(new Key(model, core, optimization), run);
    }

    /** All tables. */
    String print(List<EmulatedCore> cores) {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        text.append("TFLite Micro's figures: ").append(TflmFigures.SOURCE).append(".\n\n");
        instructions(text, cores, "-O2");
        instructions(text, cores, "-Os");
        footprint(text, cores);
        if (cores.contains(EmulatedCore.M4)) {
            graphs.keySet().forEach(model -> operators(text, model, EmulatedCore.M4));
        }
        return text.toString();
    }

    private void instructions(StringBuilder text, List<EmulatedCore> cores, String optimization) {
        text.append("## Instructions, ").append(optimization).append("\n\n");
        List<String> head = new ArrayList<>(List.of("model", "MACs"));
        cores.forEach(core -> head.add(title(core)));
        row(text, head);
        rule(text, head.size());
        graphs.forEach((model, graph) -> {
            List<String> cells = new ArrayList<>(List.of(model, number(graph.macs())));
            for (EmulatedCore core : cores) {
                long count = runs.get(new Key(model, core, optimization)).instructions();
                OptionalLong theirs = figures(model).instructions(core);
                cells.add(number(count) + (theirs.isPresent() ? ratio(count, theirs.getAsLong()) : ""));
            }
            row(text, cells);
        });
        text.append('\n');
    }

    private void footprint(StringBuilder text, List<EmulatedCore> cores) {
        text.append("""
                ## Bytes

                Code is all flash but the operators' constants, start-up included; parameters are biases, multipliers and tables.
                RAM is static data, the arena included, and the stack that an inference was seen to use. Ratios on the M4: code to
                all that TFLite Micro links but the model; code and parameters to its code and model less the weights; RAM to its RAM.

                """);
        List<String> head = List.of(
                "model", "core", "", "weights", "parameters", "code", "flash but weights", "arena", "RAM in all");
        row(text, head);
        rule(text, head.size());
        runs.forEach((key, run) -> {
            if (cores.contains(key.core())) {
                row(text, footprint(key, run));
            }
        });
        text.append('\n');
    }

    private static List<String> footprint(Key key, InferenceRun run) {
        TflmFigures theirs = figures(key.model());
        boolean compared = theirs.isKnown() && key.core() == EmulatedCore.M4;
        int theirFlash = theirs.modelBytes() + theirs.codeBytes() - run.weightBytes();
        return List.of(
                key.model(),
                title(key.core()),
                key.optimization(),
                number(run.weightBytes()),
                number(run.parameterBytes()),
                number(run.codeBytes()) + (compared ? ratio(run.codeBytes(), theirs.codeBytes()) : ""),
                number(run.otherFlashBytes()) + (compared ? ratio(run.otherFlashBytes(), theirFlash) : ""),
                number(run.arenaBytes()),
                number(run.ramBytes()) + (compared ? ratio(run.ramBytes(), theirs.ramBytes()) : ""));
    }

    private void operators(StringBuilder text, String model, EmulatedCore core) {
        InferenceRun run = runs.get(new Key(model, core, "-O2"));
        text.append("## ").append(model).append(" on the ").append(title(core)).append(", by operator, -O2\n\n");
        text.append("Estimated cycles: ")
                .append(number(Math.round(run.instructions() * 1.5)))
                .append(" to ");
        text.append(number(Math.round(run.instructions() * 1.57)))
                .append("; ")
                .append(CYCLES)
                .append(".\n\n");
        row(text, List.of("node", "operator", "output", "MACs", "instructions", "a MAC"));
        rule(text, 6);
        Graph graph = graphs.get(model);
        run.operatorInstructions().forEach((op, count) -> {
            Node<?> node = graph.nodes().get(op);
            long macs = graph.cost(node).macs();
            row(
                    text,
                    List.of(
                            Integer.toString(op),
                            node.operator().name(),
                            graph.tensor(node.output()).shape().toString(),
                            number(macs),
                            number(count),
                            macs == 0 ? "" : String.format(Locale.ROOT, "%.2f", (double) count / macs)));
        });
        text.append('\n');
    }

    private static TflmFigures figures(String model) {
        return TflmFigures.of(model.replace(WHOLE, ""));
    }

    private static String title(EmulatedCore core) {
        return core.id().toUpperCase(Locale.ROOT);
    }

    private static String ratio(long own, long theirs) {
        return String.format(Locale.ROOT, " (%.3f×)", (double) own / theirs);
    }
}
