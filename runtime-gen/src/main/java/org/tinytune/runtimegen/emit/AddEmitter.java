package org.tinytune.runtimegen.emit;

import java.util.Optional;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.add.AddInt8;
import org.tinytune.core.op.add.AddParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;

/**
 * {@code ADD}. The sum is the same whichever operand comes first, so a constant one, which is read from flash, comes
 * second.
 */
final class AddEmitter implements Emitter<AddParams> {
    @Override
    public Operator<AddParams> operator() {
        return Add.INSTANCE;
    }

    @Override
    public Optional<KernelCall> emit(Site<AddParams> site) {
        int first = site.operands().input(0).isConstant() ? 1 : 0;
        int second = 1 - first;
        Tensor addend = site.operands().input(second);
        AddInt8 kernel = AddInt8.prepare(site.params(), site.operands());
        Quantization output = site.output().quantization();
        Elementwise elements = Elementwise.of(site);

        KernelCall.Builder call = elements.addTo(KernelCall.of("add"))
                .geometry(
                        "input_1_ring_rows",
                        elements.ringRows(site.inputRingRows().get(first)))
                .geometry(
                        "input_2_ring_rows",
                        elements.ringRows(site.inputRingRows().get(second)))
                .geometry("output_ring_rows", elements.ringRows(site.outputRingRows()))
                .geometry("input_2_in_flash", addend.isConstant() ? 1 : 0);
        if (addend.isConstant()) {
            call.inputs(first).array(FlashArray.of("input_2", addend.int8Data()));
        } else {
            call.inputs(first, second);
        }
        addInput(call, "input_1", site.input(first).quantization(), kernel.inputMultiplier(first));
        addInput(call, "input_2", addend.quantization(), kernel.inputMultiplier(second));
        call.quantization("output_zero_point", output.zeroPoint())
                .quantization("output_multiplier", kernel.outputMultiplier().value())
                .quantization("output_shift", kernel.outputMultiplier().shift())
                .quantization("activation_min", site.params().activation().minInt8(output))
                .quantization("activation_max", site.params().activation().maxInt8(output));
        return Optional.of(call.build());
    }

    private static void addInput(
            KernelCall.Builder call, String input, Quantization quantization, QuantizedMultiplier multiplier) {
        call.quantization(input + "_zero_point", quantization.zeroPoint())
                .quantization(input + "_multiplier", multiplier.value())
                .quantization(input + "_shift", multiplier.shift());
    }
}
