package org.tinytune.test.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.tool.ToolRun;
import org.tinytune.runtimegen.CLibraryGenerator;
import org.tinytune.runtimegen.CTargetCosts;

/**
 * What one model costs on one core at one level of optimization.
 *
 * @param instructions of an inference, the mean over the inputs
 * @param operatorInstructions of an inference by the operator's index, for the first input
 * @param weightBytes in flash
 * @param parameterBytes the other constants of the operators: biases, multipliers, tables
 * @param codeBytes everything else in flash, start-up included
 * @param arenaBytes the library's arena
 * @param staticBytes all static RAM, the arena included
 * @param stackBytes that an inference was seen to use
 */
record InferenceRun(
        long instructions,
        SortedMap<Integer, Long> operatorInstructions,
        int weightBytes,
        int parameterBytes,
        int codeBytes,
        int arenaBytes,
        int staticBytes,
        int stackBytes) {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final List<String> FILES = List.of("inference.c", "inference.ld");

    /** All flash but the weights. */
    int otherFlashBytes() {
        return parameterBytes + codeBytes;
    }

    /** Arena, other static RAM and stack. */
    int ramBytes() {
        return staticBytes + stackBytes;
    }

    /**
     * Generates, compiles and runs a model.
     *
     * @param expected the output for each input: input k is made by xorshift32 with seed k, from 1
     * @param optimization as in {@code -O2}
     * @throws IllegalStateException if a tool fails or an output differs
     */
    static InferenceRun of(Graph graph, List<byte[]> expected, EmulatedCore core, String optimization, Path folder)
            throws IOException {
        Plan plan = Planner.plan(
                graph, new CTargetCosts(core.target()), core.target().alignment());
        new CLibraryGenerator(core.target()).generate(graph, plan, "model").writeTo(folder);
        for (String file : FILES) {
            try (InputStream in = InferenceRun.class.getResourceAsStream("/bench/" + file)) {
                Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Build build = new Build(core, optimization, folder);
        build.compile("timed", "-DBENCH_SEEDS=" + expected.size());
        build.compile("traced", "-DTT_TRACE");
        build.compile("bare", "-DBENCH_SIZE_ONLY");
        Output timed = new Output(build.emulate("timed"));
        Output traced = new Output(build.emulate("traced"));
        timed.requireOutputs(expected);
        int constants = build.symbols("bare", "");
        int weights = build.symbols("bare", "_weights");
        Sections sections = build.sections("bare");
        return new InferenceRun(
                timed.meanInstructions(),
                traced.operators(),
                weights,
                constants - weights,
                sections.flash() - constants,
                plan.arenaBytes(),
                sections.ram(),
                timed.stack());
    }

    private record Sections(int flash, int ram) {}

    private record Build(EmulatedCore core, String optimization, Path folder) {
        void compile(String program, String define) {
            List<String> command = new ArrayList<>(List.of(core.tool("gcc"), "-std=c99", optimization, define));
            command.addAll(core.compilerOptions());
            command.addAll(List.of("-ffunction-sections", "-fdata-sections", "-Wl,--gc-sections", "-nostartfiles"));
            command.addAll(List.of("-T", "inference.ld", "inference.c", "model.c"));
            command.addAll(List.of("-o", program));
            run(command);
        }

        String emulate(String program) {
            return run(core.emulator(program));
        }

        /** Bytes of the operators' constants whose names end so, as in {@code conv_2d_0_weights}. */
        int symbols(String program, String suffix) {
            return lines(core.tool("nm"), "-S", program)
                    .map(line -> line.split(" +"))
                    .filter(f -> f.length == 4 && f[3].matches("[a-z]\\w*_\\d+_[a-z]\\w*"))
                    .filter(f -> f[3].endsWith(suffix))
                    .mapToInt(f -> Integer.parseInt(f[1], 16))
                    .sum();
        }

        Sections sections(String program) {
            String[] sizes = lines(core.tool("size"), program)
                    .skip(1)
                    .findFirst()
                    .orElseThrow()
                    .strip()
                    .split("\\s+");
            int text = Integer.parseInt(sizes[0]);
            int data = Integer.parseInt(sizes[1]);
            int bss = Integer.parseInt(sizes[2]);
            return new Sections(text + data, data + bss);
        }

        private Stream<String> lines(String... command) {
            return run(List.of(command)).lines();
        }

        private String run(List<String> command) {
            ToolRun run = ToolRun.of(command, folder, TIMEOUT);
            if (!run.succeeded()) {
                throw new IllegalStateException(command + ": " + run.output() + run.errors());
            }
            return run.output() + run.errors();
        }
    }

    /** What the program printed. */
    private record Output(String text) {
        long meanInstructions() {
            return Math.round(
                    fields("run").mapToLong(f -> Long.parseLong(f[1])).average().orElseThrow());
        }

        SortedMap<Integer, Long> operators() {
            SortedMap<Integer, Long> operators = new TreeMap<>();
            fields("op").forEach(f -> operators.put(Integer.valueOf(f[1]), Long.valueOf(f[2])));
            return operators;
        }

        int stack() {
            return fields("stack").mapToInt(f -> Integer.parseInt(f[1])).sum();
        }

        void requireOutputs(List<byte[]> expected) {
            List<String> wanted =
                    expected.stream().map(HexFormat.of()::formatHex).toList();
            List<String> printed = fields("run").map(f -> f[2]).toList();
            if (!wanted.equals(printed)) {
                throw new IllegalStateException("outputs differ: expected " + wanted + ", but got " + printed);
            }
        }

        private Stream<String[]> fields(String first) {
            return text.lines().map(line -> line.split(" ")).filter(f -> f[0].equals(first));
        }
    }
}
