package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.OutputEncoding;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.core.tool.ToolRun;

class CLibraryGeneratorTest {
    private static final InputEncoding ENCODING =
            new InputEncoding(List.of(0.5f, 7f, -3f), List.of(0.1f, 16f, 2.7f), 0, 16);

    @TempDir
    Path folder;

    @Test
    void headerSaysWhatACallerNeeds() {
        CLibrary library = generate(CTarget.AVR, RandomGraphs.network(3), "Digits 8x8");
        assertThat(library.prefix()).isEqualTo("digits_8x8");
        assertThat(library.files()).containsKeys("digits_8x8.h", "digits_8x8.c");
        assertThat(library.files().get("digits_8x8.h"))
                .contains(
                        "#define DIGITS_8X8_HASH \"" + library.hash() + "\"",
                        "#define DIGITS_8X8_INPUT_BYTES ",
                        "#define DIGITS_8X8_OUTPUT_BYTES ",
                        "#define DIGITS_8X8_ARENA_BYTES ",
                        "#define DIGITS_8X8_OPERATORS ",
                        "int8_t *digits_8x8_input(void);",
                        "const int8_t *digits_8x8_output(void);",
                        "void digits_8x8_invoke(void);")
                .doesNotContain("model_", "MODEL_");
    }

    @Test
    void onlyTheFilesInUseAreCopied() {
        Graph relu = relu(Shape.of(1, 4), ElementType.INT8);
        assertThat(generate(CTarget.PORTABLE, relu, "m").files())
                .containsOnlyKeys("m.h", "m.c", "tt_clamp_s8.h", "tt_kernel.h", "tt_target.h", "tt_target_portable.h");
        assertThat(generate(CTarget.ARMV6M, relu, "m").files())
                .containsKeys("tt_target_armv6m.h", "tt_high_multiply_16.h")
                .doesNotContainKeys("tt_target_avr.h", "tt_target_armv7em.h");
    }

