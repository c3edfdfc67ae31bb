package org.tinytune.data.feature;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.tinytune.core.op.standardize.StandardizeParams;
import org.tinytune.core.tensor.Elements;
import org.tinytune.data.Parallel;
import org.tinytune.data.Samples;

/**
 * Means and factors of features, of which each row of a window has as many: {@code STANDARDIZE}'s constants.
 *
 * @param means in the features' own steps
 * @param factors by which a difference to the mean becomes steps of the network's input, times 2 to the shift; 0 for a
 *     feature that is always the same
 * @param shift in [1, 29]
 */
record Standardization(short[] means, short[] factors, int shift) {
    /** Of a network's input in a deviation. */
    static final int STEPS = 32;

    /**
     * A feature that varies less than this part of the one that varies most is taken to vary so much: all factors share
     * a shift, and so none is rounded by more than two percent.
     */
    private static final double LEAST_DEVIATION = 1.0 / 512;

    /** In a feature's own steps: what varies by less is mostly rounded. */
    private static final double LEAST_STEPS = 1;

    /** Any constants do: only their number counts. */
    static Standardization unfitted(int features) {
        short[] factors = new short[features];
        Arrays.fill(factors, Short.MAX_VALUE);
        return new Standardization(new short[features], factors, StandardizeParams.MIN_SHIFT);
    }

    /**
     * Of the features of all rows of some windows.
     *
     * @param maker of the features; without one they are the readings
     */
    static Standardization of(Samples windows, Optional<FeatureMaker> maker, Parallel parallel) {
        int features = maker.map(m -> m.features().shape().rowElements())
                .orElse(windows.shape().dim(1) * windows.shape().dim(2));
        LongAdder rows = new LongAdder();
        LongAdder[] sums = adders(features);
        LongAdder[] squares = adders(features);
        parallel.forEach(windows.size(), i -> {
            byte[] window = FeatureMaker.window(windows, i);
            byte[] made = maker.map(m -> m.make(window)).orElse(window);
            int values = made.length / Short.BYTES;
            for (int f = 0; f < features; f++) {
                long sum = 0;
                long square = 0;
                for (int at = f; at < values; at += features) {
                    long value = Elements.INT16.get(made, 0, at);
                    sum += value;
                    square += value * value;
                }
                sums[f].add(sum);
                squares[f].add(square);
            }
            rows.add(values / features);
        });
        double[] mean = new double[features];
        double[] deviation = new double[features];
        for (int f = 0; f < features; f++) {
            mean[f] = sums[f].sum() / (double) rows.sum();
            deviation[f] = StrictMath.sqrt(variance(rows.sum(), sums[f].sum(), squares[f].sum()));
        }
        return of(mean, deviation);
    }

    /** Of sums that are exact, and so depend on no order: 0 of values that are all the same. */
    private static double variance(long count, long sum, long squares) {
        BigInteger n = BigInteger.valueOf(count);
        BigInteger of = BigInteger.valueOf(sum);
        BigInteger spread = n.multiply(BigInteger.valueOf(squares)).subtract(of.multiply(of));
        return spread.doubleValue() / n.multiply(n).doubleValue();
    }

    private static LongAdder[] adders(int count) {
        return IntStream.range(0, count).mapToObj(i -> new LongAdder()).toArray(LongAdder[]::new);
    }

    static Standardization of(double[] mean, double[] deviation) {
        double greatest = Arrays.stream(deviation).max().orElse(0);
        double least = Math.max(greatest * LEAST_DEVIATION, LEAST_STEPS);
        double smallest = Arrays.stream(deviation)
                .filter(d -> d > 0)
                .map(d -> Math.max(d, least))
                .min()
                .orElse(1);
        int shift = StandardizeParams.MAX_SHIFT;
        while (shift > StandardizeParams.MIN_SHIFT && factor(smallest, shift) > Short.MAX_VALUE) {
            shift--;
        }
        short[] means = new short[mean.length];
        short[] factors = new short[mean.length];
        for (int f = 0; f < means.length; f++) {
            means[f] = (short) StrictMath.rint(mean[f]);
            factors[f] = deviation[f] > 0
                    ? (short) Math.min(Short.MAX_VALUE, factor(Math.max(deviation[f], least), shift))
                    : 0;
        }
        return new Standardization(means, factors, shift);
    }

    private static double factor(double deviation, int shift) {
        return StrictMath.rint(StrictMath.scalb(STEPS / deviation, shift));
    }
}
