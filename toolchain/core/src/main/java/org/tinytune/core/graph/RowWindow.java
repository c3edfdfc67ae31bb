package org.tinytune.core.graph;

/**
 * Which rows of the activation inputs one output row needs. Rows outside the input are padding and are clipped; where
 * one input has less rows than another, its own number of rows clips as well.
 *
 * @param offset input row at which output row 0 begins; negative where it begins in the padding above
 * @param stride input rows from one output row to the next
 * @param extent input rows that one output row spans, dilation included
 * @param inputRows rows of the input, of the greatest if there are several
 */
public record RowWindow(int offset, int stride, int extent, int inputRows) {

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
        return Math.max(0, Math.min(inputRows, offset + y * stride));
    }

    /** One past the last input row that output row {@code y} needs. */
    public int end(int y) {
        return Math.max(0, Math.min(inputRows, offset + y * stride + extent));
    }
}
