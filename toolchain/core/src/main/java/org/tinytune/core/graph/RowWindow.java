package org.tinytune.core.graph;

/**
 * Which rows of the activation inputs one output row needs. Rows outside the input are padding and are clipped; where
 * one input has less rows than another, its own number of rows clips as well.
 *
 * @param offset input row at which output row 0 begins; negative where it begins in the padding above
 * @param stride input rows from one output row to the next
 * @param extent input rows that one output row spans, dilation included
 * @param inputRows rows of the input, of the greatest if there are several
 * @param fraction offset, stride and extent count in rows divided by this: above 1 where there are more rows in the
 *     output than in the input
 */
public record RowWindow(int offset, int stride, int extent, int inputRows, int fraction) {

    /** A window that counts in whole rows. */
    public RowWindow(int offset, int stride, int extent, int inputRows) {
        this(offset, stride, extent, inputRows, 1);
    }

    /** Every output row needs the whole input. */
    public static RowWindow all(int inputRows) {
        return new RowWindow(0, 0, inputRows, inputRows);
    }

    /** Output row {@code y} needs input row {@code y} and no other. */
    public static RowWindow rowByRow(int inputRows) {
        return new RowWindow(0, 1, 1, inputRows);
    }

    /** The first input row that output row {@code y} needs. */
    public int first(int y) {
        return row(offset + y * stride);
    }

    /** One past the last input row that output row {@code y} needs; the first if it needs none. */
    public int end(int y) {
        return row(offset + y * stride + extent);
    }

    private int row(int position) {
        return Math.max(0, Math.min(inputRows, Math.floorDiv(position, fraction)));
    }
}
