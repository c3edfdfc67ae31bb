package org.tinytune.core.op;

import java.util.Arrays;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;

/** What int8 kernels check, once, before they run. */
public final class Int8Tensors {
    /** The reference takes scales as equal that differ by less. */
    private static final float SAME_SCALE = 1e-6f;

    private Int8Tensors() {}

    /**
     * An int8 activation (or a constant in its place) with one scale above 0 and a zero point in [-128, 127]; a batch
     * of 1 if it is an image.
     *
     * @throws InvalidModelException if it is anything else
     */
    public static Tensor activation(Tensor tensor) {
        Quantization q = tensor.quantization();
        if (tensor.type() != ElementType.INT8 || q.channels() != 1) {
            throw new InvalidModelException(
                    "tensor '" + tensor.name() + "' is " + tensor.type() + " with " + q + ", not int8 with one scale");
        }
        if (q.scale() == 0 || q.zeroPoint() < Byte.MIN_VALUE || q.zeroPoint() > Byte.MAX_VALUE) {
            throw new InvalidModelException("tensor '" + tensor.name() + "': " + q + " is not for int8");
        }
        requireSingleBatch(tensor);
        return tensor;
    }

    static void requireSingleBatch(Tensor tensor) {
        if (tensor.shape().rank() == 4 && tensor.shape().dim(0) != 1) {
            throw new InvalidModelException(
                    "tensor '" + tensor.name() + "' is " + tensor.shape() + ", but only a batch of 1 runs on a device");
        }
    }

    /**
     * The weights, operand 1: a symmetric int8 constant in [-128, 127].
     *
     * @param axis of its channels, if there is more than one scale
     * @throws InvalidModelException if it is anything else
     */
    public static byte[] weights(Operands operands, int axis) {
        Tensor weights = operands.input(1);
        Quantization q = weights.quantization();
        if (!q.isPresent() || q.channels() > 1 && q.axis() != axis) {
            throw new InvalidModelException(
                    "weights '" + weights.name() + "' have " + q + ", not one scale or one each along axis " + axis);
        }
        if (Arrays.stream(q.zeroPoints()).anyMatch(z -> z != 0)) {
            throw new InvalidModelException("weights '" + weights.name() + "' have a zero point other than 0");
        }
        return weights.int8Data();
    }

    /**
     * The bias, operand 2: int32 constants; zeros if it is left out.
     *
     * @throws InvalidModelException if it is anything else
     */
    public static int[] bias(Operands operands, int channels) {
        return operands.hasInput(2) ? operands.input(2).int32Data() : new int[channels];
    }

    /**
     * Checks that operand 0 and the output are quantized alike, since the operator never rescales.
     *
     * @throws InvalidModelException if they are not
     */
    public static void requireSameQuantization(Operands operands) {
        requireSameQuantization(operands, 0);
    }

    /**
     * The same of another operand.
     *
     * @throws InvalidModelException if they are not
     */
    public static void requireSameQuantization(Operands operands, int operand) {
        Quantization in = operands.input(operand).quantization();
        Quantization out = operands.output().quantization();
        requireSameType(operands, operand);
        if (in.zeroPoint() != out.zeroPoint() || Math.abs(in.scale() - out.scale()) > SAME_SCALE * in.scale()) {
            throw new InvalidModelException("tensor '" + operands.output().name() + "': " + out
                    + " differs from the input's " + in + ", but the operator does not rescale");
        }
    }

    /**
     * Checks that an operand and the output have one type, since the operator never converts.
     *
     * @throws InvalidModelException if they have not
     */
    public static void requireSameType(Operands operands, int operand) {
        if (operands.input(operand).type() != operands.output().type()) {
            throw new InvalidModelException("tensor '" + operands.output().name() + "' is "
                    + operands.output().type() + ", but the input is "
                    + operands.input(operand).type());
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
            throw new InvalidModelException(
                    "tensor '" + operands.output().name() + "': " + out + ", but " + operator + " gives " + fixed);
        }
    }
}
