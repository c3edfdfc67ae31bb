package org.tinytune.core.op;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.tensor.Shape;

/**
 * The kernel of operators that move elements, {@code TRANSPOSE} and {@code STRIDED_SLICE}: copies them one by one, int8
 * or int16.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/transpose.h (Transpose) and strided_slice.h (StridedSlice).
 * Checked by: TransposeInt8Test, StridedSliceInt8Test, OperatorDifferentialTest.
 */
public final class StridedCopy implements RowKernel {
    /** The first extent that lies within a row of an image. */
    private static final int COLUMNS = 2;

    private final Shape input;
    private final Shape output;
    private final StridedView view;
    private final Elements elements;

    private StridedCopy(Operands operands, StridedView view) {
        input = Int16Tensors.activationOfEither(operands.input(0)).shape();
        output = Int16Tensors.activationOfEither(operands.output()).shape();
        Int8Tensors.requireSameQuantization(operands);
        this.view = view;
        elements = Elements.of(operands.output().type());
    }

    /** Checks the operands. */
    public static StridedCopy prepare(Operands operands, StridedView view) {
        return new StridedCopy(operands, view);
    }

    /** Where the elements come from, which a target needs as numbers. */
    public StridedView view() {
        return view;
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        boolean image = output.rank() == 4;
        for (int y = begin; y < end; y++) {
            int first = view.first() + (image ? y * view.steps().get(1) : 0);
            int from = in.at(first / input.rowElements()) + first % input.rowElements() * elements.bytes();
            copy(in.memory(), from, out.memory(), out.at(y), image ? COLUMNS : 0);
        }
    }

    /** Copies the extents from {@code axis} on, and returns where the next element of the output goes. */
    private int copy(byte[] source, int from, byte[] target, int to, int axis) {
        if (axis == output.rank()) {
            System.arraycopy(source, from, target, to, elements.bytes());
            return to + elements.bytes();
        }
        int next = to;
        for (int i = 0; i < output.dim(axis); i++) {
            next = copy(source, from + i * view.steps().get(axis) * elements.bytes(), target, next, axis + 1);
        }
        return next;
    }
}
