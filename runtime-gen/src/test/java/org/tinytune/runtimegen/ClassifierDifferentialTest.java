package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytune.core.decision.ClassScores;
import org.tinytune.core.decision.Trigger;
import org.tinytune.core.decision.TriggerSettings;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.slide.Slide;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

/** Results, windows and events are in C what they are in Java. */
class ClassifierDifferentialTest {
    private static final int STEPS = 120;
    private static final List<String> FILES = List.of("harness.h", "harness.c", "machine_bare.ld");

    /** Prints, of every input of a stream: the winner or -1, its score, all scores, and the event or -1. */
    private static final String PROGRAM = """
            #include "harness.h"
            #include "model.h"

            static void put_integer(int32_t value)
            {
                char digits[12];
                int n = 0;
                uint32_t rest = value < 0 ? 0u - (uint32_t)value : (uint32_t)value;
                do {
                    digits[n++] = (char)('0' + (int)(rest % 10u));
                    rest /= 10u;
                } while (rest != 0u);
                if (value < 0) {
                    harness_put('-');
                }
                while (n > 0) {
                    harness_put(digits[--n]);
                }
                harness_put(' ');
            }

            static model_trigger trigger;

            int main(void)
            {
                harness_start();
                model_reset();
                model_trigger_reset(&trigger);
                for (uint16_t step = 0; step < STEPS; step++) {
                    model_result result;
                    harness_fill((uint16_t)(step * 37u), (int8_t *)model_input(), MODEL_INPUT_BYTES);
                    const int winner = model_classify_next(model_input(), &result);
                    put_integer(winner);
                    put_integer(result.score);
                    for (int i = 0; i < MODEL_CLASSES; i++) {
                        put_integer(result.scores[i]);
                    }
                    put_integer(winner == MODEL_NOTHING ? MODEL_NOTHING : model_trigger_update(&trigger, &result));
                    harness_put('\\n');
                }
                harness_end();
                return 0;
            }
            """;

    @TempDir
    Path folder;

    /** How outputs speak of classes. */
    enum Kind {
        PROBABILITIES(Logistic.INSTANCE, 3, ElementType.INT8),
        LOGITS(Relu.INSTANCE, 4, ElementType.INT8),
        PROBABILITY(Logistic.INSTANCE, 1, ElementType.INT8),
        LOGIT(Relu.INSTANCE, 1, ElementType.INT8),
        WIDE_PROBABILITIES(Logistic.INSTANCE, 3, ElementType.INT16),
        WIDE_PROBABILITY(Logistic.INSTANCE, 1, ElementType.INT16);

        private final Operator<NoParams> operator;
        private final int outputs;
        private final ElementType type;

        Kind(Operator<NoParams> operator, int outputs, ElementType type) {
            this.operator = operator;
            this.outputs = outputs;
            this.type = type;
        }

        private Quantization output() {
            if (operator instanceof Relu) {
                return Quantization.perTensor(0.05f, -20);
            }
            return type == ElementType.INT16
                    ? Quantization.perTensor(1f / (1 << 15), 0)
                    : Quantization.perTensor(1f / 256, -128);
        }

        /** Of two rows, one of which is new each time; of a single output, of what is new alone. */
        Graph graph() {
            Quantization input = Quantization.perTensor(type == ElementType.INT16 ? 0.0002f : 0.05f, 0);
            GraphBuilder graph = new GraphBuilder();
            int added = graph.input("new", Shape.of(1, 1, 1, outputs), type, input);
            int window = added;
            if (outputs == 1) {
                window = graph.node("one", type, output(), operator, new NoParams(), added);
            }
            Tensor kept = Tensor.state(
                    "kept",
                    Shape.of(1, 1, 1, outputs),
                    type,
                    graph.tensor(window).quantization());
            int both = graph.node(
                    "both",
                    type,
                    graph.tensor(window).quantization(),
                    Slide.INSTANCE,
                    new NoParams(),
                    window,
                    graph.tensor(kept));
            // Only graphs whose last operator makes probabilities say so.
            int output = outputs == 1 ? window : graph.node("y", type, output(), operator, new NoParams(), both);
            BitSet ignored = new BitSet();
            ignored.set(0);
            Metadata named = new Metadata(
                    "model",
                    "",
                    outputs == 1 ? List.of("off", "on") : List.of(),
                    InputEncoding.IDENTITY,
                    new TreeMap<>());
            Metadata metadata =
                    new TriggerSettings(2, 0.5, 3, ignored).storedIn(named).withSteps(2);
            return graph.output(output).metadata(metadata).build();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void resultsAndEventsAreThoseOfJava(Kind kind) throws IOException {
        assertEqual(Machine.HOST_SANITIZED, kind.graph());
    }

    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            names = {"CORTEX_M4", "AVR"})
    void soTheyAreOnBoards(Machine machine) throws IOException {
        assertEqual(machine, Kind.PROBABILITIES.graph());
        assertEqual(machine, Kind.WIDE_PROBABILITY.graph());
    }