    @Test
    void bytesDependOnNothingButTheGraph() {
        CLibrary library = generate(CTarget.AVR, RandomGraphs.network(7), "m");
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(generate(CTarget.AVR, RandomGraphs.network(7), "m")).isEqualTo(library);
        } finally {
            Locale.setDefault(before);
        }
        assertThat(library.files().values()).noneMatch(text -> text.contains("\r"));
    }

    @Test
    void operatorsOfOneGeometryShareAFunction() {
        CHarness harness = new CHarness();
        Graph graph = threeEqualConvolutions();
        // Row by row, each would have other rings, and so a geometry of its own.
        Plan plan = Planner.wholeTensors(graph, new CTargetCosts(CTarget.PORTABLE), CTarget.PORTABLE.alignment());
        harness.add("three convolutions", graph, plan);
        harness.assertEqualOn(Machine.HOST, folder);
        CLibrary library = new CLibraryGenerator(CTarget.PORTABLE).generate(graph, plan, "m");
        String source = library.files().get("m.c");
        assertThat(source.split("TT_SHARED void")).hasSize(2);
        assertThat(source).contains(".output_zero_point = output_zero_point,", ".activation_max = 127,");
    }

    @Test
    void operatorsThatRunRowByRowTellTheCrcOfAllTheirRows() {
        CHarness harness = new CHarness();
        Graph graph = threeEqualConvolutions();
        Plan plan = plan(CTarget.PORTABLE, graph);
        harness.add("three convolutions", graph, plan);
        harness.assertEqualOn(Machine.HOST, folder);
        assertThat(plan.passes()).extracting(Plan.Pass::isStreamed).containsOnly(true);
        assertThat(generate(CTarget.PORTABLE, graph, "m").files().get("m.c"))
                .contains(", row by row:", "for (int tick = 0;", "y = tt_row_due(tick, 1, 1, 5);");
    }

    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            names = {"HOST_SANITIZED", "CORTEX_M0", "CORTEX_M4", "AVR"})
    void modelsInOneProgramComputeTheirOwnBytesUnderTheirOwnNames(Machine machine) {
        assertModelsKeepToThemselves(machine);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HOST_SANITIZED", "CORTEX_M0", "CORTEX_M4", "AVR"})
    void soTheyDoOnOtherMachines(Machine machine) {
        assertModelsKeepToThemselves(machine);
    }

    private void assertModelsKeepToThemselves(Machine machine) {
        CHarness harness = new CHarness();
        List<CLibrary> libraries = new ArrayList<>();
        for (long seed = 60; seed < 62; seed++) {
            Graph network = RandomGraphs.network(seed);
            Graph graph = network.withMetadata(
                    new Metadata("model", "", List.of("a", "b"), InputEncoding.IDENTITY, new TreeMap<>()));
            harness.add("network seed " + seed, graph, plan(machine.target(), graph));
            libraries.add(generate(machine.target(), graph, "case" + libraries.size()));
        }
        harness.assertEqualOn(machine, folder);
        for (CLibrary library : libraries) {
            String prefix = library.source().replace(".c", "");
            library.writeTo(folder);
            List<String> options = new ArrayList<>(Machine.STRICT);
            options.addAll(List.of("-DTT_CRC", "-c", library.source(), "-o", prefix + ".o"));
            machine.compile(folder, options);
            assertThat(machine.globalNames(folder, prefix + ".o"))
                    .contains(prefix + "_invoke", prefix + "_operator_crc", prefix + "_label")
                    .allMatch(name -> name.startsWith(prefix + "_"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-std=c++98", "-std=c++11", "-std=c++17"})
    void headersServeCppAsWell(String standard) throws IOException {
        Machine.HOST.assumeInstalled();
        Machine.assumeTool("g++");
        generate(CTarget.PORTABLE, RandomGraphs.network(3), "first").writeTo(folder);
        generate(CTarget.PORTABLE, twoInputsAndOutputs(), "second").writeTo(folder);
        Machine.HOST.compile(folder, "first.c", "first.o");
        Machine.HOST.compile(folder, "second.c", "second.o");
        Files.writeString(folder.resolve("main.cpp"), """
                #include "first.h"
                #include "second.h"
                int main()
                {
                    first_input()[0] = first_quantize_input(1.0f, 0);
                    second_input_1()[0] = second_quantize_input_1(1.0f);
                    first_invoke();
                    second_invoke();
                    return second_dequantize_output_1(second_output_1()[0]) < -1e9f;
                }
                """);
        List<String> command = new ArrayList<>(List.of("g++", standard));
        Machine.STRICT.stream().filter(option -> !option.startsWith("-std=")).forEach(command::add);
        command.addAll(List.of("main.cpp", "first.o", "second.o", "-o", "program"));
        ToolRun run = ToolRun.of(command, folder, Duration.ofMinutes(1));
        assertThat(run.succeeded()).as(run.errors()).isTrue();
    }

    @Test
    void everyInputAndOutputHasItsOwnPlaceAndScale() throws IOException {
        Machine.HOST.assumeInstalled();
        Graph graph = twoInputsAndOutputs();
        String program = """
                #include "model.h"
                #include <stdio.h>
                int main(void)
                {
                    for (int i = 0; i < MODEL_INPUT_BYTES; i++) {
                        model_input()[i] = model_quantize_input(0.25f * (float)(i - 3), 0);
                        model_input_1()[i] = model_quantize_input_1(0.5f * (float)(3 - i));
                    }
                    model_invoke();
                    printf("%d %d\\n", MODEL_INPUTS, MODEL_OUTPUTS);
                    for (int i = 0; i < MODEL_OUTPUT_BYTES; i++) {
                        printf("%d %d %a\\n", model_output()[i], model_output_1()[i],
                               (double)model_dequantize_output_1(model_output_1()[i]));
                    }
                    return 0;
                }
                """;
        byte[] first = new byte[7];
        byte[] second = new byte[7];
        for (int i = 0; i < 7; i++) {
            first[i] = graph.tensor(graph.inputs().get(0)).quantization().quantizeInt8(0.25 * (i - 3));
            second[i] = graph.tensor(graph.inputs().get(1)).quantization().quantizeInt8(0.5 * (3 - i));
        }
        List<byte[]> outputs = Simulator.of(graph).run(List.of(first, second), (node, tensor, bytes) -> {});
        Quantization quantization = graph.tensor(graph.outputs().get(1)).quantization();
        List<String> lines = run(graph, program).lines().toList();
        assertThat(lines.get(0)).isEqualTo("2 2");
        for (int i = 0; i < 7; i++) {
            String[] values = lines.get(i + 1).split(" ");
            assertThat(values[0]).isEqualTo(Integer.toString(outputs.get(0)[i]));
            assertThat(values[1]).isEqualTo(Integer.toString(outputs.get(1)[i]));
            float real = quantization.scale() * (outputs.get(1)[i] - quantization.zeroPoint());
            assertThat(Double.parseDouble(values[2])).isEqualTo(real);
        }
    }

    /** Of inputs with other scales each, a ReLU each. */
    private static Graph twoInputsAndOutputs() {
        GraphBuilder builder = new GraphBuilder();
        Quantization[] quantizations = {Quantization.perTensor(0.037f, 5), Quantization.perTensor(0.021f, -9)};
        int[] inputs = new int[2];
        for (int i = 0; i < 2; i++) {
            inputs[i] = builder.input("input" + i, Shape.of(1, 7), ElementType.INT8, quantizations[i]);
        }
        for (int i = 0; i < 2; i++) {
            builder.output(builder.node(
                    "output" + i, ElementType.INT8, quantizations[i], Relu.INSTANCE, new NoParams(), inputs[i]));
        }
        return builder.build();
    }

    @Test
    void labelsAreReadFromFlash() throws IOException {
        Machine.HOST.assumeInstalled();
        List<String> labels = List.of("zero", "a \"quoted\" one?", "größer");
        Graph graph = relu(Shape.of(1, 3), ElementType.INT8)
                .withMetadata(new Metadata("model", "", labels, InputEncoding.IDENTITY, new TreeMap<>()));
        String program = """
                #include "model.h"
                #include <stdio.h>
                int main(void)
                {
                    char text[MODEL_LABEL_BYTES];
                    for (int i = 0; i < MODEL_LABELS; i++) {
                        model_label(i, text);
                        puts(text);
                    }
                    return 0;
                }
                """;
        assertThat(run(graph, program).lines()).isEqualTo(labels);
    }

    @Test
    void rawReadingsBecomeTheSameBytesAsInTraining() throws IOException {
        Machine.HOST.assumeInstalled();
        Graph graph = relu(Shape.of(1, 2, 2, 3), ElementType.INT8)
                .withMetadata(new Metadata("model", "", List.of(), ENCODING, new TreeMap<>()));
        String program = """
                #include "model.h"
                #include <stdio.h>
                int main(void)
                {
                    for (int i = -3000; i <= 3000; i++) {
                        const float raw = (float)i * 0.0625f;
                        printf("%d %d %d\\n", model_quantize_input(raw, 0), model_quantize_input(raw, 1),
                               model_quantize_input(raw, 2));
                    }
                    return 0;
                }
                """;
        List<String> expected = new ArrayList<>();
        for (int i = -3000; i <= 3000; i++) {
            StringBuilder line = new StringBuilder();
            for (int channel = 0; channel < 3; channel++) {
                float real = ENCODING.encode(i * 0.0625f, channel);
                line.append(channel == 0 ? "" : " ")
                        .append(graph.input().quantization().quantizeInt8(real));
            }
            expected.add(line.toString());
        }
        assertThat(run(graph, program).lines()).isEqualTo(expected);
    }

    /** 256 outputs of two quantities that differ in mean and deviation. */
    @Test
    void outputsBecomeQuantitiesInTheirOwnUnits() throws IOException {
        Machine.HOST.assumeInstalled();
        OutputEncoding encoding = new OutputEncoding(List.of(1013.25f, -0.5f), List.of(8.25f, 1e-3f));
        Graph plain = relu(Shape.of(1, 2), ElementType.INT8);
        Graph graph = plain.withMetadata(encoding.storedIn(TaskKind.REGRESSION.storedIn(plain.metadata())));
        String program = """
                #include "model.h"
                #include <stdio.h>
                int main(void)
                {
                    for (int i = -128; i <= 127; i++) {
                        const int8_t output[] = {(int8_t)i, (int8_t)-i};
                        printf("%a %a\\n", (double)model_output_quantity(output, 0),
                               (double)model_output_quantity(output, 1));
                    }
                    return 0;
                }
                """;
        List<String> printed = run(graph, program).lines().toList();
        assertThat(printed).hasSize(256);
        for (int i = -128; i <= 127; i++) {
            String[] values = printed.get(i + 128).split(" ");
            for (int q = 0; q < 2; q++) {
                byte output = (byte) (q == 0 ? i : -i);
                float real = graph.output().quantization().scale()
                        * (output - graph.output().quantization().zeroPoint());
                assertThat(Double.parseDouble(values[q]))
                        .as("output %d, quantity %d", i, q)
                        .isEqualTo(encoding.decode(real, q));
            }
        }
    }

    @Test
    void reconstructionErrorsAreThoseOfTheLaptop() throws IOException {
        Machine.HOST.assumeInstalled();
        AnomalyThreshold threshold = new AnomalyThreshold(0.1 + 0.2, 0.99);
        Graph graph = relu(Shape.of(1, 2, 2, 3), ElementType.INT8)
                .withMetadata(threshold.storedIn(TaskKind.ANOMALY_DETECTION.storedIn(
                        new Metadata("model", "", List.of(), ENCODING, new TreeMap<>()))));
        float[] raw = {1, -2.5f, 3, 100, 0.125f, 7, -300, 2, 1e6f, 0.1f, 0.2f, 0.3f};
        byte[] output = {5, -7, 127, -128, 0, 1, 2, 3, 99, -100, 42, 17};
        float[] encoded = new float[raw.length];
        float[] real = new float[raw.length];
        for (int i = 0; i < raw.length; i++) {
            encoded[i] = ENCODING.encode(raw[i], i % 3);
            real[i] = graph.output().quantization().scale()
                    * (output[i] - graph.output().quantization().zeroPoint());
        }
        String program = """
                #include "model.h"
                #include <stdio.h>
                int main(void)
                {
                    static const float raw[] = {1.0f, -2.5f, 3.0f, 100.0f, 0.125f, 7.0f, -300.0f, 2.0f, 1e6f, 0.1f, 0.2f,
                                                0.3f};
                    static const int8_t output[] = {5, -7, 127, -128, 0, 1, 2, 3, 99, -100, 42, 17};
                    printf("%a\\n%a\\n", model_reconstruction_error(raw, output), MODEL_ANOMALY_THRESHOLD);
                    return 0;
                }
                """;
        assertThat(run(graph, program).lines().map(Double::parseDouble))
                .containsExactly(AnomalyThreshold.error(encoded, 0, real, 0, real.length), threshold.error());
    }

    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            names = {"HOST", "HOST_CLANG", "CORTEX_M4", "AVR"})
    void compilesWithoutAWarningAndWithoutTrace(Machine machine) {
        assertCompilesWithoutTrace(machine);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HOST", "HOST_CLANG", "CORTEX_M4", "AVR"})
    void compilesWithoutAWarningAndWithoutTraceForOtherMachines(Machine machine) {
        assertCompilesWithoutTrace(machine);
    }

    private void assertCompilesWithoutTrace(Machine machine) {
        machine.assumeInstalled();
        for (long seed = 40; seed < 44; seed++) {
            CLibrary library = generate(machine.target(), RandomGraphs.network(seed), "model");
            library.writeTo(folder);
            machine.compile(folder, library.source(), "model.o");
        }
    }

    /** Part of the kernels for Arm is for gcc alone; clang takes the portable ones instead. */
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "ARMV7EM, clang --target=thumbv7em-none-eabi -mcpu=cortex-m4, -Os",
        "ARMV7EM, clang --target=thumbv7em-none-eabi -mcpu=cortex-m4, -O2",
        "ARMV7EM, clang --target=thumbv7em-none-eabi -mcpu=cortex-m4, -O0",
        "ARMV7EM, arm-none-eabi-gcc -mthumb -mcpu=cortex-m4, -Os",
        "ARMV7EM, arm-none-eabi-gcc -mthumb -mcpu=cortex-m4, -O0",
        "HELIUM, clang --target=thumbv8.1m.main-none-eabihf -mcpu=cortex-m55, -O2",
        "HELIUM, arm-none-eabi-gcc -mthumb -mcpu=cortex-m55 -mfloat-abi=hard, -Os",
        "HELIUM, arm-none-eabi-gcc -mthumb -mcpu=cortex-m55 -mfloat-abi=hard, -O0"
    })
    void kernelsForArmCompileWithoutAWarning(CTarget target, String compiler, String optimization) throws IOException {
        List<String> command = new ArrayList<>(List.of(compiler.split(" ")));
        Machine.assumeTool(command.get(0));
        // What a freestanding compiler lacks: clang comes without a C library for Arm.
        Files.writeString(folder.resolve("string.h"), """
                #include <stddef.h>
                void *memcpy(void *to, const void *from, size_t bytes);
                void *memmove(void *to, const void *from, size_t bytes);
                void *memset(void *to, int value, size_t bytes);
                """);
        command.addAll(Machine.STRICT);
        command.addAll(List.of("-ffreestanding", "-I.", optimization, "-c", "model.c", "-o", "model.o"));
        DepthwiseConv2dParams[] depthwise = {
            DepthwiseConv2dParams.of(1, Padding.SAME, Activation.RELU),
            DepthwiseConv2dParams.of(1, Padding.SAME, Activation.RELU6),
            DepthwiseConv2dParams.of(2, Padding.SAME, Activation.RELU),
            DepthwiseConv2dParams.of(2, Padding.SAME, Activation.RELU6)
        };
        for (Graph graph : List.of(
                RandomGraphs.depthwise3x3(Shape.of(1, 9, 9, 4), 1, depthwise),
                RandomGraphs.single(Conv2d.INSTANCE, 1),
                RandomGraphs.single(Conv2d.INSTANCE, 2),
                RandomGraphs.single(FullyConnected.INSTANCE, 1))) {
            generate(target, graph, "model").writeTo(folder);
            ToolRun run = ToolRun.of(command, folder, Duration.ofMinutes(1));
            assertThat(run.succeeded()).as("%s: %s", command, run.errors()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(CTarget.class)
    void aLibraryForAnyTargetComputesTheSameOnTheHost(CTarget target) {
        CHarness harness = new CHarness();
        for (long seed = 50; seed < 53; seed++) {
            Graph graph = RandomGraphs.network(seed);
            harness.add("network seed " + seed, graph, plan(target, graph));
        }
        harness.assertEqualOn(Machine.HOST, target, folder);
    }

    @Test
    void aFloatModelIsRefused() {
        Graph graph = relu(Shape.of(1, 4), ElementType.FLOAT32);
        assertThatThrownBy(() -> generate(CTarget.PORTABLE, graph, "m"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("is FLOAT32")
                .hasMessageContaining("quantize");
    }

    @Test
    void anArenaThatAnAvrCannotIndexIsRefused() {
        Graph graph = relu(Shape.of(1, 40_000), ElementType.INT8);
        assertThatThrownBy(() -> generate(CTarget.AVR, graph, "m"))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DOES_NOT_FIT))
                .hasMessageContaining("40000 B");
    }

    @Test
    void aPlanWithoutTheKernelsScratchIsRefused() {
        Graph graph = threeEqualConvolutions();
        Plan plan = Planner.plan(graph, TargetCosts.NONE, 1);
        assertThatThrownBy(() -> new CLibraryGenerator(CTarget.AVR).generate(graph, plan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scratch");
    }

    private String run(Graph graph, String program) throws IOException {
        CLibrary library = generate(CTarget.PORTABLE, graph, "model");
        library.writeTo(folder);
        Files.writeString(folder.resolve("main.c"), program);
        Machine.HOST.compile(folder, "model.c", "model.o");
        Machine.HOST.compile(folder, "main.c", "main.o");
        return Machine.HOST.run(folder, List.of("main.o", "model.o"));
    }

    private static CLibrary generate(CTarget target, Graph graph, String name) {
        return new CLibraryGenerator(target).generate(graph, plan(target, graph), name);
    }

    private static Plan plan(CTarget target, Graph graph) {
        return Planner.plan(graph, new CTargetCosts(target), target.alignment());
    }

    private static Graph relu(Shape shape, ElementType type) {
        GraphBuilder builder = new GraphBuilder();
        Quantization quantization = Quantization.perTensor(0.037f, 5);
        int input = builder.input("input", shape, type, quantization);
        return builder.output(builder.node("output", type, quantization, Relu.INSTANCE, new NoParams(), input))
                .build();
    }

    private static Graph threeEqualConvolutions() {
        GraphBuilder builder = new GraphBuilder();
        int tensor = builder.input("input", Shape.of(1, 5, 5, 2), ElementType.INT8, Quantization.perTensor(0.02f, 3));
        for (int i = 0; i < 3; i++) {
            byte[] weights = new byte[2 * 3 * 3 * 2];
            for (int k = 0; k < weights.length; k++) {
                weights[k] = (byte) (k * 37 + i * 11);
            }
            float[] scales = {0.003f, 0.004f + 0.001f * i};
            int constant = builder.constant(
                    "weights" + i, Shape.of(2, 3, 3, 2), Quantization.perChannel(scales, 0), TensorData.of(weights));
            tensor = builder.node(
                    "output" + i,
                    ElementType.INT8,
                    Quantization.perTensor(0.03f, 10 * i - 7),
                    Conv2d.INSTANCE,
                    Conv2dParams.of(1, Padding.SAME, Activation.NONE),
                    tensor,
                    constant);
        }
        return builder.output(tensor).build();
    }
}
