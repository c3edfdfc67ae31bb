package org.tinytune.data.split;

import java.util.BitSet;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Dataset;
import org.tinytune.data.SplitPlan;

/**
 * A data set divided for a search, in the way that its {@linkplain Dataset#splitPlan plan} says.
 *
 * <p>Unless that says otherwise, each class is divided in the same proportion, to the sample: its share is rounded by
 * largest remainder; where samples have quantities, so are ranges of the first one. Where anomalies are to be found,
 * the search sees normal samples only, and all anomalies are in the test part. A test part that the data set comes with
 * is taken as it is. Samples of one group never straddle two parts that are drawn here, but those of forward chaining;
 * anomalies of a group that is not in the test part are left out.
 *
 * @param search what the search sees
 * @param test what it does not see
 */
public record Split(SearchData search, TestSet test) {
    /**
     * Divides a data set; the same data set and options give the same parts, on every JDK.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if there is too little to train on: fewer than two
     *     classes, too few samples or groups for each, a quantity that is always the same, anomalies among the samples
     *     that are for training, or none to test with; also if the plan names a group that is not there, or chooses
     *     another test part than the one that is
     */
    public static Split of(Dataset data, SplitOptions options) {
        BitSet test = new BitSet();
        for (int i : data.predefinedTest()) {
            test.set(i);
        }
        TrainingDemands.check(data, test);
        Division division = Division.of(data, options);
        if (test.isEmpty()) {
            test = requireSome(data, division.test(), data.size());
        } else {
            requireNoOther(data);
        }
        int[] rest = Members.withoutAnomalies(data, division.usable(Members.without(data, test)));
        BitSet validation = requireSome(data, division.validation(rest), rest.length);
        SearchData search = new SearchData(data, rest, validation, division.gap(rest, validation));
        TrainingDemands.checkTraining(search.training());
        Part testPart = new Part(data, test.stream().toArray());
        TrainingDemands.checkTest(testPart);
        return new Split(search, new TestSet(testPart));
    }

    private static BitSet requireSome(Dataset data, BitSet drawn, int from) {
        if (drawn.isEmpty() && data.splitPlan().method() == SplitPlan.Method.STABLE) {
            throw invalid("'" + data.card().name() + "' has "
                    + (data.groups().isEmpty()
                            ? from + " samples"
                            : data.groups().size() + " groups")
                    + ", of which this seed sets none aside: take another one, or the split stratified");
        }
        if (drawn.isEmpty()) {
            throw invalid(
                    data.groups().isEmpty()
                            ? "'" + data.card().name() + "' has only " + from + " samples to divide: too few"
                            : "'" + data.card().name() + "' has only "
                                    + data.groups().size() + " groups: too few to set some aside"
                                    + " (record more, or say nothing of groups and let them be mixed)");
        }
        return drawn;
    }

    private static void requireNoOther(Dataset data) {
        SplitPlan plan = data.splitPlan();
        if (plan.choosesTest()) {
            throw invalid("'" + data.card().name() + "' comes with a test part, so that the split " + plan
                    + " cannot choose one (leave out the split, or put all samples into one part)");
        }
    }

    private static TinytuneException invalid(String message) {
        return new TinytuneException(ExitCode.INVALID_INPUT, message);
    }
}
