package org.tinytune.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all distributions have in common. */
class DistributionTest {
    private static final int DRAWS = 2000;

    static Stream<Distribution> all() {
        return Stream.of(
                FloatDistribution.uniform(-3, 7.5),
                FloatDistribution.uniform(2, 2),
                FloatDistribution.uniform(-1e300, 1e300),
                FloatDistribution.log(1e-6, 1e3),
                FloatDistribution.log(1e-300, 1e300),
                FloatDistribution.log(0.1, 0.1),
                IntDistribution.uniform(-2, 5),
                IntDistribution.uniform(9, 9),
                IntDistribution.uniform(Integer.MIN_VALUE, Integer.MAX_VALUE),
                IntDistribution.stepped(-16, 48, 16),
                IntDistribution.stepped(Integer.MIN_VALUE, Integer.MAX_VALUE, 3),
                IntDistribution.log(1, 1000),
                IntDistribution.log(1, 1),
                IntDistribution.log(1, Integer.MAX_VALUE),
                CategoricalDistribution.of("relu"),
                CategoricalDistribution.of("a", "b", "c", "d", "e", "f", "g"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void decodesIntoItself(Distribution distribution) {
        long seed = 11;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < DRAWS; i++) {
            double unit = random.nextDouble();
            assertThat(distribution.contains(distribution.decode(unit)))
                    .as("%s at %s, seed %d", distribution.describe(), unit, seed)
                    .isTrue();
        }
        for (double unit : new double[] {0, Double.MIN_VALUE, Math.nextDown(1.0), 1}) {
            assertThat(distribution.contains(distribution.decode(unit)))
                    .as("%s at %s", distribution.describe(), unit)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void encodesWhatItDecoded(Distribution distribution) {
        long seed = 12;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < DRAWS; i++) {
            Object value = distribution.decode(random.nextDouble());
            double unit = distribution.encode(value);
            assertThat(unit).isBetween(0.0, 1.0);
            Object again = distribution.decode(unit);
            if (value instanceof Double v) {
                assertThat((Double) again)
                        .as("%s, seed %d", distribution.describe(), seed)
                        .isCloseTo(v, within(scale(distribution, v) * 1e-12));
            } else {
                assertThat(again)
                        .as("%s, seed %d", distribution.describe(), seed)
                        .isEqualTo(value);
            }
        }
    }

    private static double scale(Distribution distribution, double value) {
        FloatDistribution floats = (FloatDistribution) distribution;
        return floats.log() ? value : Math.max(Math.abs(floats.low()), Math.abs(floats.high()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void refusesValuesOfAnother(Distribution distribution) {
        for (Object foreign : new Object[] {true, 1L, 2.0f, "no such choice", List.of(), Double.NaN}) {
            assertThat(distribution.contains(foreign)).as("%s", foreign).isFalse();
            assertThatThrownBy(() -> distribution.encode(foreign))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(foreign + " is not in " + distribution.describe());
        }
        assertThat(distribution.contains(null)).isFalse();
        assertThatThrownBy(() -> distribution.encode(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void differentDistributionsAreDescribedDifferently() {
        List<Distribution> distributions = Stream.concat(
                        all(),
                        Stream.of(
                                FloatDistribution.uniform(1, 8),
                                FloatDistribution.log(1, 8),
                                FloatDistribution.uniform(-0.0, 1),
                                FloatDistribution.uniform(0.0, 1),
                                IntDistribution.uniform(1, 8),
                                IntDistribution.log(1, 8),
                                IntDistribution.stepped(1, 8, 7),
                                CategoricalDistribution.of("a", "b"),
                                CategoricalDistribution.of("b", "a"),
                                CategoricalDistribution.of("a, b"),
                                CategoricalDistribution.of("a", " b"),
                                CategoricalDistribution.of("\"a\"", "b"),
                                CategoricalDistribution.of("a\nb"),
                                CategoricalDistribution.of("a\\nb"),
                                CategoricalDistribution.of("")))
                .toList();
        Set<String> lines = new HashSet<>();
        for (Distribution distribution : distributions) {
            assertThat(lines.add(distribution.describe()))
                    .as(distribution.describe())
                    .isTrue();
            assertThat(distribution.describe()).doesNotContain("\n");
        }
    }
}
