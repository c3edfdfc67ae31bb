package org.tinytune.data.split;

import java.util.BitSet;
import org.tinytune.data.Dataset;
import org.tinytune.data.RandomStreams;

/** At random by the seed: every class, or range of values, at its share; whole groups where there are groups. */
final class RandomDivision implements Division {
    private static final long TEST_STREAM = 1;
    private static final long VALIDATION_STREAM = 2;

    private final Dataset data;
    private final SplitOptions options;

    RandomDivision(Dataset data, SplitOptions options) {
        this.data = data;
        this.options = options;
    }

    @Override
    public BitSet test() {
        int[] from = Members.testCandidates(data, true);
        int size = (int) Math.round(options.testFraction() * from.length);
        return Members.withAnomalies(data, stratified(from, TEST_STREAM).draw(size), from);
    }

    /** The samples that can be tested with, dealt into folds. */
    BitSet testFold(int folds, int fold) {
        int[] from = Members.testCandidates(data, true);
        return Members.withAnomalies(
                data, stratified(from, TEST_STREAM).deal(folds).get(fold), from);
    }

    @Override
    public BitSet validation(int[] rest) {
        return stratified(rest, VALIDATION_STREAM).draw(options.validationSize(rest.length));
    }

    private Stratification stratified(int[] from, long purpose) {
        return new Stratification(
                data, from, RandomStreams.stream(options.seed(), purpose).nextLong());
    }
}
