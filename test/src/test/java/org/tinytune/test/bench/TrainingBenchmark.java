package org.tinytune.test.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.train.analysis.Effort;
import org.tinytune.train.analysis.HostPeak;

/**
 * Trains the networks of MLPerf Tiny, batch 32, Adam, in float and in quantization-aware training, and the same in
 * PyTorch where it is installed; in turns, so that all meet the same machine. Prints medians and their ratios, to
 * PyTorch as it is installed and with an allocator that is tuned to keep its memory; the heap in use as a multiple of
 * all activations and parameters; and the bytes that a step allocates.
 *
 * <p>The parent script pins all of it to as many cores as there are threads.
 */
public final class TrainingBenchmark {
    private static final List<String> LAYOUTS = List.of("nchw", "channels_last");
    private static final double TURN_SECONDS = 0.4;
    private static final double FLOPS_PER_MAC = 2;
    private static final int HEAP_LOOKS = 3;
    private static final int HEAP_STEPS = 3;

    private final int threads;
    private final int rounds;
    /** PyTorch as it is installed, and with an allocator that keeps its memory; none if there is no PyTorch. */
    private final List<TorchWorker> torches;

    private TrainingBenchmark(int threads, int rounds, List<TorchWorker> torches) {
        this.threads = threads;
        this.rounds = rounds;
        this.torches = torches;
    }

    /** @param args threads, rounds, the worker's script, and perhaps the networks */
    public static void main(String[] args) throws IOException {
        int threads = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        List<String> wanted = Arrays.asList(args).subList(3, args.length);
        List<TorchWorker> torches = new ArrayList<>();
        try {
            TorchWorker.start(Path.of(args[2]), threads, Map.of()).ifPresent(torches::add);
            TorchWorker.start(Path.of(args[2]), threads, TorchWorker.KEEPING_MEMORY)
                    .ifPresent(torches::add);
            new TrainingBenchmark(threads, rounds, torches).run(wanted);
        } finally {
            torches.forEach(TorchWorker::close);
        }
    }

    private void run(List<String> wanted) throws IOException {
        double own = HostPeak.macsPerSecond(1, Effort.STANDARD) * FLOPS_PER_MAC / 1e9;
        double peak = torches.isEmpty() ? own : Math.max(own, torches.get(0).gemm() / threads);
        print(
                "%d thread%s, %s, JDK %s, %s%n",
                threads,
                threads == 1 ? "" : "s",
                VectorProvider.get().name(),
                System.getProperty("java.version"),
                torches.isEmpty() ? "no PyTorch" : torches.get(0).version());
        print("GEMM of one thread: %.1f GFLOP/s here, at most %.1f%n", own, peak);
        print(
                "%-12s %-5s %9s %9s %7s %9s %7s %9s %7s %6s %7s%n",
                "network",
                "mode",
                "samples/s",
                "PyTorch",
                "ratio",
                "tuned",
                "ratio",
                "% of peak",
                "to fp32",
                "heap",
                "alloc");
        for (MlperfTinyNetwork network : MlperfTinyNetwork.values()) {
            if (wanted.isEmpty() || wanted.contains(network.id())) {
                double plain = compare(network, "fp32", peak, Double.NaN);
                compare(network, "qat", peak, plain);
            }
        }
    }

    /** Returns the seconds of a step here. */
    private double compare(MlperfTinyNetwork network, String mode, double peak, double plain) throws IOException {
        double heap = heap(network, mode);
        try (TrainingRun run = TrainingRun.of(network, mode.equals("qat"), threads)) {
            int steps = warmUp(run);
            double allocated = run.allocatedBytesPerStep();
            List<TorchTurns> theirs = new ArrayList<>();
            for (TorchWorker torch : torches) {
                theirs.add(new TorchTurns(torch, network, mode));
            }
            List<Double> ours = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                ours.add(run.seconds(steps) / steps);
                for (TorchTurns turns : theirs) {
                    turns.next();
                }
            }
            double own = median(ours);
            double their = theirs.isEmpty() ? Double.NaN : theirs.get(0).median();
            double tuned = theirs.isEmpty() ? Double.NaN : theirs.get(1).median();
            print(
                    "%-12s %-5s %9.0f %9.0f %6.2fx %9.0f %6.2fx %8.1f%% %6.2fx %5.2fx %5.0f B%n",
                    network.id(),
                    mode,
                    TrainingRun.BATCH / own,
                    TrainingRun.BATCH / their,
                    their / own,
                    TrainingRun.BATCH / tuned,
                    tuned / own,
                    100 * run.flopsOfStep() / own / 1e9 / (peak * threads),
                    own / plain,
                    heap,
                    allocated);
            return own;
        }
    }

    /** The turns of PyTorch, in both layouts. */
    private static final class TorchTurns {
        private final TorchWorker torch;
        private final MlperfTinyNetwork network;
        private final String mode;
        private final int[] steps = new int[LAYOUTS.size()];
        private final List<List<Double>> seconds = List.of(new ArrayList<>(), new ArrayList<>());

        TorchTurns(TorchWorker torch, MlperfTinyNetwork network, String mode) throws IOException {
            this.torch = torch;
            this.network = network;
            this.mode = mode;
            for (int i = 0; i < steps.length; i++) {
                torch.train(network, mode, LAYOUTS.get(i), 3);
                double second = torch.train(network, mode, LAYOUTS.get(i), 3) / 3;
                steps[i] = Math.max(1, (int) (TURN_SECONDS / second));
            }
        }

        void next() throws IOException {
            for (int i = 0; i < steps.length; i++) {
                seconds.get(i).add(torch.train(network, mode, LAYOUTS.get(i), steps[i]) / steps[i]);
            }
        }

        /** The seconds of a step in the faster layout. */
        double median() {
            return seconds.stream().mapToDouble(TrainingBenchmark::median).min().orElseThrow();
        }
    }

    /** What a network in training keeps alive, as a multiple of its activations and parameters. */
    private double heap(MlperfTinyNetwork network, String mode) {
        List<Double> multiples = new ArrayList<>();
        for (int i = 0; i < HEAP_LOOKS; i++) {
            InUse with = inUse(network, mode);
            multiples.add((double) (with.heap - usedHeap()) / with.activationsAndParameters);
        }
        return median(multiples);
    }

    /** Bytes of the heap while a network trains, and of its activations and parameters. */
    private record InUse(long heap, long activationsAndParameters) {}

    /** The network is gone once this returns. */
    private InUse inUse(MlperfTinyNetwork network, String mode) {
        try (TrainingRun run = TrainingRun.of(network, mode.equals("qat"), threads)) {
            run.seconds(HEAP_STEPS);
            return new InUse(usedHeap(), TrainingRun.activationAndParameterBytes(run.graph()));
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Runs until it is as fast as it gets; returns the steps of a turn. */
    private static int warmUp(TrainingRun run) {
        double best = Double.POSITIVE_INFINITY;
        double spent = 0;
        for (int steps = 1; spent < 6; steps = Math.min(2 * steps, Math.max(1, (int) (TURN_SECONDS / best)))) {
            double seconds = run.seconds(steps);
            spent += seconds;
            best = Math.min(best, seconds / steps);
        }
        return Math.max(1, (int) (TURN_SECONDS / best));
    }

    private static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
