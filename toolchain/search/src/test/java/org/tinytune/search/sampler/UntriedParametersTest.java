package org.tinytune.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tinytune.search.space.FloatDistribution;
import org.tinytune.search.space.IntDistribution;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;

class UntriedParametersTest {

    @Test
    void findsEveryOneAndThenNone() {
        for (long seed = 0; seed < 20; seed++) {
            Set<Parameters> known = new HashSet<>();
            for (int i = 0; i < TestSpaces.SMALL_SIZE; i++) {
                Optional<Parameters> next = find(TestSpaces.SMALL, known, seed);
                assertThat(next).as("after %d, seed %d", i, seed).isPresent();
                assertThat(known.add(next.get()))
                        .as("after %d, seed %d", i, seed)
                        .isTrue();
                TestSpaces.SMALL.encode(next.get());
            }
            assertThat(find(TestSpaces.SMALL, known, seed)).isEmpty();
        }
    }

    @Test
    void startsAnywhere() {
        Set<Parameters> found = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            found.add(find(TestSpaces.SMALL, Set.of(), seed).orElseThrow());
        }
        assertThat(found).hasSize(TestSpaces.SMALL_SIZE);
    }

    /** One value of the logarithm's tail, which a draw hits once in ten thousand times. */
    @Test
    void findsTheUnlikelyOne() {
        SearchSpace space =
                SearchSpace.builder().add("n", IntDistribution.log(1, 1000)).build();
        Set<Parameters> known = new HashSet<>();
        for (int n = 1; n < 1000; n++) {
            known.add(Trials.at("n", n));
        }
        assertThat(find(space, known, 1)).contains(Trials.at("n", 1000));
    }

    @Test
    void endsInSpacesThatNobodyCanWalkThrough() {
        SearchSpace space = SearchSpace.builder()
                .add("n", IntDistribution.uniform(Integer.MIN_VALUE, Integer.MAX_VALUE))
                .add("x", FloatDistribution.uniform(0, 1))
                .build();
        Set<Parameters> known = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(known.add(find(space, known, i).orElseThrow())).isTrue();
        }
    }

    private static Optional<Parameters> find(SearchSpace space, Set<Parameters> known, long seed) {
        return UntriedParameters.find(space, known, new SplittableRandom(seed));
    }
}
