package org.tinytune.core.op.prelu;

import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;

/**
 * {@code PRELU} in int8: what is not negative is rescaled; the rest is multiplied by its slope, a product of at most
 * 255², and rescaled with another multiplier. Both multipliers are computed from the scales in <em>float</em>.
 *
 * <p>Source: tensorflow:lite/kernels/activations.cc, PreluPrepare, and internal/reference/prelu.h,
 * BroadcastPrelu4DSlow. Checked by: PreluInt8Test, OperatorDifferentialTest.
 */
public final class PreluInt8 implements RowKernel {
    private final byte[] slopes;
    private final int inputZeroPoint;
    private final int slopeZeroPoint;
    private final int outputZeroPoint;
    private final QuantizedMultiplier identity;
    private final QuantizedMultiplier product;

    private PreluInt8(Operands operands) {
        Quantization in = Int8Tensors.activation(operands.input(0)).quantization();
        Tensor alpha = Int8Tensors.activation(operands.input(1));
        Quantization out = Int8Tensors.activation(operands.output()).quantization();
        slopes = alpha.int8Data();
        inputZeroPoint = in.zeroPoint();
        slopeZeroPoint = alpha.quantization().zeroPoint();
        outputZeroPoint = out.zeroPoint();
        identity = QuantizedMultiplier.of(in.scale() / out.scale());
        product = QuantizedMultiplier.of(in.scale() * alpha.quantization().scale() / out.scale());
    }

    /**
     * Checks the operands and derives the multipliers.
     *
     * @throws InvalidModelException if the slopes are no constant
     */
    public static PreluInt8 prepare(NoParams params, Operands operands) {
        return new PreluInt8(operands);
    }

    /** The multiplier of values that are not negative, which a target needs as a number. */
    public QuantizedMultiplier identity() {
        return identity;
    }

    /** The multiplier of products with slopes, which a target needs as a number. */
    public QuantizedMultiplier product() {
        return product;
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        for (int y = begin; y < end; y++) {
            for (int i = 0; i < out.rowBytes(); i++) {
                int slope = slopes[(y * out.rowBytes() + i) % slopes.length];
                out.memory()[out.at(y) + i] = apply(in.memory()[in.at(y) + i], slope);
            }
        }
    }

    private byte apply(int q, int slope) {
        int x = q - inputZeroPoint;
        int y = x >= 0 ? identity.apply(x) : product.apply(x * (slope - slopeZeroPoint));
        return (byte) FixedPoint.clamp(y + outputZeroPoint, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }
}
