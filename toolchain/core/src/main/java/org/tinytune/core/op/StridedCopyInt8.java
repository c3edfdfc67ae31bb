package org.tinytune.core.op;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.tensor.Shape;

/**
 * The int8 kernel of operators that move elements, {@code TRANSPOSE} and {@code STRIDED_SLICE}: copies them one by one.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/transpose.h (Transpose) and strided_slice.h (StridedSlice).
 * Checked by: TransposeInt8Test, StridedSliceInt8Test, OperatorDifferentialTest.
 */
public final class StridedCopyInt8 implements RowKernel {
    /** The first extent that lies within a row of an image. */
    private static final int COLUMNS = 2;

    private final Shape input;
    private final Shape output;
    private final StridedView view;

    private StridedCopyInt8(Operands operands, StridedView view) {
        input = Int8Tensors.activation(operands.input(0)).shape();
        output = Int8Tensors.activation(operands.output()).shape();
        Int8Tensors.requireSameQuantization(operands);
        this.view = view;
    }

    /** Checks the operands. */
    public static StridedCopyInt8 prepare(Operands operands, StridedView view) {
        return new StridedCopyInt8(operands, view);
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
            int from = in.at(first / input.rowElements()) + first % input.rowElements();
            copy(in.memory(), from, out.memory(), out.at(y), image ? COLUMNS : 0);
        }
    }

    /** Copies the extents from {@code axis} on, and returns where the next element of the output goes. */
    private int copy(byte[] source, int from, byte[] target, int to, int axis) {
        if (axis == output.rank()) {
            target[to] = source[from];
            return to + 1;
        }
        int next = to;
        for (int i = 0; i < output.dim(axis); i++) {
            next = copy(source, from + i * view.steps().get(axis), target, next, axis + 1);
        }
        return next;
    }
}
