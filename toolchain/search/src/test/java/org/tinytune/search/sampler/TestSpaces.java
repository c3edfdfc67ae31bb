package org.tinytune.search.sampler;

import org.tinytune.search.space.CategoricalDistribution;
import org.tinytune.search.space.Condition;
import org.tinytune.search.space.FloatDistribution;
import org.tinytune.search.space.IntDistribution;
import org.tinytune.search.space.SearchSpace;

/** Spaces to sample from. */
final class TestSpaces {
    /** Every kind of distribution, and conditions two deep. */
    static final SearchSpace MIXED = SearchSpace.builder()
            .add("blocks", IntDistribution.uniform(1, 3))
            .add("kind", CategoricalDistribution.of("plain", "wide", "deep"), Condition.atLeast("blocks", 2))
            .add("width", IntDistribution.stepped(8, 64, 8), Condition.oneOf("kind", "wide", "deep"))
            .add("units", IntDistribution.log(1, 256))
            .add("rate", FloatDistribution.log(1e-4, 1e-1))
            .add("dropout", FloatDistribution.uniform(0, 0.5))
            .build();

    /** 2 · 2 + 1 + 2 = 7 sets of parameters, some of them much likelier than others. */
    static final SearchSpace SMALL = SearchSpace.builder()
            .add("a", CategoricalDistribution.of("x", "y", "z"))
            .add("b", IntDistribution.uniform(0, 1), Condition.oneOf("a", "x"))
            .add("c", IntDistribution.stepped(2, 4, 2), Condition.oneOf("a", "x", "z"))
            .build();

    static final int SMALL_SIZE = 7;

    static final SearchSpace LINE =
            SearchSpace.builder().add("x", FloatDistribution.uniform(0, 1)).build();

    static final SearchSpace SQUARE = SearchSpace.builder()
            .add("x", FloatDistribution.uniform(0, 1))
            .add("y", FloatDistribution.uniform(0, 1))
            .build();

    private TestSpaces() {}
}
