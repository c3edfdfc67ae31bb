package org.tinytune.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.tinytune.cli.output.Progress;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.sim.Simulator;

/** Simulates many samples on several threads. The outputs do not depend on their number. */
public final class BatchSimulator {
    private final Simulator simulator;
    private final int threads;

    /**
     * @param graph with one input and one output
     * @param threads at least 1
     */
    public BatchSimulator(Graph graph, int threads) {
        this.simulator = Simulator.of(graph);
        this.threads = threads;
    }

    /** Told of each inference as it ends, by several threads and in any order. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * An inference has ended.
         *
         * @param i its number
         * @param output its bytes
         * @param observed the bytes of the tensor that was to be observed; the output if none was
         */
        void simulated(int i, byte[] output, byte[] observed);
    }

    /**
     * Runs {@code count} samples, each from states of 0.
     *
     * @param inputs gives the input tensor of each, or those of all its steps; called by several threads
     * @return the outputs, in the order of the inputs
     * @throws TinytuneException with {@link ExitCode#INTERRUPTED} if this thread is interrupted
     */
    public List<byte[]> run(int count, IntFunction<byte[]> inputs, Progress progress) {
        byte[][] outputs = new byte[count][];
        int output = simulator.graph().outputs().get(0);
        run(count, inputs, output, (i, bytes, observed) -> outputs[i] = bytes, progress);
        return List.of(outputs);
    }

    /**
     * Runs {@code count} samples, each from states of 0, and observes another tensor beside the output.
     *
     * @param inputs gives the input tensor of each, or those of all its steps; called by several threads
     * @param observed which tensor
     * @param receiver told of what was computed
     * @throws TinytuneException with {@link ExitCode#INTERRUPTED} if this thread is interrupted
     */
    public void run(int count, IntFunction<byte[]> inputs, int observed, Receiver receiver, Progress progress) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Simulator own = simulator.another();
                workers.add(executor.submit(() -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        simulate(own, i, inputs.apply(i), observed, receiver);
                        progress.update(done.incrementAndGet(), count);
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TinytuneException(ExitCode.INTERRUPTED, "interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a simulation failed", e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private static void simulate(Simulator own, int i, byte[] input, int observed, Receiver receiver) {
        if (own.graph().outputs().get(0) == observed) {
            byte[] output = own.runSample(input);
            receiver.simulated(i, output, output);
            return;
        }
        byte[][] seen = new byte[1][];
        byte[] output = own.runSample(input, (node, tensor, bytes) -> {
            if (tensor == observed) {
                seen[0] = bytes;
            }
        });
        receiver.simulated(i, output, seen[0]);
    }
}
