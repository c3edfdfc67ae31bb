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

    /**
     * Runs {@code count} inferences.
     *
     * @param inputs gives the input tensor of each; called by several threads
     * @return the outputs, in the order of the inputs
     * @throws TinytuneException with {@link ExitCode#INTERRUPTED} if this thread is interrupted
     */
    public List<byte[]> run(int count, IntFunction<byte[]> inputs, Progress progress) {
        byte[][] outputs = new byte[count][];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Simulator own = simulator.another();
                workers.add(executor.submit(() -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        outputs[i] = own.run(inputs.apply(i));
                        progress.update(done.incrementAndGet(), count);
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
            return List.of(outputs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TinytuneException(ExitCode.INTERRUPTED, "interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a simulation failed", e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }
}
