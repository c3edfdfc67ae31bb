package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.prelu.Prelu;
import org.tinytune.core.op.prelu.PreluInt8;

/** {@code PRELU}. */
final class PreluEmitter implements Emitter<NoParams> {
    @Override
    public Operator<NoParams> operator() {
        return Prelu.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<NoParams> site) {
        PreluInt8 kernel = PreluInt8.prepare(site.params(), site.operands());
        Tensor slopes = site.operands().input(1);
        Elementwise elements = Elementwise.of(site);
        int rowBytes = elements.rowElements();

        return List.of(elements.addTo(KernelCall.of("prelu"))
                .geometry(
                        "input_ring_rows",
                        elements.ringRows(site.inputRingRows().get(0)))
                .geometry("output_ring_rows", elements.ringRows(site.outputRingRows()))
                .geometry("slopes", Math.min(rowBytes, slopes.shape().elements()))
                .geometry("slopes_of_rows", slopes.shape().elements() > rowBytes ? 1 : 0)
                .quantization("input_zero_point", site.input(0).quantization().zeroPoint())
                .quantization("slope_zero_point", slopes.quantization().zeroPoint())
                .quantization("output_zero_point", site.output().quantization().zeroPoint())
                .quantization("identity_multiplier", kernel.identity().value())
                .quantization("identity_shift", kernel.identity().shift())
                .quantization("product_multiplier", kernel.product().value())
                .quantization("product_shift", kernel.product().shift())
                .array(FlashArray.of("slope", slopes.int8Data()))
                .build());
    }
}
