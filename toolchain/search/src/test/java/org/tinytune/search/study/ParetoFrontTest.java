package org.tinytune.search.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {
    private static final List<Direction> BOTH = List.of(Direction.MAXIMIZE, Direction.MINIMIZE);

    @Test
    void keepsWhatNothingBeats() {
        double[] accurate = {0.9, 100};
        double[] small = {0.5, 10};
        double[] between = {0.8, 50};
        double[] beaten = {0.7, 60};
        double[] asLarge = {0.85, 100};
        assertThat(front(List.of(small, beaten, accurate, asLarge, between))).containsExactly(accurate, between, small);
    }

    @Test
    void keepsEqualsInTheirOrder() {
        double[] one = {1, 1};
        double[] other = {1, 1};
        double[] beaten = {1, 2};
        assertThat(front(List.of(other, beaten, one))).hasSize(2).first().isSameAs(other);
        assertThat(front(List.of(one, other))).first().isSameAs(one);
    }

    @Test
    void oneObjectiveHasOneBest() {
        List<Double> front =
                ParetoFront.of(List.of(3.0, 1.0, 2.0), List.of(Direction.MINIMIZE), value -> new double[] {value});
        assertThat(front).containsExactly(1.0);
        assertThat(front(List.of())).isEmpty();
    }

    @Test
    void takesInfinityAndZeroesOfEitherSign() {
        double[] infinite = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] zero = {0.0, 1};
        double[] negativeZero = {-0.0, 1};
        assertThat(front(List.of(zero, infinite, negativeZero))).containsExactly(infinite, zero, negativeZero);
    }

    @Test
    void refusesWhatCannotBeCompared() {
        assertThatThrownBy(() -> front(List.of(new double[] {Double.NaN, 1})))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> front(List.of(new double[] {1}))).isInstanceOf(IllegalArgumentException.class);
    }

    /** The definition: every item is on the front or beaten by one that is. */
    @Test
    void separatesRandomItems() {
        List<Direction> three = List.of(Direction.MAXIMIZE, Direction.MINIMIZE, Direction.MAXIMIZE);
        for (long seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<double[]> items = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                items.add(random.ints(3, 0, 6).asDoubleStream().toArray());
            }
            List<double[]> front = ParetoFront.of(items, three, Function.identity());
            assertThat(front).isNotEmpty();
            for (double[] item : items) {
                boolean isBeaten = front.stream().anyMatch(other -> beats(other, item));
                assertThat(front.contains(item)).as("seed %d", seed).isEqualTo(!isBeaten);
            }
        }
    }

    private static boolean beats(double[] a, double[] b) {
        boolean isAsGood = a[0] >= b[0] && a[1] <= b[1] && a[2] >= b[2];
        return isAsGood && (a[0] != b[0] || a[1] != b[1] || a[2] != b[2]);
    }

    private static List<double[]> front(List<double[]> items) {
        return ParetoFront.of(items, BOTH, Function.identity());
    }
}
