package org.tinytune.data.split;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Dataset;
import org.tinytune.data.Samples;

/** What a search may see: a training and a validation part, and nothing of the test part. */
public final class SearchData {
    private final Dataset data;
    private final int[] all;
    private final Part training;
    private final Part validation;

    /**
     * @param all indices of both parts, ascending
     * @param validation which indices of the data set are for validation
     * @param gap which are in neither part
     */
    SearchData(Dataset data, int[] all, BitSet validation, BitSet gap) {
        this.data = data;
        this.all = all;
        this.training = new Part(
                data,
                IntStream.of(all).filter(i -> !validation.get(i) && !gap.get(i)).toArray());
        this.validation =
                new Part(data, IntStream.of(all).filter(validation::get).toArray());
    }

    /** The samples to train on, and to derive statistics from. */
    public Samples training() {
        return training;
    }

    /** The samples to choose by. */
    public Samples validation() {
        return validation;
    }

    /** Both parts together, and what lies between them in time, for a last training once everything has been chosen. */
    public Samples all() {
        return new Part(data, all);
    }

    /** How many groups there are in both parts together; 0 if the data set knows none. */
    public int groups() {
        return data.groups().isEmpty()
                ? 0
                : (int) IntStream.of(all).map(data::group).distinct().count();
    }

    /**
     * From how many groups the samples of a class come, of the class with the fewest; 0 if the data set knows no
     * groups.
     */
    public int groupsOfEveryClass() {
        if (data.groups().isEmpty()) {
            return 0;
        }
        BitSet[] groups =
                Stream.generate(BitSet::new).limit(data.labels().size()).toArray(BitSet[]::new);
        for (int i : all) {
            groups[data.target(i)].set(data.group(i));
        }
        return Stream.of(groups).mapToInt(BitSet::cardinality).min().orElse(0);
    }

    /**
     * The same samples in k stratified folds: each sample is in the validation part of exactly one. Per class, the
     * folds differ by at most one sample; with groups, whole groups are dealt, as evenly as they allow.
     *
     * @param k at least 2
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if there are fewer than k groups, or fewer than k
     *     samples in a class
     */
    public List<SearchData> folds(int k, long seed) {
        List<SearchData> folds = new ArrayList<>();
        for (BitSet validation : new Stratification(data, all, seed).deal(k)) {
            folds.add(new SearchData(data, all, validation, new BitSet()));
        }
        return folds;
    }
}
