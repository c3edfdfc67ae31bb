package org.tinytune.core.op.tanh;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.LookupTable;
import org.tinytune.core.op.NoParams;

/**
 * {@code TANH} in int8: the table that the reference fills in float, with a hyperbolic tangent that is rounded
 * correctly.
 *
 * <p>The reference calls the C library of its host, which may be off by a unit in the last place; where a value lies
 * that close to the middle between two steps, the table of such a host differs by a step.
 *
 * <p>Source: tensorflow:lite/kernels/activations.cc, TanhPrepare. Checked by: CurveTablesTest.
 */
public final class TanhInt8 {
    private TanhInt8() {}

    /** Checks the operands and computes the table. */
    public static LookupTable prepare(NoParams params, Operands operands) {
        Int8Tensors.requireOutput(operands, "TANH", Tanh.OUTPUT);
        return LookupTable.sampled(operands, StrictMath::tanh);
    }
}
