package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.svdf.Svdf;
import org.tinytune.core.op.svdf.SvdfInt8;
import org.tinytune.core.op.svdf.SvdfParams;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.tensor.Shape;

/** {@code SVDF}: both matrices of weights as they are, and a multiplier for each. */
final class SvdfEmitter implements Emitter<SvdfParams> {
    @Override
    public Operator<SvdfParams> operator() {
        return Svdf.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<SvdfParams> site) {
        Operands operands = site.operands();
        SvdfInt8 kernel = SvdfInt8.prepare(site.params(), operands);
        Shape feature = operands.input(Svdf.FEATURE_WEIGHTS).shape();
        Shape time = operands.input(Svdf.TIME_WEIGHTS).shape();
        byte[] weights = operands.input(Svdf.FEATURE_WEIGHTS).int8Data();
        QuantizedMultiplier toState = kernel.toState();
        QuantizedMultiplier toOutput = kernel.toOutput().multiplier(0);
        site.input(0);

        return List.of(KernelCall.of("svdf")
                .summary("memory of " + time.dim(1) + " steps")
                .states(Svdf.STATE)
                .geometry("input_channels", feature.dim(1))
                .geometry("units", kernel.toOutput().channels())
                .geometry("rank", site.params().rank())
                .geometry("memory", time.dim(1))
                .quantization("feature_multiplier", toState.value())
                .quantization("feature_shift", toState.shift())
                .quantization("multiplier", toOutput.value())
                .quantization("shift", toOutput.shift())
                .quantization("output_zero_point", kernel.toOutput().zeroPoint())
                .array(FlashArray.of("feature_weights", weights))
                .array(FlashArray.of("feature_bias", kernel.featureBias()))
                .array(FlashArray.of(
                        "time_weights", operands.input(Svdf.TIME_WEIGHTS).int16Data()))
                .array(FlashArray.of("bias", kernel.bias()))
                .build());
    }
}
