package org.tinytune.runtimegen.emit;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.mean.Mean;
import org.tinytune.core.op.mean.MeanKernel;
import org.tinytune.core.op.mean.MeanParams;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.tensor.Shape;

/** {@code MEAN}, over any extents of a tensor of rank 4 or less. */
final class MeanEmitter implements Emitter<MeanParams> {
    private static final List<String> EXTENTS = List.of("height", "width", "channels");

    @Override
    public Operator<MeanParams> operator() {
        return Mean.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<MeanParams> site) {
        Shape input = site.input(0).shape();
        int leading = EXTENTS.size() - input.rank();
        if (leading < -1) {
            throw new InvalidModelException("tensor '" + site.input(0).name() + "' is " + input
                    + ": the C kernel of MEAN takes rank 4 or less");
        }
        List<Integer> kept = new ArrayList<>();
        List<Integer> averaged = new ArrayList<>();
        for (int i = 0; i < EXTENTS.size(); i++) {
            int axis = i - leading;
            int extent = axis < 0 ? 1 : input.dim(axis);
            boolean stays = !site.params().axes().contains(axis);
            kept.add(stays ? extent : 1);
            averaged.add(stays ? 1 : extent);
        }
        QuantizedMultiplier multiplier =
                MeanKernel.prepare(site.params(), site.operands()).multiplier();

        KernelCall.Builder call = site.call("mean").rows(kept.get(0));
        for (int i = 0; i < EXTENTS.size(); i++) {
            call.geometry("kept_" + EXTENTS.get(i), kept.get(i)).geometry("mean_" + EXTENTS.get(i), averaged.get(i));
        }
        call.geometry("output_ring_rows", site.streamed() ? site.outputRingRows() : kept.get(0));
        if (!site.isInt16()) {
            call.quantization("input_zero_point", site.input(0).quantization().zeroPoint())
                    .quantization(
                            "output_zero_point", site.output().quantization().zeroPoint());
        }
        call.quantization("multiplier", multiplier.value()).quantization("shift", multiplier.shift());
        return List.of(call.build());
    }
}
