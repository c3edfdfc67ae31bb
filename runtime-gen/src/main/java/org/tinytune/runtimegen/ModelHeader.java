package org.tinytune.runtimegen;

import java.util.List;
import java.util.Locale;
import org.tinytune.core.DecimalText;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.OutputEncoding;
import org.tinytune.core.graph.SignalFacts;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.slide.ContinuousGraph;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.tensor.Shape;

/** Prints a library's header. */
final class ModelHeader {
    private static final String BEGIN = """
            #ifndef MODEL_H
            #define MODEL_H

            #include <stdint.h>

            #ifdef __cplusplus
            extern "C" {
            #endif

            """;

    private static final String QUANTIZE_INPUT = """

            /* The {integer} of a raw reading in a channel (the last extent). Exact where a double has 64 bits. */
            static inline {integer}_t model_quantize_input(float raw, int channel)
            {
                static const float means[] = MODEL_INPUT_MEANS;
                static const float deviations[] = MODEL_INPUT_DEVIATIONS;
                const int i = MODEL_INPUT_ENCODINGS == 1 ? 0 : channel;
                const double steps = (double)((raw - means[i]) / deviations[i]) / (double)MODEL_INPUT_SCALE;
                const double rounded = steps < 0 ? steps - 0.5 : steps + 0.5;
                const {wide} nearest = rounded >= {beyond} ? {beyond} : rounded > -{beyond} ? ({wide})rounded : -{beyond};
                const {wide} q = nearest + MODEL_INPUT_ZERO_POINT;
                return ({integer}_t)(q > {max} ? {max} : q < {min} ? {min} : q);
            }
            """;

    private static final String QUANTIZE_REAL = """

            /* The {integer} of a real value of the input. Exact where a double has 64 bits. */
            static inline {integer}_t model_quantize_{input}(float real)
            {
                const double steps = (double)real / (double)MODEL_{INPUT}_SCALE;
                const double rounded = steps < 0 ? steps - 0.5 : steps + 0.5;
                const {wide} nearest = rounded >= {beyond} ? {beyond} : rounded > -{beyond} ? ({wide})rounded : -{beyond};
                const {wide} q = nearest + MODEL_{INPUT}_ZERO_POINT;
                return ({integer}_t)(q > {max} ? {max} : q < {min} ? {min} : q);
            }
            """;

    private static final String DEQUANTIZE = """

            /* The real value of an {integer} of the output. */
            static inline float model_dequantize_{output}({integer}_t value)
            {
                return MODEL_{OUTPUT}_SCALE * (float)(value - MODEL_{OUTPUT}_ZERO_POINT);
            }
            """;

    private static final String QUANTITY = """

            /* A quantity in its own unit. */
            static inline float model_output_quantity(const {integer}_t *output, int i)
            {
                static const float means[] = MODEL_OUTPUT_MEANS;
                static const float deviations[] = MODEL_OUTPUT_DEVIATIONS;
                return means[i] + deviations[i] * model_dequantize_output(output[i]);
            }
            """;

    private static final String RECONSTRUCTION_ERROR = """

            /*
             * How badly the raw readings that were the input are reconstructed: the mean of (encoded reading - real
             * output) squared. Exact where a double has 64 bits.
             */
            static inline double model_reconstruction_error(const float *raw, const {integer}_t *output)
            {
                static const float means[] = MODEL_INPUT_MEANS;
                static const float deviations[] = MODEL_INPUT_DEVIATIONS;
                double sum = 0;
                for (int32_t i = 0; i < MODEL_OUTPUT_ELEMENTS; i++) {
                    const int channel = MODEL_INPUT_ENCODINGS == 1 ? 0 : (int)(i % MODEL_INPUT_ENCODINGS);
                    const float encoded = (raw[i] - means[channel]) / deviations[channel];
                    const double distance = (double)encoded - (double)model_dequantize_output(output[i]);
                    sum += distance * distance;
                }
                return sum / MODEL_OUTPUT_ELEMENTS;
            }
            """;

