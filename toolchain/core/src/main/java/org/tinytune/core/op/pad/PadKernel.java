package org.tinytune.core.op.pad;

import java.util.Arrays;
import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.tensor.Shape;

/**
 * {@code PAD} in int8 or int16: the padding is the zero point, which stands for 0.
 *
 * <p>Source: tensorflow:lite/kernels/pad.cc, Eval. Checked by: PadInt8Test.
 */
public final class PadKernel implements RowKernel {
    /** The first extent that lies within a row of an image. */
    private static final int COLUMNS = 2;

    private final Shape input;
    private final List<Integer> before;
    private final int[] inputStrides;
    private final int[] outputStrides;
    private final Elements elements;
    private final byte zero;

    private PadKernel(PadParams params, Operands operands) {
        Tensor in = Int16Tensors.activationOfEither(operands.input(0));
        Tensor out = Int16Tensors.activationOfEither(operands.output());
        Int8Tensors.requireSameQuantization(operands);
        input = in.shape();
        before = params.before();
        inputStrides = strides(in.shape());
        outputStrides = strides(out.shape());
        elements = Elements.of(out.type());
        // That of int16 is 0, so that either is a single byte.
        zero = (byte) out.quantization().zeroPoint();
    }

    /** Checks the operands. */
    public static PadKernel prepare(PadParams params, Operands operands) {
        return new PadKernel(params, operands);
    }

    private static int[] strides(Shape shape) {
        int[] strides = new int[shape.rank()];
        int stride = 1;
        for (int i = shape.rank() - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape.dim(i);
        }
        return strides;
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        boolean image = input.rank() == 4;
        int above = image ? before.get(1) : 0;
        for (int y = begin; y < end; y++) {
            int to = out.at(y);
            Arrays.fill(out.memory(), to, to + out.rowBytes(), zero);
            int row = y - above;
            if (row >= 0 && row < input.rows()) {
                copy(in.memory(), in.at(row), out.memory(), to, image ? COLUMNS : 0);
            }
        }
    }

    /** Copies the input from extent {@code axis} on to its place within the padding. */
    private void copy(byte[] source, int from, byte[] target, int to, int axis) {
        if (axis == input.rank()) {
            System.arraycopy(source, from, target, to, elements.bytes());
            return;
        }
        int first = to + before.get(axis) * outputStrides[axis] * elements.bytes();
        for (int i = 0; i < input.dim(axis); i++) {
            int next = from + i * inputStrides[axis] * elements.bytes();
            copy(source, next, target, first + i * outputStrides[axis] * elements.bytes(), axis + 1);
        }
    }
}
