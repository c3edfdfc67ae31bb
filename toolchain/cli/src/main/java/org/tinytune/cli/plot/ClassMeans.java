package org.tinytune.cli.plot;

import org.tinytune.data.Samples;

/**
 * Mean and spread of each value over samples.
 *
 * @param mean of value i, in the order of a sample
 * @param deviation its standard deviation, of all samples there are
 */
record ClassMeans(float[] mean, float[] deviation) {
    /** Of these samples; zeros if there are none. */
    static ClassMeans of(Samples samples, int[] members) {
        int elements = samples.shape().elements();
        float[] sample = new float[elements];
        double[] means = new double[elements];
        double[] squares = new double[elements];
        for (int n = 0; n < members.length; n++) {
            samples.read(members[n], sample, 0);
            for (int i = 0; i < elements; i++) {
                double off = sample[i] - means[i];
                means[i] += off / (n + 1);
                squares[i] += off * (sample[i] - means[i]);
            }
        }
        float[] mean = new float[elements];
        float[] deviation = new float[elements];
        for (int i = 0; i < elements; i++) {
            mean[i] = (float) means[i];
            deviation[i] = members.length == 0 ? 0 : (float) Math.sqrt(squares[i] / members.length);
        }
        return new ClassMeans(mean, deviation);
    }
}
