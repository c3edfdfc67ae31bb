package org.tinytune.core.op;

import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Elements;

/** An activation fused into an operator: a clamp of its output. The order is TFLite's ActivationFunctionType. */
public enum Activation {
    /** No clamp. */
    NONE(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
    /** At least 0. */
    RELU(0, Double.POSITIVE_INFINITY),
    /** In [-1, 1]. */
    RELU_N1_TO_1(-1, 1),
    /** In [0, 6]. */
    RELU6(0, 6);

    private final double min;
    private final double max;

    Activation(double min, double max) {
        this.min = min;
        this.max = max;
    }

    /** The lower bound of the real output. */
    public double min() {
        return min;
    }

    /** The upper bound of the real output. */
    public double max() {
        return max;
    }

    /** The lower bound of the int8 output. */
    public int minInt8(Quantization output) {
        return min(output, Elements.INT8);
    }

    /** The upper bound of the int8 output. */
    public int maxInt8(Quantization output) {
        return max(output, Elements.INT8);
    }

    /** The lower bound of an output of that type. */
    public int min(Quantization output, Elements type) {
        return min == Double.NEGATIVE_INFINITY ? type.min() : bound(min, output, type);
    }

    /** The upper bound of an output of that type. */
    public int max(Quantization output, Elements type) {
        return max == Double.POSITIVE_INFINITY ? type.max() : bound(max, output, type);
    }

    /**
     * A bound as the reference quantizes it: the quotient in float, ties away from zero, then clamped to the type.
     *
     * <p>Source: tensorflow:lite/kernels/kernel_util.cc, CalculateActivationRangeQuantizedImpl.
     */
    private static int bound(double real, Quantization output, Elements type) {
        float quotient = (float) real / output.scale();
        long rounded = (long) (quotient < 0 ? StrictMath.ceil(quotient - 0.5) : StrictMath.floor(quotient + 0.5));
        int near = (int) Math.max(-1 << 30, Math.min(1 << 30, rounded));
        return FixedPoint.clamp(near + output.zeroPoint(), type.min(), type.max());
    }

    /** Its number in a file. */
    public int code() {
        return ordinal();
    }

    /**
     * The activation with that number in a file.
     *
     * @throws InvalidModelException if there is no such clamp (tanh and sign bit are not supported as fused
     *     activations)
     */
    public static Activation ofCode(int code) {
        if (code < 0 || code >= values().length) {
            throw new InvalidModelException("fused activation " + code + " is not supported");
        }
        return values()[code];
    }
}
