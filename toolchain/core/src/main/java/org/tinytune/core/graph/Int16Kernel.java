package org.tinytune.core.graph;

/**
 * The definition of an operator whose activations are int16 with zero point 0, beside int8 weights: TFLite's 16x8
 * scheme. Integers only; what it reads and writes is little endian.
 *
 * @param <P> the operator's parameters
 */
public interface Int16Kernel<P extends Record> {
    /**
     * Checks types and quantization and derives multipliers and tables, once.
     *
     * @throws InvalidModelException naming what the kernel cannot compute
     */
    RowKernel prepare(P params, Operands operands);

    /** Whether there is such a kernel at all. */
    default boolean isPresent() {
        return true;
    }

    /** The kernel of an operator that TFLite does not define for int16, or that no device here computes so. */
    static <P extends Record> Int16Kernel<P> none(String operator) {
        return new Int16Kernel<>() {
            @Override
            public RowKernel prepare(P params, Operands operands) {
                throw new InvalidModelException(operator + " is not supported with int16 activations");
            }

            @Override
            public boolean isPresent() {
                return false;
            }
        };
    }
}
