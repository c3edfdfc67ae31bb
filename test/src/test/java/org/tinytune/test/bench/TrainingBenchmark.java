package org.tinytune.test.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.train.analysis.Effort;
import org.tinytune.train.analysis.HostPeak;

/**
 * Trains the networks of MLPerf Tiny, batch 32, Adam, in float and in quantization-aware training, and the same in
 * PyTorch where it is installed; in turns, so that both meet the same machine. Prints medians and their ratios; the
 * heap in use as a multiple of all activations and parameters; and the bytes that a step allocates.
 *
 * <p>The parent script pins all of it to as many cores as there are threads.
 */
public final class TrainingBenchmark {
    private static final List<String> LAYOUTS = List.of("nchw", "channels_last");
    private static final double TURN_SECONDS = 0.4;
    private static final double FLOPS_PER_MAC = 2;

    private final int threads;
    private final int rounds;
    private final Optional<TorchWorker> torch;

    private TrainingBenchmark(int threads, int rounds, Optional<TorchWorker> torch) {
        this.threads = threads;
        this.rounds = rounds;
        this.torch = torch;
    }

    /** @param args threads, rounds, the worker's script, and perhaps the networks */
    public static void main(String[] args) throws IOException {
        int threads = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        List<String> wanted = Arrays.asList(args).subList(3, args.length);
        Optional<TorchWorker> torch = TorchWorker.start(Path.of(args[2]), threads);
        try {
            new TrainingBenchmark(threads, rounds, torch).run(wanted);
        } finally {
            torch.ifPresent(TorchWorker::close);
        }
    }

    private void run(List<String> wanted) throws IOException {
        double own = HostPeak.macsPerSecond(1, Effort.STANDARD) * FLOPS_PER_MAC / 1e9;
        double peak = torch.isPresent() ? Math.max(own, torch.get().gemm() / threads) : own;
        print(
                "%d thread%s, %s, JDK %s, %s%n",
                threads,
                threads == 1 ? "" : "s",
                VectorProvider.get().name(),
                System.getProperty("java.version"),
                torch.map(TorchWorker::version).orElse("no PyTorch"));
        print("GEMM of one thread: %.1f GFLOP/s here, at most %.1f%n", own, peak);
        print(
                "%-12s %-5s %12s %12s %7s %9s %7s %6s %7s%n",
                "network", "mode", "samples/s", "PyTorch", "ratio", "% of peak", "to fp32", "heap", "alloc");
        for (MlperfTinyNetwork network : MlperfTinyNetwork.values()) {
            if (wanted.isEmpty() || wanted.contains(network.id())) {
                double plain = compare(network, "fp32", peak, Double.NaN);
                compare(network, "qat", peak, plain);
            }
        }
    }

    /** Returns the seconds of a step here. */
    private double compare(MlperfTinyNetwork network, String mode, double peak, double plain) throws IOException {
        long before = usedHeap();
        try (TrainingRun run = TrainingRun.of(network, mode.equals("qat"), threads)) {
            int steps = warmUp(run);
            double heap = (double) (usedHeap() - before) / TrainingRun.activationAndParameterBytes(run.graph());
            double allocated = run.allocatedBytesPerStep();
            int[] torchSteps = new int[LAYOUTS.size()];
            for (int i = 0; torch.isPresent() && i < torchSteps.length; i++) {
                torch.get().train(network, mode, LAYOUTS.get(i), 3);
                double second = torch.get().train(network, mode, LAYOUTS.get(i), 3) / 3;
                torchSteps[i] = Math.max(1, (int) (TURN_SECONDS / second));
            }
            List<Double> ours = new ArrayList<>();
            List<List<Double>> theirs = List.of(new ArrayList<>(), new ArrayList<>());
            for (int round = 0; round < rounds; round++) {
                ours.add(run.seconds(steps) / steps);
                for (int i = 0; torch.isPresent() && i < torchSteps.length; i++) {
                    double seconds = torch.get().train(network, mode, LAYOUTS.get(i), torchSteps[i]);
                    theirs.get(i).add(seconds / torchSteps[i]);
                }
            }
            double own = median(ours);
            double their =
                    theirs.stream().mapToDouble(TrainingBenchmark::median).min().orElseThrow();
            print(
                    "%-12s %-5s %12.0f %12.0f %6.2fx %8.1f%% %6.2fx %5.2fx %5.0f B%n",
                    network.id(),
                    mode,
                    TrainingRun.BATCH / own,
                    TrainingRun.BATCH / their,
                    their / own,
                    100 * run.flopsOfStep() / own / 1e9 / (peak * threads),
                    own / plain,
                    heap,
                    allocated);
            return own;
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
