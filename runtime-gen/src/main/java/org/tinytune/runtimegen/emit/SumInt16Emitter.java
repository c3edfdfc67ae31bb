package org.tinytune.runtimegen.emit;

import java.util.List;
import java.util.function.BiFunction;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.ScaledSumInt16;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.tensor.Elements;

/**
 * {@code ADD} and {@code SUB} of int16: one kernel, which adds or subtracts either operand.
 *
 * @param secondSign 1, or -1 where the second operand is subtracted
 */
record SumInt16Emitter<P extends Record>(
        Fusing<P> operator, BiFunction<Operands, Activation, ScaledSumInt16> prepare, int secondSign)
        implements Emitter<P> {

    @Override
    public List<KernelCall> emit(Site<P> site) {
        Activation activation = operator.activation(site.params());
        ScaledSumInt16 kernel = prepare.apply(site.operands(), activation);
        Quantization output = site.output().quantization();
        Pair pair = Pair.of(site);

        KernelCall.Builder call = pair.call("add", site)
                .geometry("input_1_sign", sign(pair.first()))
                .geometry("input_2_sign", sign(pair.second()));
        addMultiplier(call, "input_1", kernel.inputMultiplier(pair.first()));
        addMultiplier(call, "input_2", kernel.inputMultiplier(pair.second()));
        addMultiplier(call, "output", kernel.outputMultiplier());
        call.quantization("activation_min", activation.min(output, Elements.INT16))
                .quantization("activation_max", activation.max(output, Elements.INT16));
        return List.of(call.build());
    }

    private int sign(int operand) {
        return operand == 0 ? 1 : secondSign;
    }

    private static void addMultiplier(KernelCall.Builder call, String tensor, QuantizedMultiplier multiplier) {
        call.quantization(tensor + "_multiplier", multiplier.value())
                .quantization(tensor + "_shift", multiplier.shift());
    }
}
