package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.mul.Mul;
import org.tinytune.core.op.mul.MulInt16;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Elements;

/** {@code MUL} of int16. */
final class MulInt16Emitter implements Emitter<PairwiseParams> {
    @Override
    public Operator<PairwiseParams> operator() {
        return Mul.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<PairwiseParams> site) {
        MulInt16 kernel = MulInt16.prepare(site.params(), site.operands());
        Quantization output = site.output().quantization();
        Activation activation = site.params().activation();
        return List.of(Pair.of(site)
                .call("mul", site)
                .quantization("output_multiplier", kernel.multiplier().value())
                .quantization("output_shift", kernel.multiplier().shift())
                .quantization("activation_min", activation.min(output, Elements.INT16))
                .quantization("activation_max", activation.max(output, Elements.INT16))
                .build());
    }
}
