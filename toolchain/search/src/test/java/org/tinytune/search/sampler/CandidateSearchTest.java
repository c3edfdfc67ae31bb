package org.tinytune.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.tinytune.search.space.Parameters;

class CandidateSearchTest {

    @Test
    void findsASmoothMaximum() {
        for (long seed = 0; seed < 10; seed++) {
            Parameters best = search(seed, Set.of(), point -> -Math.hypot(point[0] - 0.3, point[1] - 0.9))
                    .best(List.of())
                    .orElseThrow();
            assertThat(best.getDouble("x")).as("seed %d", seed).isCloseTo(0.3, within(0.03));
            assertThat(best.getDouble("y")).as("seed %d", seed).isCloseTo(0.9, within(0.03));
        }
    }

    /** A peak so narrow that a thousand random points seldom meet it, beside a trial that is among the best. */
    @Test
    void looksAroundTheBestTrials() {
        ToDoubleFunction<double[]> peak = point -> Math.max(0, 0.02 - Math.hypot(point[0] - 0.707, point[1] - 0.11));
        Parameters near = TestSpaces.SQUARE.decode(new double[] {0.7, 0.1});
        int found = 0;
        for (long seed = 0; seed < 20; seed++) {
            Parameters best =
                    search(seed, Set.of(near), peak).best(List.of(near)).orElseThrow();
            found += peak.applyAsDouble(TestSpaces.SQUARE.encode(best)) > 0.01 ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(18);
    }

    @Test
    void asksForSnappedPointsOnly() {
        List<double[]> asked = new ArrayList<>();
        CandidateSearch search = new CandidateSearch(
                TestSpaces.MIXED,
                new SplittableRandom(3),
                point -> {
                    asked.add(point.clone());
                    return point[3];
                },
                Set.of());
        search.best(List.of(TestSpaces.MIXED.decode(new double[] {0.1, 0, 0, 0.5, 0.5, 0.5})));
        assertThat(asked).hasSizeGreaterThan(1000);
        for (double[] point : asked) {
            double[] snapped = TestSpaces.MIXED.snap(point);
            for (int j = 0; j < point.length; j++) {
                assertThat(point[j]).isCloseTo(snapped[j], within(1e-12));
            }
        }
    }

    @Test
    void neverReturnsWhatIsKnown() {
        Set<Parameters> known = new HashSet<>();
        for (int i = 0; i < TestSpaces.SMALL_SIZE; i++) {
            Optional<Parameters> best = new CandidateSearch(
                            TestSpaces.SMALL, new SplittableRandom(i), point -> point[0], known)
                    .best(List.copyOf(known));
            assertThat(best).isPresent();
            assertThat(known.add(best.get())).isTrue();
        }
        assertThat(new CandidateSearch(TestSpaces.SMALL, new SplittableRandom(9), point -> 0, known)
                        .best(List.copyOf(known)))
                .isEmpty();
    }

    @Test
    void prefersANumberToNone() {
        Parameters best = search(1, Set.of(), point -> point[0] < 0.5 ? Double.NaN : -point[0])
                .best(List.of())
                .orElseThrow();
        assertThat(best.getDouble("x")).isBetween(0.5, 0.52);
    }

    private static CandidateSearch search(long seed, Set<Parameters> known, ToDoubleFunction<double[]> acquisition) {
        return new CandidateSearch(TestSpaces.SQUARE, new SplittableRandom(seed), acquisition, known);
    }
}
