package org.tinytune.core.op;

import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;

/**
 * {@code MAXIMUM} and {@code MINIMUM} in int8: integers are compared as they are, and never rescaled.
 *
 * <p>Source: tensorflow:lite/kernels/maximum_minimum.cc and internal/reference/maximum_minimum.h,
 * MaximumMinimumBroadcastSlow. Checked by: ExtremumInt8Test, OperatorDifferentialTest.
 */
public final class ExtremumInt8 extends PairwiseInt8 {
    private final boolean maximum;

    private ExtremumInt8(boolean maximum) {
        this.maximum = maximum;
    }

    /**
     * Checks the operands.
     *
     * @throws InvalidModelException if they are not quantized alike
     */
    public static ExtremumInt8 prepare(Operands operands, boolean maximum) {
        for (int i = 0; i < 2; i++) {
            Int8Tensors.activation(operands.input(i));
        }
        Int8Tensors.activation(operands.output());
        for (int i = 0; i < 2; i++) {
            Int8Tensors.requireSameQuantization(operands, i);
        }
        return new ExtremumInt8(maximum);
    }

    @Override
    public int apply(int first, int second) {
        return maximum ? Math.max(first, second) : Math.min(first, second);
    }
}
