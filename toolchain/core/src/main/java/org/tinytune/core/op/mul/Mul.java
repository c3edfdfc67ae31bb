package org.tinytune.core.op.mul;

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
import org.tinytune.core.quant.Quantization;

/** {@code MUL}: the elementwise product of two operands. */
public final class Mul extends PairwiseOperator {
    /** The operator. */
    public static final Mul INSTANCE = new Mul();

    private Mul() {
        super("MUL", QuantSpec.ownRange(), 18, 21, new OptionsCodec.Versions(1, 2, 4, 7), Mul::needed, List.of());
    }

    /** Products that are scaled up came with version 3; whether they are is computed in float. */
    private static int needed(Operands operands) {
        Quantization first = operands.input(0).quantization();
        Quantization second = operands.input(1).quantization();
        Quantization product = operands.output().quantization();
        if (!first.isPresent() || !second.isPresent() || !product.isPresent() || product.scale() == 0) {
            return 1;
        }
        return first.scale() * second.scale() / product.scale() >= 1 ? 3 : 1;
    }

    @Override
    public Int8Kernel<PairwiseParams> int8() {
        return MulInt8::prepare;
    }

    @Override
    public Int16Kernel<PairwiseParams> int16() {
        return MulInt16::prepare;
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
