package org.tinytune.runtimegen.emit;

import java.util.List;
import java.util.function.BiFunction;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.ScaledSumInt8;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;

/** {@code ADD} and {@code SUB}: one kernel, which adds or subtracts either operand. */
final class SumEmitter<P extends Record> implements Emitter<P> {
    private final Fusing<P> operator;
    private final BiFunction<Operands, Activation, ScaledSumInt8> prepare;
    private final int secondSign;

    SumEmitter(Fusing<P> operator, BiFunction<Operands, Activation, ScaledSumInt8> prepare, int secondSign) {
        this.operator = operator;
        this.prepare = prepare;
        this.secondSign = secondSign;
    }

    @Override
    public Operator<P> operator() {
        return operator;
    }

    @Override
    public List<KernelCall> emit(Site<P> site) {
        Activation activation = operator.activation(site.params());
        ScaledSumInt8 kernel = prepare.apply(site.operands(), activation);
        Quantization output = site.output().quantization();
        Pair pair = Pair.of(site);

        KernelCall.Builder call = pair.call("add", site)
                .geometry("input_1_sign", sign(pair.first()))
                .geometry("input_2_sign", sign(pair.second()));
        addInput(call, "input_1", quantization(site, pair.first()), kernel.inputMultiplier(pair.first()));
        addInput(call, "input_2", quantization(site, pair.second()), kernel.inputMultiplier(pair.second()));
        call.quantization("output_zero_point", output.zeroPoint())
                .quantization("output_multiplier", kernel.outputMultiplier().value())
                .quantization("output_shift", kernel.outputMultiplier().shift())
                .quantization("activation_min", activation.minInt8(output))
                .quantization("activation_max", activation.maxInt8(output));
        return List.of(call.build());
    }

    private int sign(int operand) {
        return operand == 0 ? 1 : secondSign;
    }

    private static Quantization quantization(Site<?> site, int operand) {
        return site.operands().input(operand).quantization();
    }

    private static void addInput(
            KernelCall.Builder call, String input, Quantization quantization, QuantizedMultiplier multiplier) {
        call.quantization(input + "_zero_point", quantization.zeroPoint())
                .quantization(input + "_multiplier", multiplier.value())
                .quantization(input + "_shift", multiplier.shift());
    }
}
