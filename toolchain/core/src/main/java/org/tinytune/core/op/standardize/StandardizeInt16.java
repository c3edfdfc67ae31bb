package org.tinytune.core.op.standardize;

import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.tensor.Elements;

/**
 * {@code STANDARDIZE} from int16 to int8: {@code zeroPoint + (((x - mean) · factor + 2^(shift-1)) >> shift)},
 * saturated. The difference is saturated to int16 first, so that its product with a factor is at most 2^30 in
 * magnitude.
 *
 * <p>Checked by: StandardizeTest, DspBlockDifferentialTest.
 */
public final class StandardizeInt16 implements RowKernel {
    private final short[] means;
    private final short[] factors;
    private final int shift;
    private final int zeroPoint;

    private StandardizeInt16(short[] means, short[] factors, int shift, int zeroPoint) {
        this.means = means;
        this.factors = factors;
        this.shift = shift;
        this.zeroPoint = zeroPoint;
    }

    /**
     * Checks the operands.
     *
     * @throws InvalidModelException if the features are not int16, the output is not int8, or means and factors are no
     *     int16 constants, or a factor is negative
     */
    public static StandardizeInt16 prepare(StandardizeParams params, Operands operands) {
        Int16Tensors.activation(operands.input(0));
        Tensor output = Int8Tensors.activation(operands.output());
        short[] factors = operands.input(2).int16Data();
        for (short factor : factors) {
            if (factor < 0) {
                throw new InvalidModelException(
                        "tensor '" + operands.input(2).name() + "' holds a factor of " + factor);
            }
        }
        return new StandardizeInt16(
                operands.input(1).int16Data(),
                factors,
                params.shift(),
                output.quantization().zeroPoint());
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        for (int y = begin; y < end; y++) {
            for (int i = 0; i < means.length; i++) {
                int x = Elements.INT16.get(in.memory(), in.at(y), i);
                out.memory()[out.at(y) + i] = apply(x, i);
            }
        }
    }

    private byte apply(int x, int i) {
        int difference = FixedPoint.clamp(x - means[i], Short.MIN_VALUE, Short.MAX_VALUE);
        int rounded = (difference * factors[i] + (1 << (shift - 1))) >> shift;
        return (byte) FixedPoint.clamp(rounded + zeroPoint, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }
}
