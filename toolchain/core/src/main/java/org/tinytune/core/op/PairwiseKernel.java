package org.tinytune.core.op;

import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.tensor.Elements;

/** An operator on pairs of integers, as {@link Pairing} brings them together. */
public abstract class PairwiseKernel implements RowKernel {
    private final Elements elements;

    /** @param elements of both operands and of the output */
    protected PairwiseKernel(Elements elements) {
        this.elements = elements;
    }

    /** The output of two elements. */
    public abstract int apply(int first, int second);

    @Override
    public final void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows out = outputs[0];
        int count = out.rowBytes() / elements.bytes();
        for (int y = begin; y < end; y++) {
            for (int i = 0; i < count; i++) {
                int result = apply(element(inputs[0], y, i), element(inputs[1], y, i));
                elements.set(out.memory(), out.at(y), i, result);
            }
        }
    }

    /** What meets element i of row y; an operand that repeats has a single row, of one period. */
    private int element(Rows operand, int y, int i) {
        return elements.get(operand.memory(), operand.at(y), i % (operand.rowBytes() / elements.bytes()));
    }
}
