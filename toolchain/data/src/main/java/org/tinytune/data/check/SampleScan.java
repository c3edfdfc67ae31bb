package org.tinytune.data.check;

import java.util.Arrays;
import java.util.BitSet;
import org.tinytune.data.ContentHash;
import org.tinytune.data.Dataset;

/** What one pass over all values tells of each sample and of each channel. */
final class SampleScan {
    private final long[] hashes;
    private final BitSet constant = new BitSet();
    private final float[] min;
    private final float[] max;

    SampleScan(Dataset data) {
        int channels = data.shape().dim(-1);
        hashes = new long[data.size()];
        min = new float[channels];
        max = new float[channels];
        Arrays.fill(min, Float.POSITIVE_INFINITY);
        Arrays.fill(max, Float.NEGATIVE_INFINITY);
        float[] values = new float[data.shape().elements()];
        for (int i = 0; i < hashes.length; i++) {
            data.read(i, values, 0);
            hashes[i] = ContentHash.of(values);
            constant.set(i, values.length > 1 && isConstant(values));
            for (int v = 0, c = 0; v < values.length; v++) {
                min[c] = Math.min(min[c], values[v]);
                max[c] = Math.max(max[c], values[v]);
                c = c + 1 == channels ? 0 : c + 1;
            }
        }
    }

    private static boolean isConstant(float[] values) {
        for (float value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return true;
    }

    /** The hash of each sample's values; not to be written to. */
    long[] hashes() {
        return hashes;
    }

    /** The samples whose values are all the same; not to be written to. */
    BitSet constant() {
        return constant;
    }

    int channels() {
        return min.length;
    }

    /** The least value of a channel. */
    float min(int channel) {
        return min[channel];
    }

    /** The greatest value of a channel. */
    float max(int channel) {
        return max[channel];
    }
}
