package org.tinytune.core.op.mean;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.tensor.Shape;

/**
 * {@code MEAN} in int8. One multiplier holds both the quotient of the scales and the division by the number of
 * elements; a sum of up to 2^23 elements cannot overflow.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/reduce.h, QuantizedMeanOrSum, which the reference resolver of
 * 2.19 takes for all axes. Checked by: MeanInt8Test.
 */
public final class MeanInt8 implements RowKernel {
    private final Shape input;
    private final int inputZeroPoint;
    private final int count;
    private final int[] outputStrides;
    private final int outputElements;
    private final QuantizedMultiplier multiplier;
    private final int outputZeroPoint;

    private MeanInt8(MeanParams params, Operands operands) {
        Tensor in = Int8Tensors.activation(operands.input(0));
        Tensor out = Int8Tensors.activation(operands.output());
        input = in.shape();
        inputZeroPoint = in.quantization().zeroPoint();
        outputElements = out.shape().elements();
        count = input.elements() / outputElements;
        outputStrides = outputStrides(input, params);
        QuantizedMultiplier rescale = QuantizedMultiplier.of(
                (double) in.quantization().scale() / out.quantization().scale());
        multiplier = divided(rescale, count);
        outputZeroPoint = out.quantization().zeroPoint();
    }

    /** Checks the operands and derives the multiplier. */
    public static MeanInt8 prepare(MeanParams params, Operands operands) {
        return new MeanInt8(params, operands);
    }

    /**
     * A multiplier divided by a count, truncated: first shifted left as far as the count's highest bit, so that no bit
     * of precision is lost but the last.
     */
    private static QuantizedMultiplier divided(QuantizedMultiplier multiplier, int count) {
        int highestBit = 31 - Integer.numberOfLeadingZeros(count);
        int shift = Math.min(highestBit, 31 + multiplier.shift());
        int value = (int) (((long) multiplier.value() << shift) / count);
        return new QuantizedMultiplier(value, multiplier.shift() - shift);
    }

    /** How far the output element moves when an input index grows by one: 0 along an axis that is averaged away. */
    private static int[] outputStrides(Shape input, MeanParams params) {
        int[] strides = new int[input.rank()];
        int stride = 1;
        for (int i = input.rank() - 1; i >= 0; i--) {
            if (!params.axes().contains(i)) {
                strides[i] = stride;
                stride *= input.dim(i);
            }
        }
        return strides;
    }

    /** The multiplier from a sum to the output, which a target needs as a number. */
    public QuantizedMultiplier multiplier() {
        return multiplier;
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        int[] sums = new int[outputElements];
        add(inputs[0].memory(), inputs[0].at(0), 0, 0, sums);
        Rows out = outputs[0];
        for (int y = begin; y < end; y++) {
            for (int i = 0; i < out.rowBytes(); i++) {
                int sum = sums[y * out.rowBytes() + i] - inputZeroPoint * count;
                out.memory()[out.at(y) + i] = (byte)
                        FixedPoint.clamp(multiplier.apply(sum) + outputZeroPoint, Byte.MIN_VALUE, Byte.MAX_VALUE);
            }
        }
    }

    /** Adds every element from extent {@code axis} on to its sum; returns the position behind the last. */
    private int add(byte[] memory, int from, int axis, int sum, int[] sums) {
        if (axis == input.rank()) {
            sums[sum] += memory[from];
            return from + 1;
        }
        int next = from;
        for (int i = 0; i < input.dim(axis); i++) {
            next = add(memory, next, axis + 1, sum + i * outputStrides[axis], sums);
        }
        return next;
    }
}
