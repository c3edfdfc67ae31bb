package org.tinytune.core.op.sub;

import java.util.List;
import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.Int16Kernel;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.QatKernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.PairwiseOperator;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.ScaledSumInt16;
import org.tinytune.core.op.ScaledSumInt8;
import org.tinytune.core.tensor.Shape;

/** {@code SUB}: the elementwise difference of two operands. */
public final class Sub extends PairwiseOperator {
    /** The operator. */
    public static final Sub INSTANCE = new Sub();

    private Sub() {
        super(
                "SUB",
                QuantSpec.ownRange(ScaledSumInt8.LEAST_SCALE),
                41,
                28,
                new OptionsCodec.Versions(1, 2, 5, 5),
                Sub::needed,
                List.of(POWERS_OF_TWO));
    }

    /** Operands of different shapes, and more than four extents, came with version 3. */
    private static int needed(Operands operands) {
        Shape first = operands.input(0).shape();
        Shape second = operands.input(1).shape();
        boolean large = Math.max(first.rank(), second.rank()) > 4;
        return large && !first.equals(second) ? 3 : 1;
    }

    @Override
    public Int8Kernel<PairwiseParams> int8() {
        return (params, operands) -> ScaledSumInt8.difference(operands, params.activation());
    }

    @Override
    public Int16Kernel<PairwiseParams> int16() {
        return (params, operands) -> ScaledSumInt16.difference(operands, params.activation());
    }

    @Override
    public Float32Kernel<PairwiseParams> float32() {
        return SubTraining::float32;
    }

    @Override
    public QatKernel<PairwiseParams> qat() {
        return SubTraining::qat;
    }
}
