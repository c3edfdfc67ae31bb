package org.tinytune.runtimegen.emit;

import java.util.List;
import java.util.function.BiFunction;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.RescaleInt16;
import org.tinytune.core.tensor.ElementType;

/** Unary operators that are linear on each side of 0, in int16; of these QUANTIZE also from and to int8. */
record RescaleInt16Emitter<P extends Record>(Operator<P> operator, BiFunction<P, Operands, RescaleInt16> prepare)
        implements Emitter<P> {

    @Override
    public List<KernelCall> emit(Site<P> site) {
        RescaleInt16 kernel = prepare.apply(site.params(), site.operands());
        Elementwise elements = Elementwise.of(site);
        ElementType input = site.input(0).type();
        ElementType output = site.output().type();
        if (input == output) {
            return List.of(elements.addElementsTo(KernelCall.ofInt16("rescale"), site)
                    .quantization("positive_multiplier", kernel.positive().value())
                    .quantization("positive_shift", kernel.positive().shift())
                    .quantization("negative_multiplier", kernel.negative().value())
                    .quantization("negative_shift", kernel.negative().shift())
                    .quantization("activation_min", kernel.min())
                    .quantization("activation_max", kernel.max())
                    .build());
        }
        boolean narrows = output == ElementType.INT8;
        String name = narrows ? "quantize_s16_s8" : "quantize_s8_s16";
        KernelCall.Builder call = elements.addElementsTo(KernelCall.of(name, input, output), site);
        if (narrows) {
            call.quantization("output_zero_point", site.output().quantization().zeroPoint());
        } else {
            call.quantization("input_zero_point", site.input(0).quantization().zeroPoint());
        }
        return List.of(call.quantization("multiplier", kernel.positive().value())
                .quantization("shift", kernel.positive().shift())
                .build());
    }
}