    private void assertEqual(Machine machine, Graph graph) throws IOException {
        machine.assumeInstalled();
        String expected = expected(graph);
        assertThat(expected.lines().filter(line -> !line.endsWith(" -1 ")))
                .as("events")
                .isNotEmpty();
        CTarget target = machine.target();
        new CLibraryGenerator(target)
                .generate(graph, Planner.plan(graph, new CTargetCosts(target), target.alignment()))
                .writeTo(folder);
        for (String file : FILES) {
            copy(file);
        }
        copy(machine.port());
        Files.writeString(folder.resolve("main.c"), PROGRAM.replace("STEPS", Integer.toString(STEPS)));
        List<String> sources =
                List.of("model", "main", "harness", machine.port().replace(".c", ""));
        for (String source : sources) {
            machine.compile(folder, source + ".c", source + ".o");
        }
        String printed = machine.run(
                folder, sources.stream().map(source -> source + ".o").toList());
        // An emulator may write around what the program prints.
        String results = printed.lines()
                .map(line -> line.replaceAll("\\u001b\\[[0-9;]*m", "").replaceAll("\\.+$", ""))
                .filter(line -> line.matches("(-?\\d+ ){4,}"))
                .collect(Collectors.joining("\n"));
        assertThat(results).isEqualTo(expected);
    }

    private static String expected(Graph graph) {
        ClassScores classes = ClassScores.of(graph).orElseThrow();
        Trigger trigger = new Trigger(classes, TriggerSettings.of(graph.metadata()));
        Simulator simulator = Simulator.of(graph);
        StringBuilder lines = new StringBuilder();
        for (int step = 0; step < STEPS; step++) {
            int[] scores = classes.of(
                    simulator.run(input(step * 37 & 0xFFFF, graph.input().bytes())));
            int winner = ClassScores.winner(scores);
            boolean full = step + 1 >= graph.metadata().steps();
            lines.append(full ? winner : -1).append(' ').append(scores[winner]).append(' ');
            Arrays.stream(scores).forEach(score -> lines.append(score).append(' '));
            lines.append(full ? trigger.update(scores) : -1).append(" \n");
        }
        return lines.toString().stripTrailing() + " ";
    }

    /** The same bytes as {@code harness_fill} makes. */
    private static byte[] input(int pattern, int length) {
        byte[] bytes = new byte[length];
        int state = pattern;
        for (int i = 0; i < length; i++) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            bytes[i] = pattern < 2 ? (byte) (pattern == 0 ? -128 : 127) : (byte) state;
        }
        return bytes;
    }

    /** A whole window at once: from what the caller has, or from where it is already. */
    @Test
    void aModelWithoutStatesClassifiesItsWholeInput() throws IOException {
        Machine.HOST.assumeInstalled();
        GraphBuilder builder = new GraphBuilder();
        Quantization quantization = Quantization.perTensor(0.05f, -20);
        int input = builder.input("x", Shape.of(1, 3), ElementType.INT8, quantization);
        Graph graph = builder.output(
                        builder.node("y", ElementType.INT8, quantization, Relu.INSTANCE, new NoParams(), input))
                .build();
        CTarget target = CTarget.PORTABLE;
        CLibrary library = new CLibraryGenerator(target)
                .generate(graph, Planner.plan(graph, new CTargetCosts(target), target.alignment()));
        library.writeTo(folder);
        assertThat(library.files().get("model.h")).doesNotContain("trigger", "classify_next");
        Files.writeString(folder.resolve("main.c"), """
                #include "model.h"
                #include <stdio.h>
                int main(void)
                {
                    static const int8_t given[] = {-30, 7, 5};
                    model_result result;
                    int winner = model_classify(given, &result);
                    printf("%d %d %d %d %d\\n", winner, result.score, result.scores[0], result.scores[1],
                           result.scores[2]);
                    model_input()[0] = 100;
                    model_input()[1] = 7;
                    model_input()[2] = 100;
                    winner = model_classify(model_input(), &result);
                    printf("%d %d\\n", winner, result.score);
                    return 0;
                }
                """);
        Machine.HOST.compile(folder, "model.c", "model.o");
        Machine.HOST.compile(folder, "main.c", "main.o");
        assertThat(Machine.HOST.run(folder, List.of("main.o", "model.o"))).isEqualTo("1 27 0 27 25\n0 120\n");
        assertThat(Machine.HOST.globalNames(folder, "model.o"))
                .containsExactlyInAnyOrder("model_input", "model_output", "model_invoke");
    }

    private void copy(String file) throws IOException {
        try (InputStream in = ClassifierDifferentialTest.class.getResourceAsStream("/c/" + file)) {
            Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
