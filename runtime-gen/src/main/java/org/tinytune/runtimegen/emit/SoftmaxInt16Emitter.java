package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxInt16;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.tensor.Shape;

/** {@code SOFTMAX} of int16, with its two tables of 1026 bytes each. */
final class SoftmaxInt16Emitter implements Emitter<SoftmaxParams> {
    @Override
    public Operator<SoftmaxParams> operator() {
        return Softmax.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<SoftmaxParams> site) {
        QuantizedMultiplier multiplier =
                SoftmaxInt16.prepare(site.params(), site.operands()).multiplier();
        Shape shape = site.input(0).shape();
        int channels = shape.dim(-1);
        return List.of(KernelCall.ofInt16("softmax")
                .rows(shape.rows())
                .geometry("height", shape.rows())
                .geometry("width", shape.rowElements() / channels)
                .geometry("channels", channels)
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("output_ring_rows", site.outputRingRows())
                .quantization("multiplier", multiplier.value())
                .quantization("shift", multiplier.shift())
                .array(FlashArray.of("exponential", SoftmaxInt16.exponentialTable()))
                .array(FlashArray.of("reciprocal", SoftmaxInt16.reciprocalTable()))
                .build());
    }
}
