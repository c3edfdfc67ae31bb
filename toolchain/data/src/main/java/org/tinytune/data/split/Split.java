package org.tinytune.data.split;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Dataset;
import org.tinytune.data.RandomStreams;

/**
 * A data set divided for a search.
 *
 * <p>Each class is divided in the same proportion, to the sample: its share is rounded by largest remainder; where
 * samples have quantities, so are ranges of the first one. Where anomalies are to be found, the search sees normal
 * samples only, and all anomalies are in the test part. A test part that the data set comes with is taken as it is.
 * Samples of one group never straddle two parts that are drawn here; anomalies of a group that is not in the test part
 * are left out.
 *
 * @param search what the search sees
 * @param test what it does not see
 */
public record Split(SearchData search, TestSet test) {
    private static final long TEST_STREAM = 1;
    private static final long VALIDATION_STREAM = 2;

    /**
     * Divides a data set; the same data set and options give the same parts, on every JDK.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if there is too little to train on: fewer than two
     *     classes, too few samples or groups for each, a quantity that is always the same, anomalies among the samples
     *     that are for training, or none to test with
     */
    public static Split of(Dataset data, SplitOptions options) {
        BitSet test = new BitSet();
        for (int i : data.predefinedTest()) {
            test.set(i);
        }
        TrainingDemands.check(data, test);
        if (test.isEmpty()) {
            test = drawTest(data, options);
        }
        int[] rest = withoutAnomalies(data, without(data, test));
        int size = (int) Math.min(options.maxValidation(), Math.round(options.validationFraction() * rest.length));
        BitSet validation = draw(data, rest, size, options.seed(), VALIDATION_STREAM);
        SearchData search = new SearchData(data, rest, validation);
        TrainingDemands.checkTraining(search.training());
        Part testPart = new Part(data, test.stream().toArray());
        TrainingDemands.checkTest(testPart);
        return new Split(search, new TestSet(testPart));
    }

    private static BitSet drawTest(Dataset data, SplitOptions options) {
        int[] all = IntStream.range(0, data.size()).toArray();
        // Anomalies go to the test part anyway, unless their group does not.
        int[] from = data.groups().isEmpty() ? withoutAnomalies(data, all) : all;
        int size = (int) Math.round(options.testFraction() * from.length);
        BitSet test = draw(data, from, size, options.seed(), TEST_STREAM);
        if (from.length < all.length) {
            IntStream.of(all).filter(i -> isAnomaly(data, i)).forEach(test::set);
        }
        return test;
    }

    private static int[] without(Dataset data, BitSet test) {
        return IntStream.range(0, data.size()).filter(i -> !test.get(i)).toArray();
    }

    private static int[] withoutAnomalies(Dataset data, int[] members) {
        return IntStream.of(members).filter(i -> !isAnomaly(data, i)).toArray();
    }

    private static boolean isAnomaly(Dataset data, int i) {
        return data.normalClass().isPresent()
                && data.target(i) != data.normalClass().getAsInt();
    }

    private static BitSet draw(Dataset data, int[] from, int size, long seed, long purpose) {
        long partSeed = RandomStreams.stream(seed, purpose).nextLong();
        BitSet drawn = new Stratification(data, from, partSeed).draw(size);
        if (drawn.isEmpty()) {
            throw invalid(
                    data.groups().isEmpty()
                            ? "'" + data.card().name() + "' has only " + from.length + " samples to divide: too few"
                            : "'" + data.card().name() + "' has only "
                                    + data.groups().size() + " groups: too few to set some" + " aside");
        }
        return drawn;
    }

    private static TinytuneException invalid(String message) {
        return new TinytuneException(ExitCode.INVALID_INPUT, message);
    }
}
