package org.tinytune.data;

/** Samples that can be had changed at random, where that cannot be done to their values any more. */
public interface VariedSamples extends Samples {
    /**
     * Copies the raw values of sample {@code i}, changed: the same sample of the same epoch always in the same way.
     *
     * @param into receives {@code shape().elements()} values
     */
    void readVaried(int i, int epoch, float[] into);
}
