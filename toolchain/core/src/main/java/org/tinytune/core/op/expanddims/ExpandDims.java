package org.tinytune.core.op.expanddims;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.Axes;
import org.tinytune.core.op.CopyOperator;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/**
 * {@code EXPAND_DIMS}: inserts an extent of 1. Operand: an input of any rank.
 *
 * <p>Source of the shape rule: tensorflow:lite/kernels/expand_dims.cc, ExpandTensorDim. Checked by: ExpandDimsTest,
 * OperatorDifferentialTest.
 */
public final class ExpandDims extends CopyOperator<ExpandDimsParams> {
    /** The operator. */
    public static final ExpandDims INSTANCE = new ExpandDims();

    private static final TfliteCodec<ExpandDimsParams> TFLITE = new OptionsCodec<>(
            70,
            52,
            new OptionsCodec.Versions(1, 1, 1),
            List.of(),
            (options, inputs) -> decode(inputs),
            params ->
                    List.of(new TfliteCodec.Constant("axis", new int[] {1}, TensorData.of(new int[] {params.axis()}))),
            1);

    private ExpandDims() {}

    private static ExpandDimsParams decode(List<Tensor> inputs) {
        int[] axis = OptionsCodec.int32Constant(inputs, 1, "axis");
        if (axis.length != 1) {
            throw new InvalidModelException("has " + axis.length + " axes instead of one");
        }
        return new ExpandDimsParams(
                Axes.fromFirst(axis[0], inputs.get(0).shape().rank() + 1));
    }

    @Override
    public String name() {
        return "EXPAND_DIMS";
    }

    @Override
    public Shape inferShape(ExpandDimsParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        Shape input = Shapes.require(inputs, 0);
        int[] dims = new int[input.rank() + 1];
        int axis = Axes.fromFirst(params.axis(), dims.length);
        for (int i = 0; i < dims.length; i++) {
            dims[i] = i == axis ? 1 : input.dim(i < axis ? i : i - 1);
        }
        return Shapes.of(dims);
    }

    @Override
    public TfliteCodec<ExpandDimsParams> tflite() {
        return TFLITE;
    }
}
