package org.tinytune.core.op.squeeze;

import java.util.Arrays;
import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.CopyOperator;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;

/**
 * {@code SQUEEZE}: leaves out extents of 1. Operand: an input of any rank.
 *
 * <p>Source of the shape rule: tensorflow:lite/kernels/squeeze.cc, Prepare. Checked by: SqueezeTest,
 * OperatorDifferentialTest.
 */
public final class Squeeze extends CopyOperator<SqueezeParams> {
    /** The operator. */
    public static final Squeeze INSTANCE = new Squeeze();

    private Squeeze() {}

    @Override
    public String name() {
        return "SQUEEZE";
    }

    @Override
    public Shape inferShape(SqueezeParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        Shape input = Shapes.require(inputs, 0);
        for (int axis : params.axes()) {
            if (axis >= input.rank() || input.dim(axis) != 1) {
                throw new InvalidModelException("axis " + axis + " of " + input + " is no extent of 1");
            }
        }
        boolean all = params.axes().isEmpty();
        int[] kept = new int[input.rank()];
        int rank = 0;
        for (int i = 0; i < input.rank(); i++) {
            boolean left = all ? input.dim(i) == 1 : params.axes().contains(i);
            if (!left) {
                kept[rank++] = input.dim(i);
            }
        }
        return Shapes.of(Arrays.copyOf(kept, rank));
    }

    @Override
    public TfliteCodec<SqueezeParams> tflite() {
        return SqueezeCodec.INSTANCE;
    }
}
