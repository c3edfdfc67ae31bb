package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.mul.Mul;
import org.tinytune.core.op.mul.MulInt8;
import org.tinytune.core.quant.Quantization;

/** {@code MUL}. */
final class MulEmitter implements Emitter<PairwiseParams> {
    @Override
    public Operator<PairwiseParams> operator() {
        return Mul.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<PairwiseParams> site) {
        MulInt8 kernel = MulInt8.prepare(site.params(), site.operands());
        Quantization output = site.output().quantization();
        Pair pair = Pair.of(site);

        return List.of(pair.call("mul", site)
                .quantization("input_1_zero_point", zeroPoint(site, pair.first()))
                .quantization("input_2_zero_point", zeroPoint(site, pair.second()))
                .quantization("output_zero_point", output.zeroPoint())
                .quantization("output_multiplier", kernel.multiplier().value())
                .quantization("output_shift", kernel.multiplier().shift())
                .quantization("activation_min", site.params().activation().minInt8(output))
                .quantization("activation_max", site.params().activation().maxInt8(output))
                .build());
    }

    private static int zeroPoint(Site<?> site, int operand) {
        return site.operands().input(operand).quantization().zeroPoint();
    }
}
