package org.tinytune.core.op.stridedslice;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.StridedCopy;
import org.tinytune.core.op.StridedView;
import org.tinytune.core.op.stridedslice.StridedSliceParams.Axis;
import org.tinytune.core.tensor.Shape;

/**
 * {@code STRIDED_SLICE} in int8 or int16.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/strided_slice.h, StridedSlice. Checked by: StridedSliceTest,
 * OperatorDifferentialTest.
 */
public final class StridedSliceKernel {
    private StridedSliceKernel() {}

    /** Checks the operands. */
    public static StridedCopy prepare(StridedSliceParams params, Operands operands) {
        return StridedCopy.prepare(operands, view(params, operands.input(0).shape()));
    }

    private static StridedView view(StridedSliceParams params, Shape input) {
        int[] strides = StridedView.strides(input);
        int first = 0;
        List<Integer> steps = new ArrayList<>();
        for (int i = 0; i < strides.length; i++) {
            Axis axis = params.axes().get(i);
            first += axis.begin() * strides[i];
            if (!axis.dropped()) {
                steps.add(axis.stride() * strides[i]);
            }
        }
        return new StridedView(first, steps);
    }
}
