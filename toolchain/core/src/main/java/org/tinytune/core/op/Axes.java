package org.tinytune.core.op;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.InvalidModelException;

/** Axes as files state them: numbers from 0, or negative ones that count from the last. */
public final class Axes {
    private Axes() {}

    /**
     * The axis counted from 0.
     *
     * @throws InvalidModelException if there is none
     */
    public static int fromFirst(int axis, int rank) {
        int fromFirst = axis < 0 ? axis + rank : axis;
        if (fromFirst < 0 || fromFirst >= rank) {
            throw new InvalidModelException("there is no axis " + axis + " among " + rank);
        }
        return fromFirst;
    }

    /**
     * Several axes counted from 0.
     *
     * @throws InvalidModelException if one of them does not exist
     */
    public static List<Integer> fromFirst(int[] axes, int rank) {
        List<Integer> fromFirst = new ArrayList<>();
        for (int axis : axes) {
            fromFirst.add(fromFirst(axis, rank));
        }
        return fromFirst;
    }

    /** Numbers as an array. */
    public static int[] toArray(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
