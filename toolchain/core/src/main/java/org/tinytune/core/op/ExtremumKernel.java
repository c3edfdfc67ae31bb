package org.tinytune.core.op;

import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.tensor.Elements;

/**
 * {@code MAXIMUM} and {@code MINIMUM} in int8 or int16: integers are compared as they are, and never rescaled.
 *
 * <p>Source: tensorflow:lite/kernels/maximum_minimum.cc and internal/reference/maximum_minimum.h,
 * MaximumMinimumBroadcastSlow. Checked by: ExtremumInt8Test, OperatorDifferentialTest.
 */
public final class ExtremumKernel extends PairwiseKernel {
    private final boolean maximum;

    private ExtremumKernel(Elements elements, boolean maximum) {
        super(elements);
        this.maximum = maximum;
    }

    /**
     * Checks the operands.
     *
     * @throws InvalidModelException if they are not quantized alike
     */
    public static ExtremumKernel prepare(Operands operands, boolean maximum) {
        for (int i = 0; i < 2; i++) {
            Int16Tensors.activationOfEither(operands.input(i));
        }
        Int16Tensors.activationOfEither(operands.output());
        for (int i = 0; i < 2; i++) {
            Int8Tensors.requireSameQuantization(operands, i);
        }
        return new ExtremumKernel(Elements.of(operands.output().type()), maximum);
    }

    @Override
    public int apply(int first, int second) {
        return maximum ? Math.max(first, second) : Math.min(first, second);
    }
}
