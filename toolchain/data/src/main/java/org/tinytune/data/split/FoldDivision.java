package org.tinytune.data.split;

import java.util.BitSet;
import org.tinytune.data.Dataset;
import org.tinytune.data.SplitPlan;

/**
 * One of k stratified folds is tested, so that k trainings test every sample once. With as many folds as there are
 * groups, each group is left out in its turn.
 */
final class FoldDivision implements Division {
    private final SplitPlan plan;
    private final RandomDivision random;

    FoldDivision(Dataset data, RandomDivision random) {
        this.plan = data.splitPlan();
        this.random = random;
    }

    @Override
    public BitSet test() {
        return random.testFold(plan.folds(), plan.fold() - 1);
    }

    @Override
    public BitSet validation(int[] rest) {
        return random.validation(rest);
    }
}
