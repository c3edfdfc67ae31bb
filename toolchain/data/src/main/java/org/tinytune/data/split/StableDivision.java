package org.tinytune.data.split;

import java.util.BitSet;
import org.tinytune.data.ContentHash;
import org.tinytune.data.Dataset;
import org.tinytune.data.RandomStreams;

/**
 * Each sample, or each group, is in a part or not by a hash of its own and the seed: of a sample its values, of a group
 * its name. What is added or removed moves no other; copies of a sample are always in one part, whatever their labels.
 *
 * <p>A part of n samples holds a share p of each class but for a standard deviation of sqrt(n p (1 - p)), which no rule
 * that looks at one sample at a time could lower: see the package's description for the other way.
 */
final class StableDivision implements Division {
    private static final long TEST_STREAM = 3;
    private static final long VALIDATION_STREAM = 4;

    private final Dataset data;
    private final SplitOptions options;

    StableDivision(Dataset data, SplitOptions options) {
        this.data = data;
        this.options = options;
    }

    @Override
    public BitSet test() {
        int[] from = Members.testCandidates(data, true);
        return Members.withAnomalies(data, choose(from, options.testFraction(), TEST_STREAM), from);
    }

    /** As many as there are: a maximum would move samples as others are added. */
    @Override
    public BitSet validation(int[] rest) {
        return choose(rest, options.validationFraction(), VALIDATION_STREAM);
    }

    private BitSet choose(int[] from, double fraction, long purpose) {
        BitSet chosen = new BitSet();
        float[] values = new float[data.shape().elements()];
        for (int i : from) {
            if (RandomStreams.stream(options.seed(), purpose, hash(i, values)).nextDouble() < fraction) {
                chosen.set(i);
            }
        }
        return chosen;
    }

    private long hash(int sample, float[] values) {
        if (!data.groups().isEmpty()) {
            return ContentHash.of(data.groups().get(data.group(sample)));
        }
        data.read(sample, values, 0);
        return ContentHash.of(values);
    }
}
