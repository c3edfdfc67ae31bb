package org.tinytune.core.op.add;

import java.util.List;
import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.Int16Kernel;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.QatKernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.PairwiseOperator;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.ScaledSumInt16;
import org.tinytune.core.op.ScaledSumInt8;

/** {@code ADD}: the elementwise sum of two operands. */
public final class Add extends PairwiseOperator {
    /** The operator. */
    public static final Add INSTANCE = new Add();

    private Add() {
        super(
                "ADD",
                QuantSpec.ownRange(ScaledSumInt8.LEAST_SCALE),
                0,
                11,
                new OptionsCodec.Versions(1, 2, 3, 5),
                operands -> 1,
                List.of(POWERS_OF_TWO));
    }

    @Override
    public boolean gradientInPlace() {
        return true;
    }

    @Override
    public Int8Kernel<PairwiseParams> int8() {
        return (params, operands) -> ScaledSumInt8.sum(operands, params.activation());
    }

    @Override
    public Int16Kernel<PairwiseParams> int16() {
        return (params, operands) -> ScaledSumInt16.sum(operands, params.activation());
    }

    @Override
    public Float32Kernel<PairwiseParams> float32() {
        return AddTraining::float32;
    }

    @Override
    public QatKernel<PairwiseParams> qat() {
        return AddTraining::qat;
    }
}