    private static final String FEATURES_ERROR = """

            /*
             * How badly the features, output 1, are reconstructed: the mean of (real feature - real output) squared.
             * Exact where a double has 64 bits.
             */
            static inline double model_reconstruction_error(const {features} *features, const {integer}_t *output)
            {
                double sum = 0;
                for (int32_t i = 0; i < MODEL_OUTPUT_ELEMENTS; i++) {
                    const double distance =
                        (double)model_dequantize_output_1(features[i]) - (double)model_dequantize_output(output[i]);
                    sum += distance * distance;
                }
                return sum / MODEL_OUTPUT_ELEMENTS;
            }
            """;

    private static final String LABEL = """

            /* Copies the label of an output, which lies in flash; text has MODEL_LABEL_BYTES. */
            void model_label(int output_class, char *text);
            """;

    private static final String RESET = """

            /*
             * The network remembers its latest inputs from one inference to the next. Call this before the first
             * inference, and whenever the next input does not follow the one before: it forgets them all.
             */
            #define MODEL_HAS_STATE 1
            void model_reset(void);
            """;

    private static final String WINDOW = """

            /*
             * The network looks at a window that slides over a stream: the input is what is new since the inference
             * before. From inference number MODEL_WINDOW_STEPS on the window is full, and the output means something.
             */
            #define MODEL_WINDOW_STEPS {steps}
            int model_window_is_full(void);
            """;

    private static final String INVOKE = """

            /* One inference, from the input to the output. */
            void model_invoke(void);
            """;

    private static final String END = """

            #ifdef TT_TRACE
            /*
             * Has a function called with what each operator computes, as soon as it has: the operator's number, from 0,
             * and bytes of its output. An operator that is computed in parts reports each part, first rows first. To
             * time the operators, let the function read a clock when it begins and again when it ends: an operator took
             * from the end of one call to the beginning of the next.
             */
            void model_set_trace(void (*hook)(uint16_t op, const int8_t *output, uint32_t bytes));
            #endif

            #ifdef TT_CRC
            /*
             * The CRC-32 of what an operator put out in the latest inference, as zlib computes it (RFC 1952, section 8).
             * `tinytune simulate --crc` lists what each should be.
             */
            uint32_t model_operator_crc(int op);
            #endif

            #ifdef __cplusplus
            }
            #endif

            #endif
            """;

    /** How far a count may be off its own integer, of a scale that is the nearest float. */
    private static final float SAME_COUNT = 1e-5f;

    private final Graph graph;
    private final Names names;
    private final StringBuilder text = new StringBuilder();

    private ModelHeader(Graph graph, Names names) {
        this.graph = graph;
        this.names = names;
    }

    /** The header's text. */
    static String print(Graph graph, Plan plan, CTarget target, Names names) {
        ModelHeader header = new ModelHeader(graph, names);
        header.introduction(target);
        header.add(BEGIN);
        header.add("/* Names the network's arithmetic. */\n");
        header.define("hash", CText.string(GraphHash.of(graph)));
        header.define("operators", graph.nodes().size());
        header.define("inputs", graph.inputs().size());
        header.define("outputs", graph.outputs().size());
        header.add(
                ContinuousGraph.isContinuous(graph)
                        ? "\n/* All RAM but the stack: one static arena, and two bytes that count inferences. */\n"
                        : "\n/* All RAM but the stack: one static arena. */\n");
        header.define("arena_bytes", plan.arenaBytes());
        header.inputs();
        header.outputs();
        header.task();
        header.labels();
        if (graph.hasState()) {
            header.add(RESET);
        }
        if (ContinuousGraph.isContinuous(graph)) {
            header.window();
        }
        header.add(INVOKE);
        header.add(ClassifierHeader.print(graph));
        header.add(END);
        return header.text.toString();
    }

