package org.tinytune.core.op.stridedslice;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;

/**
 * Parameters of {@code STRIDED_SLICE}.
 *
 * @param axes what is taken of each extent of the input
 */
public record StridedSliceParams(List<Axis> axes) {
    /** Keeps a copy. */
    public StridedSliceParams {
        axes = List.copyOf(axes);
    }

    /** Whether an extent is left out, so that the output has a lower rank. */
    boolean dropsAxes() {
        return axes.stream().anyMatch(Axis::dropped);
    }

    /**
     * Some elements of an extent.
     *
     * @param begin index of the first
     * @param stride from one to the next, not 0; 1 if there is only one
     * @param count how many, at least 1
     * @param dropped whether the output has no such extent; the count is then 1
     */
    public record Axis(int begin, int stride, int count, boolean dropped) {
        /**
         * Checks the values, and sets a stride without meaning to 1.
         *
         * @throws InvalidModelException if there is no such slice
         */
        public Axis {
            if (begin < 0 || stride == 0 || count < 1 || dropped && count > 1) {
                throw new InvalidModelException(
                        "cannot take " + count + " elements from " + begin + " on in steps of " + stride);
            }
            stride = count == 1 ? 1 : stride;
        }

        /** That many neighbouring elements. */
        public static Axis of(int begin, int count) {
            return new Axis(begin, 1, count, false);
        }

        /** The index of the last element. */
        long last() {
            return begin + (count - 1L) * stride;
        }

        /** Whether all elements belong to an extent of that size. */
        boolean fits(int size) {
            return begin < size && last() >= 0 && last() < size;
        }
    }
}
