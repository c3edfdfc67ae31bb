package org.tinytune.core.op.logistic;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.LookupTable;
import org.tinytune.core.op.NoParams;

/**
 * {@code LOGISTIC} in int8: the table that the reference fills in float.
 *
 * <p>Source: tensorflow:lite/kernels/activations.cc, SigmoidPrepare. Checked by: CurveTablesTest.
 */
public final class LogisticInt8 {
    private LogisticInt8() {}

    /** Checks the operands and computes the table. */
    public static LookupTable prepare(NoParams params, Operands operands) {
        Int8Tensors.requireOutput(operands, "LOGISTIC", Logistic.OUTPUT);
        return LookupTable.sampled(operands, LogisticInt8::value);
    }

    /** As a chain of floats: the exponential, the sum and the quotient are rounded to float each. */
    private static double value(double x) {
        return 1 / (1 + (float) StrictMath.exp(-x));
    }
}