    private void introduction(CTarget target) {
        text.append(FrontEnd.networkIsInt16(graph) ? "/*\n * The INT16 network \"" : "/*\n * The INT8 network \"")
                .append(CText.comment(graph.metadata().name()))
                .append("\" for ")
                .append(target.title())
                .append(": ")
                .append(graph.nodes().size())
                .append(" operators, ")
                .append(graph.macs())
                .append(" multiply-accumulates.\n");
        String description = CText.comment(graph.metadata().description());
        if (!description.isEmpty()) {
            text.append(" * ").append(description).append('\n');
        }
        add("""
                 *
                 * Write model_input(), call model_invoke(), read model_output(). Tensors share the arena: an inference
                 * overwrites its input, and the next input may overwrite the output. Not reentrant.
                 *
                 * Generated by tinytune. Do not edit.
                 * SPDX-License-Identifier: Apache-2.0
                 */
                """);
    }

    /** The first input takes raw readings, the others real values. */
    private void inputs() {
        for (int i = 0; i < graph.inputs().size(); i++) {
            String name = Names.numbered("input", i);
            Tensor input = graph.tensor(graph.inputs().get(i));
            tensor(name, input);
            add(CText.type(input.type()) + " *model_" + name + "(void);\n");
            if (i == 0 && takesCounts()) {
                samples();
            } else if (i == 0) {
                encoding();
            } else {
                String helper =
                        QUANTIZE_REAL.replace("{input}", name).replace("{INPUT}", name.toUpperCase(Locale.ROOT));
                add(ofType(input, helper));
            }
        }
    }

    private void outputs() {
        for (int i = 0; i < graph.outputs().size(); i++) {
            String name = Names.numbered("output", i);
            Tensor output = graph.tensor(graph.outputs().get(i));
            tensor(name, output);
            add("const " + CText.type(output.type()) + " *model_" + name + "(void);\n");
            String helper = DEQUANTIZE.replace("{output}", name).replace("{OUTPUT}", name.toUpperCase(Locale.ROOT));
            add(ofType(output, helper));
        }
    }

    /** What outputs mean, where they are no classes. */
    private void task() {
        switch (TaskKind.of(graph.metadata())) {
            case CLASSIFICATION -> {}
            case REGRESSION -> quantities();
            case ANOMALY_DETECTION -> anomaly();
        }
    }

    private void quantities() {
        OutputEncoding encoding =
                OutputEncoding.of(graph.metadata(), graph.output().shape().elements());
        text.append("\n/* A quantity is mean + deviation * real output: one of each an output. */\n");
        define("output_means", CText.initializer(encoding.mean()));
        define("output_deviations", CText.initializer(encoding.deviation()));
        add(ofType(graph.output(), QUANTITY));
    }

    private void anomaly() {
        AnomalyThreshold.of(graph.metadata()).ifPresent(threshold -> {
            text.append("\n/* A reconstruction error above this is an anomaly: quantile ")
                    .append(DecimalText.of(threshold.quantile()))
                    .append(" of the training samples' errors. */\n");
            define("anomaly_threshold", DecimalText.of(threshold.error()));
        });
        if (FrontEnd.of(graph).isEmpty()) {
            add(ofType(graph.output(), RECONSTRUCTION_ERROR));
        } else if (graph.outputs().size() == 2) {
            String features = CText.type(graph.tensor(graph.outputs().get(1)).type());
            add(ofType(graph.output(), FEATURES_ERROR.replace("{features}", features)));
        }
    }

    private void tensor(String name, Tensor tensor) {
        text.append("\n/* ").append(name);
        String stated = CText.comment(tensor.name());
        if (!stated.isEmpty() && !stated.equals(name)) {
            text.append(", ").append(CText.string(stated));
        }
        text.append(": real = scale * (").append(integer(tensor)).append(" - zero point). */\n");
        define(name + "_bytes", tensor.bytes());
        define(name + "_elements", tensor.shape().elements());
        define(name + "_rank", tensor.shape().rank());
        define(name + "_shape", CText.initializer(tensor.shape()));
        define(name + "_scale", CText.floatLiteral(tensor.quantization().scale()));
        define(name + "_zero_point", "(" + tensor.quantization().zeroPoint() + ")");
    }

