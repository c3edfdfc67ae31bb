package org.tinytune.nas;

import java.util.List;
import org.tinytune.search.space.Parameters;

/**
 * Networks that are known to do well, with which a search begins.
 *
 * @param sizes from the largest to the smallest; each is one network, trained in as many ways as there are variants
 */
record Baselines(List<List<Parameters>> sizes) {
    /** Nothing is known. */
    static final Baselines NONE = new Baselines(List.of());

    /** Keeps a copy. */
    Baselines {
        sizes = List.copyOf(sizes);
    }

    /** In how many ways a network is trained. */
    int variants() {
        return sizes.stream().mapToInt(List::size).max().orElse(0);
    }

    /** Whether these are parameters of one. */
    boolean contain(Parameters parameters) {
        return sizes.stream().anyMatch(variants -> variants.contains(parameters));
    }
}
