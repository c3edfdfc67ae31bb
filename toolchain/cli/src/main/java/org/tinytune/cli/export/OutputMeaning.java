package org.tinytune.cli.export;

import java.util.Locale;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.train.task.Classification;

/** Says in a README what the output of an exported library means. */
final class OutputMeaning {
    private OutputMeaning() {}

    /** A sentence or two. */
    static String text(Graph graph, String prefix) {
        Metadata metadata = graph.metadata();
        return switch (TaskKind.of(metadata)) {
            case REGRESSION ->
                "`" + prefix + "_output_quantity(output, i)` is the quantity i in its own unit"
                        + (metadata.labels().isEmpty() ? "." : "; `labels.txt` and `" + prefix + "_label()` name it.");
            case ANOMALY_DETECTION ->
                "The sample is an anomaly if `" + prefix
                        + "_reconstruction_error(" + (FrontEnd.of(graph).isPresent() ? prefix + "_output_1()" : "raw")
                        + ", output)` is above `" + prefix.toUpperCase(Locale.ROOT)
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
