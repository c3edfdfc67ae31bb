package org.tinytune.core.op.softmax;

import java.util.Arrays;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.FixedPointFunctions;
import org.tinytune.core.quant.QuantizedMultiplier;

/**
 * {@code SOFTMAX} in int8, as gemmlowp's fixed point computes it. What an element contributes depends on its distance
 * to the greatest one only, which has 256 values: the exponentials are a table.
 *
 * <p>Formats: distances Q5.26, exponentials Q0.31, their sum Q12.19, so that up to 4095 elements cannot overflow.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/softmax.h, Softmax of int8, and activations.cc, SoftmaxPrepare.
 * Checked by: SoftmaxInt8Test.
 */
public final class SoftmaxInt8 implements RowKernel {
    private static final int DIFFERENCE_INTEGER_BITS = 5;
    private static final int SUM_INTEGER_BITS = 12;
    private static final int MAX_DEPTH = (1 << SUM_INTEGER_BITS) - 1;

    private final int depth;
    private final int[] exponentials;

    private SoftmaxInt8(SoftmaxParams params, Operands operands) {
        Tensor input = Int8Tensors.activation(operands.input(0));
        Int8Tensors.requireOutput(operands, "SOFTMAX", Softmax.OUTPUT);
        depth = input.shape().dim(-1);
        if (depth > MAX_DEPTH) {
            throw new InvalidModelException(
                    "tensor '" + input.name() + "': SOFTMAX over " + depth + " elements, more than " + MAX_DEPTH);
        }
        exponentials =
                exponentials((double) params.beta() * input.quantization().scale(), input.name());
    }

    /** Checks the operands and computes the table of exponentials. */
    public static SoftmaxInt8 prepare(SoftmaxParams params, Operands operands) {
        return new SoftmaxInt8(params, operands);
    }

    /**
     * The exponentials of the distances 0 to 255 below the greatest element, Q0.31; 0 where the reference leaves an
     * element out, which is as if it were infinitely far away.
     */
    private static int[] exponentials(double scale, String name) {
        double real = Math.min(scale * (1 << (31 - DIFFERENCE_INTEGER_BITS)), Integer.MAX_VALUE);
        if (!(real > 1)) {
            throw new InvalidModelException("tensor '" + name + "': scale times beta is " + scale + ", too small");
        }
        QuantizedMultiplier multiplier = QuantizedMultiplier.of(real);
        long greatest = ((1L << DIFFERENCE_INTEGER_BITS) - 1) << (31 - DIFFERENCE_INTEGER_BITS);
        long farthest = greatest >> multiplier.shift();
        int[] table = new int[256];
        for (int distance = 0; distance < table.length && distance <= farthest; distance++) {
            table[distance] = FixedPointFunctions.expOfNegative(multiplier.apply(-distance));
        }
        return table;
    }

    /**
     * The exponentials of the distances 0 to 255 below the greatest element, Q0.31, which a target needs as numbers.
     */
    public int[] exponentials() {
        return exponentials.clone();
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        for (int y = begin; y < end; y++) {
            for (int i = 0; i < out.rowBytes(); i += depth) {
                softmax(in.memory(), in.at(y) + i, out.memory(), out.at(y) + i);
            }
        }
    }

    private void softmax(byte[] input, int from, byte[] output, int to) {
        int greatest = Byte.MIN_VALUE;
        for (int i = 0; i < depth; i++) {
            greatest = Math.max(greatest, input[from + i]);
        }
        int sum = 0;
        for (int i = 0; i < depth; i++) {
            sum += FixedPoint.roundingDivideByPowerOfTwo(exponentials[greatest - input[from + i]], SUM_INTEGER_BITS);
        }
        // The sum is at least 1 and below 2^12: normalized to [1, 2), its reciprocal is in (1/2, 1].
        int leadingZeros = Integer.numberOfLeadingZeros(sum);
        int reciprocal = FixedPointFunctions.reciprocalOfOnePlus((sum << leadingZeros) - Integer.MIN_VALUE);
        int shift = SUM_INTEGER_BITS - leadingZeros + 31 - Byte.SIZE;
        if (shift > 31) {
            // The sum is 512 or more, so every probability is below half a step; the reference refuses to run here.
            Arrays.fill(output, to, to + depth, Byte.MIN_VALUE);
            return;
        }
        for (int i = 0; i < depth; i++) {
            int product = FixedPoint.saturatingRoundingDoublingHighMultiply(
                    reciprocal, exponentials[greatest - input[from + i]]);
            int q = FixedPoint.roundingDivideByPowerOfTwo(product, shift) + Byte.MIN_VALUE;
            output[to + i] = (byte) FixedPoint.clamp(q, Byte.MIN_VALUE, Byte.MAX_VALUE);
        }
    }
}
