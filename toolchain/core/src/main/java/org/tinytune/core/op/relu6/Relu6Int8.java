package org.tinytune.core.op.relu6;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.LookupTable;
import org.tinytune.core.op.NoParams;

/** {@code RELU6} in int8, which may rescale: a table of 256 values. */
public final class Relu6Int8 {
    private Relu6Int8() {}

    /** Checks the operands and computes the table. */
    public static LookupTable prepare(NoParams params, Operands operands) {
        return LookupTable.clamp(operands, Activation.RELU6);
    }
}
