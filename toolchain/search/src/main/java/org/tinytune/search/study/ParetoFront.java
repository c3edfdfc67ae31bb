package org.tinytune.search.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The items that no other beats: none is at least as good in every objective and better in one. */
public final class ParetoFront {
    private ParetoFront() {}

    /**
     * Finds the front.
     *
     * <p>Items that are equal in every objective do not beat each other: either all of them are on the front or none.
     *
     * @param items any number; the effort grows with its square
     * @param directions of the objectives
     * @param values the objectives of an item, as many as directions; not NaN
     * @return best first by the first objective, ties by the second and so on, then in the order given
     * @throws IllegalArgumentException if an item has another number of values, or NaN
     */
    public static <T> List<T> of(List<T> items, List<Direction> directions, Function<T, double[]> values) {
        List<Point<T>> points = new ArrayList<>();
        for (T item : items) {
            points.add(new Point<>(item, checked(values.apply(item), directions.size())));
        }
        return points.stream()
                .filter(point -> points.stream().noneMatch(other -> other.dominates(point, directions)))
                .sorted((a, b) -> a.compareTo(b, directions))
                .map(Point::item)
                .toList();
    }

    private static double[] checked(double[] values, int size) {
        boolean isNumeric = true;
        for (double value : values) {
            isNumeric &= !Double.isNaN(value);
        }
        if (values.length != size || !isNumeric) {
            throw new IllegalArgumentException(Arrays.toString(values) + " are not " + size + " numbers");
        }
        return values;
    }

    private record Point<T>(T item, double[] values) {
        boolean dominates(Point<T> other, List<Direction> directions) {
            boolean isBetterOnce = false;
            for (int i = 0; i < values.length; i++) {
                if (directions.get(i).isBetter(other.values[i], values[i])) {
                    return false;
                }
                isBetterOnce |= directions.get(i).isBetter(values[i], other.values[i]);
            }
            return isBetterOnce;
        }

        int compareTo(Point<T> other, List<Direction> directions) {
            for (int i = 0; i < values.length; i++) {
                if (directions.get(i).isBetter(values[i], other.values[i])) {
                    return -1;
                }
                if (directions.get(i).isBetter(other.values[i], values[i])) {
                    return 1;
                }
            }
            return 0;
        }
    }
}
