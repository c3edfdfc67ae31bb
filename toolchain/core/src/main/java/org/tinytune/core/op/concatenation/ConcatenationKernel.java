package org.tinytune.core.op.concatenation;

import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.tensor.Shape;

/**
 * {@code CONCATENATION} in int8 or int16: copies. As in the reference, no operand is ever rescaled.
 *
 * <p>Source: tensorflow:lite/kernels/concatenation.cc, Prepare and Eval. Checked by: ConcatenationInt8Test.
 */
public final class ConcatenationKernel implements RowKernel {
    private final boolean joinsRows;
    /** In bytes. */
    private final int[] runs;

    private final int[] operandRows;

    private ConcatenationKernel(ConcatenationParams params, Operands operands) {
        Tensor output = Int16Tensors.activationOfEither(operands.output());
        joinsRows = Concatenation.joinsRows(params, output.shape());
        runs = new int[operands.inputs().size()];
        operandRows = new int[runs.length];
        for (int i = 0; i < runs.length; i++) {
            Tensor input = Int16Tensors.activationOfEither(operands.input(i));
            requireSame(input, output);
            Shape shape = input.shape();
            int run = joinsRows ? shape.rowElements() : Concatenation.run(params, shape);
            runs[i] = run * output.type().bytes();
            operandRows[i] = shape.rows();
        }
    }

    /**
     * Checks the operands.
     *
     * @throws InvalidModelException if one is quantized in another way than the output, which the reference refuses too
     */
    public static ConcatenationKernel prepare(ConcatenationParams params, Operands operands) {
        return new ConcatenationKernel(params, operands);
    }

    private static void requireSame(Tensor input, Tensor output) {
        if (input.type() != output.type()
                || input.quantization().scale() != output.quantization().scale()
                || input.quantization().zeroPoint() != output.quantization().zeroPoint()) {
            throw new InvalidModelException("tensor '" + input.name() + "' is " + input.type() + ", "
                    + input.quantization() + ", which differs from the output's " + output.type() + ", "
                    + output.quantization() + ", but CONCATENATION does not rescale");
        }
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        for (int y = begin; y < end; y++) {
            if (joinsRows) {
                copyRow(inputs, outputs[0], y);
            } else {
                joinRow(inputs, outputs[0], y);
            }
        }
    }

    /** The output's row is a row of one of the operands. */
    private void copyRow(Rows[] inputs, Rows out, int y) {
        int operand = 0;
        int row = y;
        while (row >= operandRows[operand]) {
            row -= operandRows[operand];
            operand++;
        }
        Rows in = inputs[operand];
        System.arraycopy(in.memory(), in.at(row), out.memory(), out.at(y), out.rowBytes());
    }

    /** The output's row is made up of the same row of all operands, run by run. */
    private void joinRow(Rows[] inputs, Rows out, int y) {
        int to = out.at(y);
        for (int i = 0; to < out.at(y) + out.rowBytes(); i++) {
            for (int operand = 0; operand < runs.length; operand++) {
                int run = runs[operand];
                Rows in = inputs[operand];
                System.arraycopy(in.memory(), in.at(y) + i * run, out.memory(), to, run);
                to += run;
            }
        }
    }
}
