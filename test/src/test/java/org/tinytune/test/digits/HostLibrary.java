package org.tinytune.test.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.sim.PreparedKernels;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tool.ToolRun;
import org.tinytune.runtimegen.CLibraryGenerator;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.runtimegen.CTargetCosts;

/** The C library of a graph, compiled for the host with sanitizers. */
final class HostLibrary {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final CTarget TARGET = CTarget.PORTABLE;

    private HostLibrary() {}

    /** Runs all inputs, and compares every byte that every operator computes with the simulator of the same plan. */
    static void assertEqualsSimulator(Graph graph, List<byte[]> inputs, Path folder) throws IOException {
        Plan plan = Planner.plan(graph, new CTargetCosts(TARGET), TARGET.alignment());
        build(graph, plan, folder);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        inputs.forEach(all::writeBytes);
        Files.write(folder.resolve("inputs"), all.toByteArray());
        run(List.of("./program"), folder);

        ByteBuffer trace =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve("trace"))).order(ByteOrder.LITTLE_ENDIAN);
        Simulator simulator = new Simulator(PreparedKernels.of(graph), plan);
        for (int n = 0; n < inputs.size(); n++) {
            byte[][] outputs = nextInference(trace, graph.nodes().size());
            int sample = n;
            simulator.run(
                    List.of(inputs.get(n)),
                    (node, tensor, bytes) -> assertThat(outputs[node])
                            .as("sample %d, %s", sample, graph.nodes().get(node))
                            .isEqualTo(bytes));
        }
        assertThat(trace.remaining()).isZero();
    }

    private static void build(Graph graph, Plan plan, Path folder) throws IOException {
        new CLibraryGenerator(TARGET).generate(graph, plan, "model").writeTo(folder);
        try (InputStream main = HostLibrary.class.getResourceAsStream("/digits/main.c")) {
            Files.copy(main, folder.resolve("main.c"));
        }
        List<String> command = List.of(
                "gcc",
                "-std=c99",
                "-O1",
                "-g",
                "-fsanitize=address,undefined",
                "-fno-sanitize-recover",
                "-Wall",
                "-Wextra",
                "-Wconversion",
                "-Werror",
                "-DTT_TRACE",
                "model.c",
                "main.c",
                "-o",
                "program");
        run(command, folder);
    }

    private static void run(List<String> command, Path folder) {
        ToolRun run = ToolRun.of(command, folder, TIMEOUT);
        assertThat(run.succeeded()).as("%s: %s", command, run.errors()).isTrue();
    }

    /** What each operator has computed; it may come in parts, between those of others. */
    private static byte[][] nextInference(ByteBuffer trace, int nodes) {
        ByteArrayOutputStream[] outputs = new ByteArrayOutputStream[nodes];
        for (int op = trace.getInt(); op >= 0; op = trace.getInt()) {
            byte[] part = new byte[trace.getInt()];
            trace.get(part);
            if (outputs[op] == null) {
                outputs[op] = new ByteArrayOutputStream();
            }
            outputs[op].writeBytes(part);
        }
        byte[][] bytes = new byte[nodes][];
        for (int op = 0; op < nodes; op++) {
            bytes[op] = outputs[op].toByteArray();
        }
        return bytes;
    }
}
