package org.tinytune.core.op.softmax;

import java.util.function.DoubleUnaryOperator;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.tensor.Elements;

/**
 * {@code SOFTMAX} in int16: exponentials and the reciprocal of their sum are interpolated between the 513 points of a
 * table each.
 *
 * <p>Formats: distances to the greatest element from -10 to 0 over 2^16 steps, exponentials Q0.15, their sum Q16.15, so
 * that up to 65,535 elements cannot overflow.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/softmax.h, SoftmaxInt16; activations.cc, SoftmaxPrepare;
 * internal/common.h, LUTPopulate and LUTLookup of int16. Checked by: OperatorDifferentialTest.
 */
public final class SoftmaxInt16 implements RowKernel {
    private static final int MAX_DEPTH = 0xFFFF;
    private static final int STEPS = 512;

    /** The steps of an int16 from the least to the greatest. */
    private static final int RANGE = 0xFFFF;

    /** Elements farther away than this from the greatest count as if they were so far. */
    private static final double FARTHEST = 10;

    private static final short[] EXPONENTIALS = exponentials();
    private static final short[] RECIPROCALS = reciprocals();

    private final int depth;
    private final QuantizedMultiplier multiplier;

    private SoftmaxInt16(SoftmaxParams params, Operands operands) {
        Tensor input = Int16Tensors.activation(operands.input(0));
        Int16Tensors.requireOutput(operands, "SOFTMAX", Int16Tensors.FRACTION);
        depth = input.shape().dim(-1);
        if (depth > MAX_DEPTH) {
            throw new InvalidModelException(
                    "tensor '" + input.name() + "': SOFTMAX over " + depth + " elements, more than " + MAX_DEPTH);
        }
        double perStep = (double) input.quantization().scale() * params.beta() / (FARTHEST / RANGE);
        if (!(perStep > 0)) {
            throw new InvalidModelException("tensor '" + input.name() + "': scale times beta is " + perStep);
        }
        multiplier = QuantizedMultiplier.of(perStep);
        if (multiplier.shift() > 0 && (long) RANGE << multiplier.shift() > Integer.MAX_VALUE) {
            throw new InvalidModelException("tensor '" + input.name() + "': scale times beta is too large");
        }
    }

    /** Checks the operands and derives the multiplier. */
    public static SoftmaxInt16 prepare(SoftmaxParams params, Operands operands) {
        return new SoftmaxInt16(params, operands);
    }

    /** exp(x) for x from -10 to 0, in Q0.15. */
    private static short[] exponentials() {
        return table(FARTHEST / RANGE, Short.MAX_VALUE, StrictMath::exp);
    }

    /** 1 / (1 + x) for x from 0 to 1, in Q0.15. */
    private static short[] reciprocals() {
        return table(1.0 / RANGE, Short.MIN_VALUE, x -> 1 / (1 + x));
    }

    /**
     * The values of a function over all int16, every 128th, each moved by half of the error that interpolation has in
     * the middle to the next.
     */
    private static short[] table(double scale, int zeroPoint, DoubleUnaryOperator function) {
        double least = scale * (Short.MIN_VALUE - zeroPoint);
        double greatest = scale * (Short.MAX_VALUE - zeroPoint);
        double outputScale = 2.0 / RANGE;
        double inverse = (RANGE + 1) / (outputScale * Short.MAX_VALUE - outputScale * Short.MIN_VALUE);
        double step = (greatest - least) / STEPS;
        short[] table = new short[STEPS + 1];
        for (int i = 0; i < STEPS; i++) {
            double value = function.applyAsDouble(least + i * step) * inverse;
            double middle = function.applyAsDouble(least + i * step + step / 2) * inverse;
            double next = function.applyAsDouble(least + (i + 1) * step) * inverse;
            double interpolated = rounded((next + rounded(value)) / 2);
            double error = rounded((interpolated - rounded(middle)) / 2);
            table[i] = saturated(rounded(value) - error);
        }
        table[STEPS] = saturated(rounded(function.applyAsDouble(greatest) * inverse));
        return table;
    }

    /** To the nearest whole number, ties away from zero. */
    private static double rounded(double x) {
        return x < 0 ? StrictMath.ceil(x - 0.5) : StrictMath.floor(x + 0.5);
    }

    private static short saturated(double x) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, x));
    }

    /** The table of exponentials, which a target needs as numbers. */
    public static short[] exponentialTable() {
        return EXPONENTIALS.clone();
    }

    /** The table of reciprocals, which a target needs as numbers. */
    public static short[] reciprocalTable() {
        return RECIPROCALS.clone();
    }

    /** From the difference of two inputs to that of 2^16 steps, which a target needs as a number. */
    public QuantizedMultiplier multiplier() {
        return multiplier;
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        int count = out.rowBytes() / Short.BYTES;
        for (int y = begin; y < end; y++) {
            for (int i = 0; i < count; i += depth) {
                softmax(in.memory(), in.at(y) + i * Short.BYTES, out.memory(), out.at(y) + i * Short.BYTES);
            }
        }
    }

    private void softmax(byte[] input, int from, byte[] output, int to) {
        int greatest = Short.MIN_VALUE;
        for (int i = 0; i < depth; i++) {
            greatest = Math.max(greatest, Elements.INT16.get(input, from, i));
        }
        int sum = 0;
        for (int i = 0; i < depth; i++) {
            int exponential = exponential(Elements.INT16.get(input, from, i) - greatest);
            Elements.INT16.set(output, to, i, exponential);
            sum += exponential;
        }
        // The sum is at least nearly 1: normalized to [1, 2) in Q15.16, of which what is above 1 goes into the table.
        int leadingZeros = Integer.numberOfLeadingZeros(sum);
        int normalized = (int) (((long) sum << leadingZeros - 1) + (1 << 13) >> 14);
        int reciprocal = lookup(RECIPROCALS, normalized - (1 << 15) - (1 << 16));
        int shift = 31 - leadingZeros;
        for (int i = 0; i < depth; i++) {
            long product = (long) Elements.INT16.get(output, to, i) * reciprocal;
            int q = (int) (product + (1L << shift - 1) >> shift);
            Elements.INT16.set(output, to, i, FixedPoint.clamp(q, 0, Short.MAX_VALUE));
        }
    }

    /** Of a difference of 0 or less, in Q0.15. */
    private int exponential(int difference) {
        return lookup(EXPONENTIALS, multiplier.apply(difference) + Short.MAX_VALUE);
    }

    /** A table's value between two points, at a position that is saturated to int16. */
    private static int lookup(short[] table, int position) {
        int saturated = FixedPoint.clamp(position, Short.MIN_VALUE, Short.MAX_VALUE);
        int point = (saturated >> 7) + STEPS / 2;
        int slope = table[point + 1] - table[point];
        return table[point] + (slope * (saturated & 0x7F) + 64 >> 7);
    }
}
