package org.tinytune.cli.export;

import java.util.Locale;
import java.util.Optional;
import org.tinytune.cli.model.TargetPlan;
import org.tinytune.cli.output.Quantities;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.runtimegen.CLibrary;
import org.tinytune.train.task.Classification;

/** The README of an exported C library: what it needs, and how it is called. */
final class CLibraryReadme {
    private static final String TEXT = """
            # {title}

            A neural network in C99, made by tinytune for {target}. It needs a C compiler and `<stdint.h>`: no heap, no
            operating system, no input or output.

            | | |
            | --- | --: |
            | RAM, one static arena | {arena} |
            | weights, in flash | {weights} |
            | multiply-accumulates of one inference | {macs} |
            | input | {input} |
            | output | {output} |

            ## Use

            Compile `{model}.c` with your program and include `{model}.h`:

            ```c
            #include "{model}.h"

            int8_t *input = {model}_input();
            for (int i = 0; i < {MODEL}_INPUT_BYTES; ++i) {
                input[i] = {model}_quantize_input(raw[i], {channel});
            }
            {model}_invoke();
            const int8_t *output = {model}_output(); /* {MODEL}_OUTPUT_BYTES of them */
            ```

            `raw` are readings as the model was trained on; how they become `int8` is said in `{model}.h`. The input is
            overwritten by the inference: write all of it each time. {meaning}{state}

            The bytes that come out are those of `tinytune simulate` and of TFLite's reference kernels.
            """;

    private static final String STATE = """


            The network remembers its latest inputs: run it once for each step of a sequence, and call `{model}_reset()`
            before the first step of each.""";

    private CLibraryReadme() {}

    static String text(TargetPlan plan, CLibrary library, Optional<Board> board) {
        Graph graph = plan.int8();
        String prefix = library.prefix();
        Tensor input = graph.input();
        int channels = graph.metadata().encoding().mean().size();
        return TEXT.replace("{title}", graph.metadata().name())
                .replace("{target}", board.map(Board::name).orElse(plan.target().title()))
                .replace("{arena}", Quantities.bytes(plan.plan().arenaBytes()))
                .replace("{weights}", Quantities.bytes(plan.weightBytes()))
                .replace("{macs}", Quantities.count(graph.macs()))
                .replace("{input}", describe(input))
                .replace("{output}", describe(graph.output()))
                .replace(
                        "{channel}",
                        channels == 1 ? "0" : "i % " + input.shape().dim(-1))
                .replace("{meaning}", meaning(graph, prefix))
                .replace("{state}", graph.hasState() ? STATE : "")
                .replace("{model}", prefix)
                .replace("{MODEL}", prefix.toUpperCase(Locale.ROOT));
    }

    private static String describe(Tensor tensor) {
        return "int8 " + tensor.shape();
    }

    private static String meaning(Graph graph, String prefix) {
        Metadata metadata = graph.metadata();
        return switch (TaskKind.of(metadata)) {
            case REGRESSION ->
                "`" + prefix + "_output_quantity(output, i)` is the quantity i in its own unit"
                        + (metadata.labels().isEmpty() ? "." : "; `labels.txt` and `" + prefix + "_label()` name it.");
            case ANOMALY_DETECTION ->
                "The sample is an anomaly if `" + prefix
                        + "_reconstruction_error(raw, output)` is above `" + prefix.toUpperCase(Locale.ROOT)
                        + "_ANOMALY_THRESHOLD`.";
            case CLASSIFICATION ->
                metadata.labels().isEmpty()
                        ? "`" + prefix + "_dequantize_output()` makes an output a real value."
                        : classes(graph, prefix);
        };
    }

    /** A single output stands for the second of two classes. */
    private static String classes(Graph graph, String prefix) {
        String named = "`labels.txt` and `" + prefix + "_label()` name it.";
        if (graph.output().shape().elements() > 1) {
            return "The highest output is the class; " + named;
        }
        String bound = Classification.areLogits(graph, graph.outputs().get(0)) ? "0" : "0.5";
        return "The class is 1 if `" + prefix + "_dequantize_output(output[0])` is above " + bound + ", otherwise 0; "
                + named;
    }
}
