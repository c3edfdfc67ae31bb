package org.tinytune.search.sampler;

import java.util.List;
import java.util.SplittableRandom;
import org.tinytune.search.RandomStreams;
import org.tinytune.search.space.SearchSpace;
import org.tinytune.search.trial.FrozenTrial;

/**
 * What a sampler may know when it proposes a trial.
 *
 * @param space what may be varied
 * @param seed the study's
 * @param number of the trial to be proposed
 * @param finished earlier trials with a result, by number, rejected ones among them; of the first objective, larger is
 *     better
 * @param pending earlier trials whose results are not known yet, or must not be: only their parameters count
 */
public record History(SearchSpace space, long seed, int number, List<FrozenTrial> finished, List<FrozenTrial> pending) {

    /** Copies the lists. */
    public History {
        finished = List.copyOf(finished);
        pending = List.copyOf(pending);
    }

    /** A random stream of this proposal's own, from its start. */
    public SplittableRandom random() {
        return RandomStreams.stream(seed, "proposal", number);
    }
}
