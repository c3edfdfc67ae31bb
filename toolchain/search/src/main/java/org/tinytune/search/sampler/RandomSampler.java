package org.tinytune.search.sampler;

import java.util.SplittableRandom;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;

/** Independent draws from the space's distributions: the baseline that every other sampler must beat. */
public final class RandomSampler implements Sampler {

    @Override
    public Parameters sample(History history) {
        return history.space().decode(uniformPoint(history.space(), history.random()));
    }

    /** A point of the unit cube, [d]. */
    static double[] uniformPoint(SearchSpace space, SplittableRandom random) {
        double[] unit = new double[space.size()];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = random.nextDouble();
        }
        return unit;
    }

    @Override
    public String describe() {
        return "random";
    }
}
