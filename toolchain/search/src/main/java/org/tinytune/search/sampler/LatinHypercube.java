package org.tinytune.search.sampler;

import java.util.SplittableRandom;
import org.tinytune.search.RandomStreams;

/**
 * A space-filling sequence without state: of every {@code size} points in a row, each axis has one point in each of
 * {@code size} equal slices, at random within it. Each block of {@code size} points is shuffled anew.
 *
 * <p>Source: McKay, Beckman, Conover, A comparison of three methods for selecting values of input variables, 1979.
 */
record LatinHypercube(int size, int dimensions, long seed) {

    /** The point of that index, [d], each in [0, 1). */
    double[] point(int index) {
        int block = index / size;
        double[] unit = new double[dimensions];
        for (int j = 0; j < dimensions; j++) {
            SplittableRandom random = RandomStreams.stream(seed, "latin hypercube", block, j);
            int[] slices = shuffled(random);
            double[] offsets = random.doubles(size).toArray();
            unit[j] = (slices[index % size] + offsets[index % size]) / size;
        }
        return unit;
    }

    private int[] shuffled(SplittableRandom random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int k = random.nextInt(i + 1);
            order[i] = order[k];
            order[k] = i;
        }
        return order;
    }
}
