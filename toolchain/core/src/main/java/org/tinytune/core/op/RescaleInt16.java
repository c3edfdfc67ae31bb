package org.tinytune.core.op;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.tensor.Elements;

/**
 * A unary operator that is linear on each side of 0, where int16 is read or written: {@code QUANTIZE}, {@code RELU} and
 * the like, {@code LEAKY_RELU}. One multiplier for values of 0 or more, one for those below, then a clamp. A left shift
 * wraps.
 *
 * <p>Checked by: OperatorDifferentialTest, Int16QuantizeTest.
 */
public final class RescaleInt16 implements RowKernel {
    private final Elements inputElements;
    private final Elements outputElements;
    private final int inputZeroPoint;
    private final int outputZeroPoint;
    private final QuantizedMultiplier positive;
    private final QuantizedMultiplier negative;
    private final int min;
    private final int max;

    private RescaleInt16(
            Operands operands, QuantizedMultiplier positive, QuantizedMultiplier negative, Activation activation) {
        Tensor in = operands.input(0);
        Tensor out = operands.output();
        inputElements = Elements.of(in.type());
        outputElements = Elements.of(out.type());
        inputZeroPoint = in.quantization().zeroPoint();
        outputZeroPoint = out.quantization().zeroPoint();
        this.positive = positive;
        this.negative = negative;
        min = activation.min(out.quantization(), outputElements);
        max = activation.max(out.quantization(), outputElements);
    }

    /**
     * From int16 to int16, from int16 to int8, or from int8 to int16: the multiplier comes from the <em>double</em>
     * quotient of the scales.
     *
     * <p>Source: tensorflow:lite/kernels/quantize.cc, Prepare, and internal/reference/requantize.h; from int8 to int16
     * tflite-micro:tensorflow/lite/micro/kernels/quantize_common.cc.
     */
    public static RescaleInt16 quantize(Operands operands) {
        Quantization in = Int16Tensors.activationOfEither(operands.input(0)).quantization();
        Quantization out = Int16Tensors.activationOfEither(operands.output()).quantization();
        QuantizedMultiplier quotient = QuantizedMultiplier.of((double) in.scale() / out.scale());
        return new RescaleInt16(operands, quotient, quotient, Activation.NONE);
    }

    /**
     * A rescaling clamp, such as RELU: the multiplier comes from the <em>float</em> quotient of the scales.
     *
     * <p>Source: tensorflow:lite/kernels/activations.cc, ReluPrepare and QuantizedReluX.
     */
    public static RescaleInt16 clamp(Operands operands, Activation activation) {
        QuantizedMultiplier quotient = QuantizedMultiplier.of(quotient(operands));
        return new RescaleInt16(operands, quotient, quotient, activation);
    }

    /**
     * A leaky ReLU: both multipliers come from <em>float</em> quotients.
     *
     * <p>Source: tensorflow:lite/kernels/activations.cc, LeakyReluPrepare, and internal/reference/leaky_relu.h.
     *
     * @param alpha the slope below 0, at least 0
     */
    public static RescaleInt16 leaky(Operands operands, float alpha) {
        float quotient = quotient(operands);
        float scaledDown = operands.input(0).quantization().scale()
                * alpha
                / operands.output().quantization().scale();
        return new RescaleInt16(
                operands, QuantizedMultiplier.of(quotient), QuantizedMultiplier.of(scaledDown), Activation.NONE);
    }

    private static float quotient(Operands operands) {
        Quantization in = Int16Tensors.activation(operands.input(0)).quantization();
        Quantization out = Int16Tensors.activation(operands.output()).quantization();
        return in.scale() / out.scale();
    }

    /** The multiplier of values of 0 or more, which a target needs as a number. */
    public QuantizedMultiplier positive() {
        return positive;
    }

    /** The multiplier of values below 0, which a target needs as a number. */
    public QuantizedMultiplier negative() {
        return negative;
    }

    /** The least output. */
    public int min() {
        return min;
    }

    /** The greatest output. */
    public int max() {
        return max;
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        int count = out.rowBytes() / outputElements.bytes();
        for (int y = begin; y < end; y++) {
            int from = in.at(y);
            int to = out.at(y);
            for (int i = 0; i < count; i++) {
                int x = inputElements.get(in.memory(), from, i) - inputZeroPoint;
                int q = (x >= 0 ? positive : negative).apply(x) + outputZeroPoint;
                outputElements.set(out.memory(), to, i, FixedPoint.clamp(q, min, max));
            }
        }
    }
}
