package org.tinytune.core.op;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;

/**
 * The kernel of operators that only change the shape, {@code RESHAPE}, {@code SQUEEZE} and {@code EXPAND_DIMS}: a copy
 * of int8 or int16, which costs nothing where the output lies over the input.
 *
 * <p>Source: tensorflow:lite/kernels/reshape.cc, squeeze.cc and expand_dims.cc, Eval. Checked by: ReshapeInt8Test,
 * OperatorDifferentialTest.
 */
public final class ElementCopy implements RowKernel {
    private ElementCopy() {}

    /** Checks the operands. */
    public static ElementCopy prepare(Operands operands) {
        Int16Tensors.activationOfEither(operands.input(0));
        Int16Tensors.activationOfEither(operands.output());
        Int8Tensors.requireSameQuantization(operands);
        return new ElementCopy();
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        for (int y = begin; y < end; y++) {
            System.arraycopy(in.memory(), in.at(0) + y * out.rowBytes(), out.memory(), out.at(y), out.rowBytes());
        }
    }
}
