package org.tinytune.core.graph;

/**
 * The definition of an operator in int8: short, obvious, integers only. The simulator runs it, and every faster kernel
 * is tested equal to it.
 *
 * @param <P> the operator's parameters
 */
public interface Int8Kernel<P extends Record> {
    /**
     * Checks types and quantization and derives multipliers and tables, once.
     *
     * @throws InvalidModelException naming what the kernel cannot compute
     */
    RowKernel prepare(P params, Operands operands);

    /** The kernel of an operator that never reaches a device. */
    static <P extends Record> Int8Kernel<P> none(String reason) {
        return (params, operands) -> {
            throw new InvalidModelException(
                    operands.outputs().get(0).name() + ": the operator has no int8 form: " + reason);
        };
    }
}
