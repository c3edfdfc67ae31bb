package org.tinytune.runtimegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.TensorData;

/**
 * Prints a sample as C: a function that loads it into a library's inputs, and others that compare what comes out with
 * what the simulator makes of it. Checked by: SampleSourceTest.
 */
public final class SampleSource {
    private static final String LICENCE = " * SPDX-License-Identifier: Apache-2.0\n";

    private static final String HEADER = """
             */
            #ifndef MODEL_SAMPLE_H
            #define MODEL_SAMPLE_H

            #include <stdint.h>

            #ifdef __cplusplus
            extern "C" {
            #endif

            {load}

            /* After the inference: how many bytes of the output are not what they should be. */
            int32_t model_sample_differences(void);

            #ifdef TT_CRC
            /* After the inference: the first operator whose output is not what it should be, or -1. */
            int model_sample_first_difference(void);
            #endif
            {raw}
            #ifdef __cplusplus
            }
            #endif

            #endif
            """;

    private static final String LOAD = """
            /* Writes the sample into the network's input. */
            void model_sample_load(void);""";

    private static final String LOAD_STEP = """
            /* The sample is a sequence: reset the network, then load and run the steps from 0 on. */
            #define MODEL_SAMPLE_STEPS {steps}
            void model_sample_load(int step);""";

    private static final String RAW = """

            /* The readings that the sample was made of: what the network has to reconstruct. */
            extern const float model_sample_raw[];
            """;

    private static final String BEGIN = """
            #ifdef __AVR__
            #include <avr/pgmspace.h>
            #define FLASH PROGMEM
            #define READ_S8(address) ((int8_t)pgm_read_byte(address))
            #define READ_U32(address) ((uint32_t)pgm_read_dword(address))
            #else
            #define FLASH
            #define READ_S8(address) (*(address))
            #define READ_U32(address) (*(address))
            #endif

            """;

    private static final String FUNCTIONS = """

            static void copy(int8_t *to, const int8_t *from, int32_t bytes)
            {
                for (; bytes > 0; bytes--) {
                    *to++ = READ_S8(from++);
                }
            }

            static int32_t differences(const int8_t *actual, const int8_t *expected, int32_t bytes)
            {
                int32_t count = 0;
                for (; bytes > 0; bytes--) {
                    count += *actual++ != READ_S8(expected++);
                }
                return count;
            }
            """;

    private static final String FIRST_DIFFERENCE = """

            #ifdef TT_CRC
            int model_sample_first_difference(void)
            {
                for (int op = 0; op < MODEL_OPERATORS; op++) {
                    if (model_operator_crc(op) != READ_U32(&crcs[op])) {
                        return op;
                    }
                }
                return -1;
            }
            #endif
            """;

    private final Graph graph;
    private final Names names;
    private final StoredSample sample;
    private final StringBuilder text = new StringBuilder();

    private SampleSource(Graph graph, Names names, StoredSample sample) {
        this.graph = graph;
        this.names = names;
        this.sample = sample;
    }

    /**
     * A header and a source, by name.
     *
     * @param library of the graph; as {@code digits} it gives {@code digits_sample.h} and {@code digits_sample.c}
     */
    public static SortedMap<String, String> files(CLibrary library, Graph graph, StoredSample sample) {
        Names names = new Names(library.prefix());
        SortedMap<String, String> files = new TreeMap<>();
        files.put(names.in("model_sample.h"), new SampleSource(graph, names, sample).header());
        files.put(names.in("model_sample.c"), new SampleSource(graph, names, sample).source());
        return files;
    }

    private String header() {
        text.append("/*\n * A stored input of the network \"")
                .append(CText.comment(graph.metadata().name()))
                .append("\", and what has to come out of it.\n * It is ")
                .append(CText.comment(sample.title()))
                .append(".\n *\n")
                .append(LICENCE);
        String load = graph.hasState()
                ? LOAD_STEP.replace("{steps}", Integer.toString(sample.steps().size()))
                : LOAD;
        String header =
                HEADER.replace("{load}", load).replace("{raw}\n", hasReadings(graph, sample) ? RAW + "\n" : "\n");
        return text.append(names.in(header)).toString();
    }

    /** Whether the source holds the readings as well: of anomaly detection, which compares them with the output. */
    public static boolean hasReadings(Graph graph, StoredSample sample) {
        return TaskKind.of(graph.metadata()) == TaskKind.ANOMALY_DETECTION
                && sample.raw()
                        .filter(raw -> raw.length == graph.output().shape().elements())
                        .isPresent();
    }

