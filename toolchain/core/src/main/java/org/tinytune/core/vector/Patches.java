package org.tinytune.core.vector;

/**
 * Where the rows of a matrix lie that is never written out: the patches that a window sees as it slides over an image.
 *
 * <p>Element {@code s · run + t} of row {@code i} lies at {@code offsets[i] + segments[s] + t}. A matrix that is
 * written out has one segment at 0.
 *
 * @param offsets where each row begins, not to be written to
 * @param segments where each stretch of consecutive elements begins, relative to the row; not to be written to
 * @param run elements of each stretch
 * @param targets where the result of each row begins in the output, not to be written to
 */
public record Patches(int[] offsets, int[] segments, int run, int[] targets) {
    private static final int[] ONE_SEGMENT = {0};

    /** Rows of {@code run} elements one behind the other, results of {@code resultRun} elements likewise. */
    public static Patches rows(int rows, int run, int resultRun) {
        return new Patches(multiples(rows, run), ONE_SEGMENT, run, multiples(rows, resultRun));
    }

    /** {@code 0, step, 2 · step, …} */
    public static int[] multiples(int count, int step) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = Math.multiplyExact(i, step);
        }
        return values;
    }

    /** Elements of a row. */
    public int elements() {
        return segments.length * run;
    }
}
