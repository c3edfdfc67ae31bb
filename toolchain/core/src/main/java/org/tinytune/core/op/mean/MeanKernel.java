package org.tinytune.core.op.mean;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.tensor.Shape;

/**
 * {@code MEAN} in int8 or int16. One multiplier holds both the quotient of the scales and the division by the number of
 * elements; a sum of up to 2^23 elements of int8, or 2^15 of int16, cannot overflow.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/reduce.h, QuantizedMeanOrSum, which the reference resolver of
 * 2.19 takes for all axes. Checked by: MeanInt8Test.
 */
public final class MeanKernel implements RowKernel {
    private final Elements elements;
    private final Shape input;
    private final int inputZeroPoint;
    private final int count;
    private final int[] outputStrides;
    private final int outputElements;
    private final QuantizedMultiplier multiplier;
    private final int outputZeroPoint;

    private MeanKernel(MeanParams params, Operands operands) {
        Tensor in = Int16Tensors.activationOfEither(operands.input(0));
        Tensor out = Int16Tensors.activationOfEither(operands.output());
        Int8Tensors.requireSameType(operands, 0);
        elements = Elements.of(out.type());
        input = in.shape();
        inputZeroPoint = in.quantization().zeroPoint();
        outputElements = out.shape().elements();
        count = input.elements() / outputElements;
        Int16Tensors.requireSummable(in, count);
        outputStrides = outputStrides(input, params);
        QuantizedMultiplier rescale = QuantizedMultiplier.of(
                (double) in.quantization().scale() / out.quantization().scale());
        multiplier = divided(rescale, count);
        outputZeroPoint = out.quantization().zeroPoint();
    }

    /** Checks the operands and derives the multiplier. */
    public static MeanKernel prepare(MeanParams params, Operands operands) {
        return new MeanKernel(params, operands);
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
        add(inputs[0], 0, 0, 0, sums);
        Rows out = outputs[0];
        int rowElements = out.rowBytes() / elements.bytes();
        for (int y = begin; y < end; y++) {
            for (int i = 0; i < rowElements; i++) {
                int sum = sums[y * rowElements + i] - inputZeroPoint * count;
                int q = multiplier.apply(sum) + outputZeroPoint;
                elements.set(out.memory(), out.at(y), i, FixedPoint.clamp(q, elements.min(), elements.max()));
            }
        }
    }

    /** Adds every element from extent {@code axis} on to its sum; returns the position behind the last. */
    private int add(Rows in, int from, int axis, int sum, int[] sums) {
        if (axis == input.rank()) {
            sums[sum] += elements.get(in.memory(), in.at(0), from);
            return from + 1;
        }
        int next = from;
        for (int i = 0; i < input.dim(axis); i++) {
            next = add(in, next, axis + 1, sum + i * outputStrides[axis], sums);
        }
        return next;
    }
}
