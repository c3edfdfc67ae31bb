package org.tinytune.train.task;

/**
 * What a model makes of samples, in their order.
 *
 * @param outputs real outputs of each sample; probabilities if they are classes
 * @param losses of each sample
 * @param points of each sample, as {@link Task#point} gives them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Predictions(float[][] outputs, double[] losses, double[] points) {
    /** Of that many samples, still to be filled in. */
    public static Predictions ofSize(int samples) {
        return new Predictions(new float[samples][], new double[samples], new double[samples]);
    }

    /** Number of samples. */
    public int size() {
        return outputs.length;
    }
}
