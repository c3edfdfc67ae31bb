package org.tinytune.core.op.mul;

import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.QatKernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.PairwiseOperator;
import org.tinytune.core.op.PairwiseParams;

/** {@code MUL}: the elementwise product of two operands. */
public final class Mul extends PairwiseOperator {
    /** The operator. */
    public static final Mul INSTANCE = new Mul();

    private Mul() {
        super("MUL", QuantSpec.ownRange(), 18, 21, new OptionsCodec.Versions(1, 2, 7));
    }

    @Override
    public Int8Kernel<PairwiseParams> int8() {
        return MulInt8::prepare;
    }

    @Override
    public Float32Kernel<PairwiseParams> float32() {
        return MulTraining::float32;
    }

    @Override
    public QatKernel<PairwiseParams> qat() {
        return MulTraining::qat;
    }
}