    /** Whether the input is samples as they are read: a count is its own integer. */
    private boolean takesCounts() {
        InputEncoding encoding = graph.metadata().encoding();
        float scale = graph.input().quantization().scale();
        return FrontEnd.takesSamples(graph)
                && encoding.mean().stream().allMatch(mean -> mean == 0)
                && encoding.deviation().stream().allMatch(deviation -> Math.abs(deviation * scale - 1) < SAME_COUNT);
    }

    private void samples() {
        Shape shape = graph.input().shape();
        SignalFacts facts = SignalFacts.of(graph.metadata());
        text.append("\n/*\n * Samples as they are read, in counts of ")
                .append(CText.decimal(graph.input().quantization().scale()))
                .append(facts.unit().isEmpty() ? "" : " " + CText.comment(facts.unit()))
                .append(": ")
                .append(shape.rows())
                .append(" moments");
        facts.rate().ifPresent(rate -> text.append(" at ").append(rate).append(" Hz"));
        text.append(" of ").append(shape.dim(-1)).append(shape.dim(-1) == 1 ? " channel" : " channels");
        if (facts.channels().size() == shape.dim(-1)) {
            text.append(" (")
                    .append(CText.comment(String.join(", ", facts.channels())))
                    .append(')');
        }
        text.append(",\n * those of a moment behind each other.\n */\n");
        define("input_samples", shape.rows());
        define("input_channels", shape.dim(-1));
        facts.rate().ifPresent(rate -> define("input_rate_hz", rate));
    }

    private void window() {
        add(WINDOW.replace("{steps}", Integer.toString(graph.metadata().steps())));
    }

    private void encoding() {
        InputEncoding encoding = graph.metadata().encoding();
        List<Float> means = encoding.mean();
        text.append("\n/*\n * A raw reading becomes (raw - mean) / deviation, and that becomes ")
                .append(integer(graph.input()))
                .append(": one mean and deviation")
                .append(means.size() == 1 ? "" : " a channel")
                .append(".\n * Raw readings seen in training: ")
                .append(CText.decimal(encoding.rawMin()))
                .append(" to ")
                .append(CText.decimal(encoding.rawMax()))
                .append(".\n */\n");
        define("input_encodings", means.size());
        define("input_means", CText.initializer(means));
        define("input_deviations", CText.initializer(encoding.deviation()));
        add(ofType(graph.input(), QUANTIZE_INPUT));
    }

    private void labels() {
        List<String> labels = graph.metadata().labels();
        if (!labels.isEmpty()) {
            text.append('\n');
            define("labels", labels.size());
            define("label_bytes", ModelLabels.bytesEach(labels));
            add(LABEL);
        }
    }

    /** As in {@code int8}. */
    private static String integer(Tensor tensor) {
        return tensor.type() == ElementType.INT16 ? "int16" : "int8";
    }

    /**
     * A template for the type of a tensor; one of 16 bits needs more of them on the way, of which an int may have none.
     */
    private static String ofType(Tensor tensor, String template) {
        boolean wide = tensor.type() == ElementType.INT16;
        Elements elements = Elements.of(tensor.type());
        return template.replace("{integer}", integer(tensor))
                .replace("{wide}", wide ? "int32_t" : "int")
                .replace("{beyond}", wide ? "65536" : "256")
                .replace("{max}", Integer.toString(elements.max()))
                .replace("{min}", Integer.toString(elements.min()));
    }

    private void define(String name, int value) {
        define(name, Integer.toString(value));
    }

    private void define(String name, String value) {
        text.append("#define ")
                .append(names.macro(name))
                .append(' ')
                .append(value)
                .append('\n');
    }

    private void add(String template) {
        text.append(names.in(template));
    }
}
