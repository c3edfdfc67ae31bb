package org.tinytune.core.dsp;

/**
 * Area averaging along one extent: each element of the output covers an equal part of the input, and an element of the
 * input counts for as much of it as is covered. Counted in parts, of which an input's element has {@code parts} and an
 * output's covers {@code span}, all weights are whole numbers.
 *
 * <p>This is the box filter of Pillow and {@code INTER_AREA} of OpenCV. Checked by: BoxFilterTest.
 *
 * @param span parts that an element of the output covers: the sum of its weights
 * @param parts that an element of the input has, at most as many; 1 where the ratio is a whole number
 */
public record BoxFilter(int span, int parts) {
    /**
     * The filter that makes {@code output} elements of {@code input}, at least as many.
     *
     * @throws IllegalArgumentException if they are fewer, or there are none
     */
    public static BoxFilter of(int input, int output) {
        if (output < 1 || input < output) {
            throw new IllegalArgumentException(input + " elements cannot be averaged to " + output);
        }
        int divisor = greatestCommonDivisor(input, output);
        return new BoxFilter(input / divisor, output / divisor);
    }

    /** The first element of the input that element {@code i} of the output covers. */
    public int first(int i) {
        return i * span / parts;
    }

    /** One past the last. */
    public int end(int i) {
        return ((i + 1) * span + parts - 1) / parts;
    }

    /** The parts of element {@code k} of the input that element {@code i} of the output covers. */
    public int weight(int i, int k) {
        return Math.min((i + 1) * span, (k + 1) * parts) - Math.max(i * span, k * parts);
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
