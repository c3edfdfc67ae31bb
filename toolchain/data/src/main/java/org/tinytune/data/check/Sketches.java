package org.tinytune.data.check;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.tinytune.data.Dataset;
import org.tinytune.data.RandomStreams;

/**
 * Signatures of samples: {@value #DIMENSIONS} numbers each, whose cosines are nearly those of the samples themselves.
 *
 * <p>A sample is freed of its mean and scaled to length 1, so that neither offset nor loudness matters; then the mean
 * of all samples is taken away, which leaves what sets it apart; then every value is added to a few of the numbers,
 * with a random sign.
 *
 * <p>Source: Charikar, Chen, Farach-Colton, Finding frequent items in data streams, ICALP 2002 (count sketch).
 */
final class Sketches {
    /** Numbers of a signature. */
    static final int DIMENSIONS = 96;

    /** So many values are in each number, at least. */
    private static final int MIN_VALUES = 16;

    private static final long SEED = 0x736b65746368L;
    private static final long SIGN = 1L << 32;

    private final Dataset data;
    private final int elements;
    private final float[] mean;
    private final float[] sketches;

    /** @param samples to sketch, none of them constant */
    Sketches(Dataset data, int[] samples) {
        this.data = data;
        this.elements = data.shape().elements();
        this.mean = new float[elements];
        this.sketches = new float[samples.length * DIMENSIONS];
        findMean(samples);
        int repeats = Math.min(DIMENSIONS, Math.max(1, (MIN_VALUES * DIMENSIONS + elements - 1) / elements));
        long[] targets = targets(elements * repeats);
        float[] values = new float[elements];
        for (int s = 0; s < samples.length; s++) {
            read(samples[s], values);
            sketch(values, targets, repeats, s * DIMENSIONS);
        }
    }

    private void findMean(int[] samples) {
        double[] sum = new double[elements];
        float[] values = new float[elements];
        for (int sample : samples) {
            read(sample, values);
            for (int v = 0; v < elements; v++) {
                sum[v] += values[v];
            }
        }
        for (int v = 0; v < elements; v++) {
            mean[v] = (float) (sum[v] / samples.length);
        }
    }

    /** Where each value goes, and with which sign. */
    private static long[] targets(int count) {
        SplittableRandom random = RandomStreams.stream(SEED);
        long[] targets = new long[count];
        Arrays.setAll(targets, i -> random.nextInt(DIMENSIONS) | (random.nextBoolean() ? SIGN : 0));
        return targets;
    }

    private void sketch(float[] values, long[] targets, int repeats, int at) {
        for (int v = 0, t = 0; v < elements; v++) {
            for (int r = 0; r < repeats; r++, t++) {
                int to = at + (int) targets[t];
                sketches[to] += (targets[t] & SIGN) == 0 ? values[v] : -values[v];
            }
        }
        double energy = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
            energy += (double) sketches[at + d] * sketches[at + d];
        }
        float length = (float) Math.sqrt(energy);
        for (int d = 0; d < DIMENSIONS && length > 0; d++) {
            sketches[at + d] /= length;
        }
    }

    /** A sample in the form in which samples are compared: what sets it apart from the mean of all. */
    private void read(int sample, float[] into) {
        data.read(sample, into, 0);
        double sum = 0;
        for (float value : into) {
            sum += value;
        }
        float own = (float) (sum / elements);
        double energy = 0;
        for (int v = 0; v < elements; v++) {
            into[v] -= own;
            energy += (double) into[v] * into[v];
        }
        float length = energy > 0 ? (float) Math.sqrt(energy) : 1;
        for (int v = 0; v < elements; v++) {
            into[v] = into[v] / length - mean[v];
        }
    }

    /** A number of the signature of the s-th sample. */
    float value(int s, int dimension) {
        return sketches[s * DIMENSIONS + dimension];
    }

    /** The cosine of two signatures. */
    float cosine(int s, int t) {
        int a = s * DIMENSIONS;
        int b = t * DIMENSIONS;
        float sum = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
            sum += sketches[a + d] * sketches[b + d];
        }
        return sum;
    }

    /** The cosine of two samples themselves, by their numbers in the data set: their correlation. */
    double correlation(int sample, int other) {
        float[] a = new float[elements];
        float[] b = new float[elements];
        read(sample, a);
        read(other, b);
        double product = 0;
        double energyA = 0;
        double energyB = 0;
        for (int v = 0; v < elements; v++) {
            product += (double) a[v] * b[v];
            energyA += (double) a[v] * a[v];
            energyB += (double) b[v] * b[v];
        }
        double energy = Math.sqrt(energyA * energyB);
        return energy > 0 ? product / energy : 0;
    }
}
