package org.tinytune.runtimegen.emit;

import java.util.Optional;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.add.AddInt8;
import org.tinytune.core.op.add.AddParams;
import org.tinytune.core.quant.Quantization;

/** {@code ADD}. */
final class AddEmitter implements Emitter<AddParams> {
    @Override
    public Operator<AddParams> operator() {
        return Add.INSTANCE;
    }

    @Override
    public Optional<KernelCall> emit(Site<AddParams> site) {
        AddInt8 kernel = AddInt8.prepare(site.params(), site.operands());
        Quantization output = site.output().quantization();
        Elementwise elements = Elementwise.of(site);

        KernelCall.Builder call = elements.addTo(KernelCall.of("add").inputs(0, 1))
                .geometry(
                        "input_1_ring_rows",
                        elements.ringRows(site.inputRingRows().get(0)))
                .geometry(
                        "input_2_ring_rows",
                        elements.ringRows(site.inputRingRows().get(1)))
                .geometry("output_ring_rows", elements.ringRows(site.outputRingRows()));
        for (int i = 0; i < 2; i++) {
            String input = "input_" + (i + 1);
            call.quantization(
                            input + "_zero_point", site.input(i).quantization().zeroPoint())
                    .quantization(
                            input + "_multiplier", kernel.inputMultiplier(i).value())
                    .quantization(input + "_shift", kernel.inputMultiplier(i).shift());
        }
        call.quantization("output_zero_point", output.zeroPoint())
                .quantization("output_multiplier", kernel.outputMultiplier().value())
                .quantization("output_shift", kernel.outputMultiplier().shift())
                .quantization("activation_min", site.params().activation().minInt8(output))
                .quantization("activation_max", site.params().activation().maxInt8(output));
        return Optional.of(call.build());
    }
}
