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
 * <p>Each class is divided in the same proportion, to the sample: its share is rounded by largest remainder. A test
 * part that the data set comes with is taken as it is. Samples of one group never straddle two parts that are drawn
 * here.
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
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if there are fewer than two classes, or too few
     *     samples or groups for every class to be trained on
     */
    public static Split of(Dataset data, SplitOptions options) {
        BitSet test = new BitSet();
        for (int i : data.predefinedTest()) {
            test.set(i);
        }
        checkClasses(data, test);
        if (test.isEmpty()) {
            int size = (int) Math.round(options.testFraction() * data.size());
            test = draw(data, IntStream.range(0, data.size()).toArray(), size, options.seed(), TEST_STREAM);
        }
        BitSet drawnTest = test;
        int[] rest =
                IntStream.range(0, data.size()).filter(i -> !drawnTest.get(i)).toArray();
        int size = (int) Math.min(options.maxValidation(), Math.round(options.validationFraction() * rest.length));
        BitSet validation = draw(data, rest, size, options.seed(), VALIDATION_STREAM);
        SearchData search = new SearchData(data, rest, validation);
        checkTraining(search);
        return new Split(search, new TestSet(new Part(data, test.stream().toArray())));
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

    private static void checkClasses(Dataset data, BitSet test) {
        if (data.labels().size() < 2) {
            throw invalid("'" + data.card().name() + "' has only one label, '"
                    + data.labels().get(0) + "': a classifier needs two or more");
        }
        int needed = test.isEmpty() ? 3 : 2;
        int[] counts = new int[data.labels().size()];
        IntStream.range(0, data.size()).filter(i -> !test.get(i)).forEach(i -> counts[data.target(i)]++);
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] < needed) {
                throw invalid("label '" + data.labels().get(c) + "' of '"
                        + data.card().name() + "' has " + counts[c] + (counts[c] == 1 ? " sample" : " samples")
                        + (test.isEmpty() ? "" : " to train on") + ": at least " + needed
                        + " are needed (add some, or correct or remove the label)");
            }
        }
    }

    private static void checkTraining(SearchData search) {
        BitSet trained = new BitSet();
        for (int i = 0; i < search.training().size(); i++) {
            trained.set(search.training().target(i));
        }
        int missing = trained.nextClearBit(0);
        if (missing < search.training().labels().size()) {
            throw invalid("no sample of label '" + search.training().labels().get(missing)
                    + "' is left to train on: add some, or make the test and validation parts smaller");
        }
    }

    private static TinytuneException invalid(String message) {
        return new TinytuneException(ExitCode.INVALID_INPUT, message);
    }
}