    private String source() {
        text.append("/*\n * Generated by tinytune. Do not edit.\n")
                .append(LICENCE)
                .append(" */\n");
        text.append(names.in("#include \"model_sample.h\"\n\n#include \""))
                .append(names.prefix())
                .append(".h\"\n\n");
        text.append(BEGIN);
        for (int i = 0; i < graph.inputs().size(); i++) {
            array(Names.numbered("input", i), steps(i));
        }
        TreeMap<Integer, Integer> crcs = new TreeMap<>();
        List<byte[]> outputs = simulate(crcs);
        for (int i = 0; i < outputs.size(); i++) {
            array(Names.numbered("output", i), outputs.get(i));
        }
        crcs(crcs);
        if (hasReadings(graph, sample)) {
            text.append(names.in("\nconst float model_sample_raw[MODEL_INPUT_ELEMENTS] = {\n"));
            text.append(CText.elements(TensorData.of(sample.raw().orElseThrow())))
                    .append("\n};\n");
        }
        text.append(FUNCTIONS);
        load();
        compare();
        return text.append(names.in(FIRST_DIFFERENCE)).toString();
    }

    /** One input of all steps, one behind the other. */
    private byte[] steps(int input) {
        int bytes = graph.tensor(graph.inputs().get(input)).bytes();
        byte[] all = new byte[sample.steps().size() * bytes];
        for (int step = 0; step < sample.steps().size(); step++) {
            System.arraycopy(sample.steps().get(step).get(input), 0, all, step * bytes, bytes);
        }
        return all;
    }

    /** Runs all steps; gives outputs and, by operator, checksums of the last one. */
    private List<byte[]> simulate(TreeMap<Integer, Integer> crcs) {
        Simulator simulator = Simulator.of(graph);
        List<byte[]> outputs = List.of();
        for (List<byte[]> step : sample.steps()) {
            outputs = simulator.run(step, (node, tensor, bytes) -> {
                CRC32 crc = new CRC32();
                crc.update(bytes);
                crcs.put(node, (int) crc.getValue());
            });
        }
        return outputs;
    }

    private void array(String name, byte[] values) {
        text.append("static const int8_t ").append(name).append('[').append(values.length);
        text.append("] FLASH = {\n")
                .append(CText.elements(TensorData.of(values)))
                .append("\n};\n");
    }

    private void crcs(TreeMap<Integer, Integer> crcs) {
        List<String> literals = new ArrayList<>();
        for (int op = 0; op < graph.nodes().size(); op++) {
            literals.add(String.format(Locale.ROOT, "0x%08Xu", crcs.getOrDefault(op, 0)));
        }
        text.append("\n#ifdef TT_CRC\n/* Of each operator's output. */\n");
        text.append(names.in("static const uint32_t crcs[MODEL_OPERATORS] FLASH = {\n"));
        text.append(CText.wrapped("    ", literals, ",")).append("\n};\n#endif\n");
    }

    private void load() {
        text.append(names.in("\nvoid model_sample_load("))
                .append(graph.hasState() ? "int step" : "void")
                .append(")\n{\n");
        for (int i = 0; i < graph.inputs().size(); i++) {
            String name = Names.numbered("input", i);
            String bytes = names.macro(name + "_bytes");
            boolean wide = graph.tensor(graph.inputs().get(i)).type() == ElementType.INT16;
            text.append(wide ? "    copy((int8_t *)" : "    copy(")
                    .append(names.in("model_" + name))
                    .append("(), ")
                    .append(name);
            text.append(graph.hasState() ? " + step * " + bytes : "");
            text.append(", ").append(bytes).append(");\n");
        }
        text.append("}\n");
    }

    private void compare() {
        List<String> sum = new ArrayList<>();
        for (int i = 0; i < graph.outputs().size(); i++) {
            String name = Names.numbered("output", i);
            boolean wide = graph.tensor(graph.outputs().get(i)).type() == ElementType.INT16;
            sum.add("differences(" + (wide ? "(const int8_t *)" : "") + names.in("model_" + name) + "(), " + name + ", "
                    + names.macro(name + "_bytes") + ")");
        }
        text.append(names.in("\nint32_t model_sample_differences(void)\n{\n    return "));
        text.append(String.join("\n           + ", sum)).append(";\n}\n");
    }
}
