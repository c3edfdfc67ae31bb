package org.tinytune.core.op;

import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.quant.Requantizer;
import org.tinytune.core.quant.WideRequantizer;
import org.tinytune.core.tensor.ElementType;

/** What int16 kernels check, once, before they run; weights are those of {@link Int8Tensors}. */
public final class Int16Tensors {
    /** What operators give whose values are in [-1, 1] by nature: steps of 2^-15. */
    public static final Quantization FRACTION = Quantization.perTensor(1f / (1 << 15), 0);

    private static final int BIAS = 2;
    private static final int MAX_SUMMANDS = 1 << 15;

    private Int16Tensors() {}

    /**
     * An int16 activation (or a constant in its place) with one scale above 0 and zero point 0; a batch of 1 if it is
     * an image.
     *
     * @throws InvalidModelException if it is anything else
     */
    public static Tensor activation(Tensor tensor) {
        Quantization q = tensor.quantization();
        if (tensor.type() != ElementType.INT16 || q.channels() != 1) {
            throw new InvalidModelException(
                    "tensor '" + tensor.name() + "' is " + tensor.type() + " with " + q + ", not int16 with one scale");
        }
        if (q.scale() == 0 || q.zeroPoint() != 0) {
            throw new InvalidModelException(
                    "tensor '" + tensor.name() + "': " + q + " is not for int16, whose zero point is 0");
        }
        Int8Tensors.requireSingleBatch(tensor);
        return tensor;
    }

    /**
     * An activation of int16 or int8, whichever it is.
     *
     * @throws InvalidModelException if it is neither, or not quantized as such
     */
    public static Tensor activationOfEither(Tensor tensor) {
        return tensor.type() == ElementType.INT16 ? activation(tensor) : Int8Tensors.activation(tensor);
    }

    /**
     * Checks that a sum of so many elements fits 32 bits, if they are int16; those of int8 never are too many.
     *
     * @throws InvalidModelException if it does not
     */
    public static void requireSummable(Tensor tensor, long count) {
        if (tensor.type() == ElementType.INT16 && count > MAX_SUMMANDS) {
            throw new InvalidModelException(
                    "tensor '" + tensor.name() + "': a sum of " + count + " int16, more than " + MAX_SUMMANDS);
        }
    }

    /**
     * Checks that the output is quantized as the operator says.
     *
     * @throws InvalidModelException if it is not
     */
    public static void requireOutput(Operands operands, String operator, Quantization fixed) {
        Quantization out = activation(operands.output()).quantization();
        if (!out.equals(fixed)) {
            throw new InvalidModelException("tensor '" + operands.output().name() + "': " + out + ", but " + operator
                    + " of int16 gives " + fixed);
        }
    }

    /**
     * The last stage of an operator with weights.
     *
     * @param multipliers and the clamp
     * @throws InvalidModelException if a multiplier is too great for a sum of 64 bits
     */
    public static WideRequantizer requantizer(Operands operands, Requantizer multipliers) {
        boolean wide = hasWideSums(operands);
        for (int c = 0; wide && c < multipliers.channels(); c++) {
            if (multipliers.multiplier(c).shift() > QuantizedMultiplier.MAX_WIDE_SHIFT) {
                throw new InvalidModelException("tensor '" + operands.output().name()
                        + "': its scale is too small for sums of 64 bits, channel " + c);
            }
        }
        return WideRequantizer.of(multipliers, wide);
    }

    /** Whether the bias, operand 2, is int64, or left out: then sums have 64 bits. */
    private static boolean hasWideSums(Operands operands) {
        return !operands.hasInput(BIAS) || operands.input(BIAS).type() == ElementType.INT64;
    }

    /**
     * Checks that the bias, operand 2, is int64 if it is there: not every operator takes int32, too.
     *
     * @throws InvalidModelException if it is anything else
     */
    public static void requireWideBias(Operands operands, String operator) {
        if (operands.hasInput(BIAS) && operands.input(BIAS).type() != ElementType.INT64) {
            throw new InvalidModelException("bias '" + operands.input(BIAS).name() + "' is "
                    + operands.input(BIAS).type() + ", but " + operator + " of int16 takes INT64 only");
        }
    }

    /**
     * The bias, operand 2: int64 or int32 constants; zeros if it is left out.
     *
     * @throws InvalidModelException if it is anything else
     */
    public static long[] bias(Operands operands, int channels) {
        if (!operands.hasInput(BIAS)) {
            return new long[channels];
        }
        if (operands.input(BIAS).type() == ElementType.INT64) {
            return operands.input(BIAS).int64Data();
        }
        int[] narrow = operands.input(BIAS).int32Data();
        long[] bias = new long[narrow.length];
        for (int c = 0; c < bias.length; c++) {
            bias[c] = narrow[c];
        }
        return bias;
    }
}
