package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dInt16;
import org.tinytune.core.op.conv2d.Conv2dParams;

/** {@code CONV_2D} of int16. */
final class Conv2dInt16Emitter implements Emitter<Conv2dParams> {
    @Override
    public Operator<Conv2dParams> operator() {
        return Conv2d.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<Conv2dParams> site) {
        Operands operands = site.operands();
        Window window = new Window(
                Conv2d.rows(site.params(), operands.inputShapes()),
                Conv2d.columns(site.params(), operands.inputShapes()));
        KernelCall.Builder call = KernelCall.ofInt16("conv_2d")
                .summary(window.summary())
                .rows(window.rows().output())
                .geometry("input_height", window.rows().input())
                .geometry("input_width", window.columns().input())
                .geometry("input_channels", site.input(0).shape().dim(3))
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("output_height", window.rows().output())
                .geometry("output_width", window.columns().output())
                .geometry("output_channels", site.outputShape().dim(3))
                .geometry("output_ring_rows", site.outputRingRows());
        window.addFilter(call);
        window.addDilation(call);
        window.addPadding(call);
        WeightedInt16.addTo(
                call, operands, Conv2dInt16.prepare(site.params(), operands).requantizer());
        return List.of(call.build());
    }
}
