package org.tinytune.train.data;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Samples;

/** Checks samples before anything is computed with them: one that is no number spoils all weights. */
public final class SampleCheck {
    private SampleCheck() {}

    /**
     * Reads all samples.
     *
     * @param what they are, such as "training"
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} naming the first sample with a value that is NaN or
     *     infinite, or with a class that there is none of
     */
    public static void check(String what, Samples samples) {
        float[] values = new float[samples.shape().elements()];
        int classes = samples.labels().size();
        for (int i = 0; i < samples.size(); i++) {
            if (classes > 0 && (samples.target(i) < 0 || samples.target(i) >= classes)) {
                throw invalid(what, samples, i, "is of class " + samples.target(i) + ", of 0 to " + (classes - 1));
            }
            samples.read(i, values, 0);
            for (int k = 0; k < values.length; k++) {
                if (!Float.isFinite(values[k])) {
                    throw invalid(
                            what, samples, i, "has " + values[k] + " as value " + (k + 1) + " of " + values.length);
                }
            }
        }
    }

    private static TinytuneException invalid(String what, Samples samples, int i, String fault) {
        return new TinytuneException(
                ExitCode.INVALID_INPUT,
                what + " sample " + (i + 1) + " of " + samples.size() + ", number " + (samples.index(i) + 1)
                        + " of the data set, " + fault + ": mend or remove it");
    }
}
