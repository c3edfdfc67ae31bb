package org.tinytune.core.op.transpose;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.StridedCopy;
import org.tinytune.core.op.StridedView;
import org.tinytune.core.tensor.Shape;

/**
 * {@code TRANSPOSE} in int8 or int16.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/transpose.h, Transpose. Checked by: TransposeTest,
 * OperatorDifferentialTest.
 */
public final class TransposeKernel {
    private TransposeKernel() {}

    /** Checks the operands. */
    public static StridedCopy prepare(TransposeParams params, Operands operands) {
        return StridedCopy.prepare(operands, view(params, operands.input(0).shape()));
    }

    private static StridedView view(TransposeParams params, Shape input) {
        int[] strides = StridedView.strides(input);
        List<Integer> steps = new ArrayList<>();
        for (int axis : params.permutation()) {
            steps.add(strides[axis]);
        }
        return new StridedView(0, steps);
    }
}
