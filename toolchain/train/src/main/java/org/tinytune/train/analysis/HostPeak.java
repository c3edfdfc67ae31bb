package org.tinytune.train.analysis;

import java.util.Arrays;
import org.tinytune.core.cost.Roofline;
import org.tinytune.core.vector.PackedMatrix;
import org.tinytune.core.vector.Patches;
import org.tinytune.core.vector.VectorMath;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.train.network.Workers;

/**
 * What this machine does at best: the products of the kernels that training uses, on matrices that a second-level cache
 * holds, and the triad {@code a[i] = b[i] + s · c[i]} on arrays that no cache holds.
 *
 * <p>Source: McCalpin, "Memory Bandwidth and Machine Balance in Current High Performance Computers", IEEE TCCA
 * Newsletter, 1995, for the triad and its twelve bytes an element. Checked by: HostPeakTest.
 */
public final class HostPeak {
    private static final int ROWS = 240;
    private static final int INNER = 256;
    private static final int COLUMNS = 256;
    private static final int PRODUCTS_PER_RUN = 8;

    /** 32 MB for each of the three arrays. */
    private static final int TRIAD_ELEMENTS = 1 << 23;

    private static final int TRIAD_BYTES = 3 * Float.BYTES;
    private static final float TRIAD_FACTOR = 3;

    private HostPeak() {}

    /**
     * Measures both.
     *
     * @param threads that run at the same time
     * @return of all of them together
     */
    public static Roofline measure(int threads, Effort effort) {
        try (Workers workers = new Workers(threads)) {
            double macs = macsPerSecond(effort, workers);
            double triad = best(effort, workers, triad(threads));
            return new Roofline(macs, (double) TRIAD_BYTES * TRIAD_ELEMENTS / triad);
        }
    }

    /**
     * Measures the products alone.
     *
     * @param threads that run at the same time
     * @return multiply-accumulates a second, of all of them together
     */
    public static double macsPerSecond(int threads, Effort effort) {
        try (Workers workers = new Workers(threads)) {
            return macsPerSecond(effort, workers);
        }
    }

    private static double macsPerSecond(Effort effort, Workers workers) {
        double macs = workers.threads() * (double) PRODUCTS_PER_RUN * ROWS * INNER * COLUMNS;
        return macs / best(effort, workers, products(workers.threads()));
    }

    /** The seconds of the fastest run, in which each thread has a unit. */
    private static double best(Effort effort, Workers workers, Workers.UnitTask task) {
        Runs runs = new Runs(() -> workers.run(workers.threads(), task));
        runs.during(effort.warmUpSeconds());
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < effort.rounds(); round++) {
            best = Math.min(best, runs.fastest(effort.roundSeconds()));
        }
        return best;
    }

    private static Workers.UnitTask products(int threads) {
        VectorMath math = VectorProvider.get();
        float[] a = new float[ROWS * INNER + VectorMath.SLACK];
        Arrays.fill(a, 0.5f);
        PackedMatrix b = new PackedMatrix(INNER, COLUMNS);
        b.set(0, INNER, a, 0, 0, 1);
        float[] zeros = new float[PackedMatrix.paddedColumns(COLUMNS)];
        float[][] c = new float[threads][ROWS * COLUMNS + VectorMath.SLACK];
        Patches patches = Patches.rows(ROWS, INNER, COLUMNS);
        return (unit, worker) -> {
            for (int i = 0; i < PRODUCTS_PER_RUN; i++) {
                math.product(a, 0, patches, ROWS, b, zeros, c[unit], 0);
            }
        };
    }

    private static Workers.UnitTask triad(int threads) {
        float[] a = new float[TRIAD_ELEMENTS];
        float[] b = new float[TRIAD_ELEMENTS];
        float[] c = new float[TRIAD_ELEMENTS];
        Arrays.fill(b, 1);
        Arrays.fill(c, 2);
        return (unit, worker) -> triad(a, b, c, (int) ((long) unit * TRIAD_ELEMENTS / threads), (int)
                ((unit + 1L) * TRIAD_ELEMENTS / threads));
    }

    private static void triad(float[] a, float[] b, float[] c, int begin, int end) {
        for (int i = begin; i < end; i++) {
            a[i] = b[i] + TRIAD_FACTOR * c[i];
        }
    }
}
