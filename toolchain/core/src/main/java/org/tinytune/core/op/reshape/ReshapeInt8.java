package org.tinytune.core.op.reshape;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.op.Int8Tensors;

/**
 * {@code RESHAPE} in int8: a copy, which costs nothing where the output lies over the input.
 *
 * <p>Source: tensorflow:lite/kernels/reshape.cc, Eval. Checked by: ReshapeInt8Test.
 */
public final class ReshapeInt8 implements RowKernel {
    private ReshapeInt8() {}

    /** Checks the operands. */
    public static ReshapeInt8 prepare(ReshapeParams params, Operands operands) {
        Int8Tensors.activation(operands.input(0));
        Int8Tensors.activation(operands.output());
        Int8Tensors.requireSameQuantization(operands);
        return new ReshapeInt8();
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
