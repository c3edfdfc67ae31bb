package org.tinytune.train.layer;

/**
 * How many tensors a layer reads.
 *
 * @param least at least so many
 * @param most at most so many
 */
public record InputCount(int least, int most) {
    /** One, which is that of the layer before it unless it names another. */
    public static final InputCount ONE = new InputCount(1, 1);

    /** Two. */
    public static final InputCount TWO = new InputCount(2, 2);

    /** Two or more. */
    public static final InputCount SEVERAL = new InputCount(2, Integer.MAX_VALUE);

    /** Whether so many are right. */
    public boolean includes(int count) {
        return count >= least && count <= most;
    }

    /** What is wrong with another number of them, and what to do. */
    public String refusal(int count) {
        String wanted = least + (least == 1 ? " layer" : " layers") + (most > least ? " or more" : "");
        return "reads " + wanted + ", not " + count + ": give "
                + (most == 1 ? "input = \"a\"" : "inputs = [\"a\", \"b\"]");
    }
}
