package org.tinytune.test.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.channel.ConstantChannels;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.sim.SimulationObserver;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.runtimegen.CLibraryGenerator;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.runtimegen.CTargetCosts;
import org.tinytune.tflite.TfliteReader;
import org.tinytune.tflite.TfliteWriter;

/**
 * What an altered file goes through. At each step the file may be refused, with the exit code of an invalid file (or of
 * one that does not fit, in the generator of C) and one line; nothing else may be thrown.
 */
final class Survival {
    /** What the reader may allocate: so much for each byte of the file, and so much in any case. */
    private static final long BYTES_PER_BYTE = 64;

    /** Mostly for classes that are loaded when they are first needed. */
    private static final long BYTES_ALWAYS = 1 << 23;

    /** More work than this is left out of a test. */
    private static final long MAX_STEPS = 1 << 24;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Survival() {}

    /** How far a file came. */
    enum End {
        REFUSED_BY_READER,
        /** Read, and not used further. */
        READ,
        REFUSED_BY_KERNELS,
        REFUSED_BY_GENERATOR,
        WORKS
    }

    /** Processor time of this thread: other programs on the machine are no matter. */
    static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** The graph in a file, if the reader takes it; what it allocates is bounded. */
    static Optional<Graph> read(byte[] file) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Optional<Graph> graph = Optional.empty();
        Optional<TinytuneException> refusal = Optional.empty();
        try {
            graph = Optional.of(TfliteReader.read("m.tflite", file));
        } catch (TinytuneException e) {
            refusal = Optional.of(e);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated)
                .as("bytes allocated for a file of %d", file.length)
                .isLessThan(BYTES_ALWAYS + BYTES_PER_BYTE * file.length);
        refusal.ifPresent(e -> assertRefusal(e, ExitCode.INVALID_INPUT));
        return graph;
    }

    /** Export and import give the same graph again, and the same bytes. */
    static void assertRoundTrip(Graph graph) {
        byte[] written = TfliteWriter.write(graph);
        Graph again = TfliteReader.read("m.tflite", written);
        assertThat(again.equals(graph)).as("the graph after export and import").isTrue();
        assertThat(TfliteWriter.write(again)).isEqualTo(written);
    }

    /** Simulates one inference of a graph that was read, and generates its C. */
    static End use(Graph whole, CTarget target) {
        Graph graph = whole;
        try {
            Simulator simulator = Simulator.of(whole);
            if (steps(whole) <= MAX_STEPS) {
                List<byte[]> inputs = RandomGraphs.inputs(whole, 1);
                List<byte[]> outputs = simulator.run(inputs, SimulationObserver.NONE);
                graph = ConstantChannels.leftOut(whole);
                assertThat(Simulator.of(graph).run(inputs, SimulationObserver.NONE))
                        .as("outputs without constant channels")
                        .containsExactly(outputs.toArray(byte[][]::new));
            }
        } catch (TinytuneException e) {
            assertRefusal(e, ExitCode.INVALID_INPUT);
            return End.REFUSED_BY_KERNELS;
        }
        try {
            new CLibraryGenerator(target)
                    .generate(graph, Planner.plan(graph, new CTargetCosts(target), target.alignment()));
            return End.WORKS;
        } catch (TinytuneException e) {
            assertRefusal(e, ExitCode.INVALID_INPUT, ExitCode.DOES_NOT_FIT);
            return End.REFUSED_BY_GENERATOR;
        }
    }

    /** Elements that an inference touches, as often as it does. */
    private static long steps(Graph graph) {
        return graph.nodes().stream()
                .mapToLong(node -> {
                    long outputs = graph.tensor(node.output()).shape().elements();
                    long taps = node.params() instanceof Pool2dParams pool
                            ? (long) pool.filterHeight() * pool.filterWidth()
                            : 1;
                    return graph.cost(node).macs() + graph.cost(node).bytesRead() + outputs * taps;
                })
                .sum();
    }

    private static void assertRefusal(TinytuneException refusal, ExitCode... exitCodes) {
        assertThat(refusal.exitCode()).isIn(List.of(exitCodes).toArray());
        assertThat(refusal.getMessage()).isNotBlank().doesNotContainPattern("\\R");
    }
}
