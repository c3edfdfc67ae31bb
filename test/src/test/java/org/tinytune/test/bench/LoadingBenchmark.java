package org.tinytune.test.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.tinytune.core.file.TemporaryFolder;

/**
 * Times how recordings are loaded and features are made of them, in fresh processes: with an empty cache folder, and
 * with what the process before left there. Prints medians over some rounds.
 *
 * <p>The parent script pins all of it to two cores.
 */
public final class LoadingBenchmark {
    private static final int ROUNDS = 3;

    /** What 2,500 clips may take, nothing being kept of them yet. */
    private static final double MAX_SECONDS = 10;

    private LoadingBenchmark() {}

    /**
     * Ends with 1 if it takes longer than it may.
     *
     * @param args the folder of the recordings, and how their names say the label; nothing if folders do
     */
    public static void main(String[] args) throws IOException {
        Path data = Path.of(args[0]);
        List<LoadingRun> first = new ArrayList<>();
        List<LoadingRun> again = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (TemporaryFolder cache = TemporaryFolder.create("loading")) {
                first.add(LoadingRun.of(data, args[1], cache.path()));
                again.add(LoadingRun.of(data, args[1], cache.path()));
            }
        }
        print(
                "%d windows, %d cores%n",
                first.get(0).windows(), Runtime.getRuntime().availableProcessors());
        print("%-12s %7s %7s %9s %7s%n", "seconds", "load", "fit", "features", "whole");
        print("empty cache", first);
        print("once more", again);
        System.exit(median(first, LoadingRun::whole) <= MAX_SECONDS ? 0 : 1);
    }

    private static void print(String title, List<LoadingRun> runs) {
        print(
                "%-12s %7.2f %7.2f %9.2f %7.2f%n",
                title,
                median(runs, LoadingRun::load),
                median(runs, LoadingRun::fit),
                median(runs, LoadingRun::features),
                median(runs, LoadingRun::whole));
    }

    private static double median(List<LoadingRun> runs, ToDoubleFunction<LoadingRun> seconds) {
        return runs.stream().mapToDouble(seconds).sorted().toArray()[runs.size() / 2];
    }

    private static void print(String format, Object... values) {
        System.out.print(String.format(Locale.ROOT, format, values));
    }
}
