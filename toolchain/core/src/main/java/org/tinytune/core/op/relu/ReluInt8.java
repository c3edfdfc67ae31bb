package org.tinytune.core.op.relu;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.LookupTable;
import org.tinytune.core.op.NoParams;

/** {@code RELU} in int8, which may rescale: a table of 256 values. */
public final class ReluInt8 {
    private ReluInt8() {}

    /** Checks the operands and computes the table. */
    public static LookupTable prepare(NoParams params, Operands operands) {
        return LookupTable.clamp(operands, Activation.RELU);
    }
}
