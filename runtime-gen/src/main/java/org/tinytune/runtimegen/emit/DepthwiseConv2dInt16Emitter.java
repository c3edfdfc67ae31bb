package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dInt16;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;

/** {@code DEPTHWISE_CONV_2D} of int16. */
final class DepthwiseConv2dInt16Emitter implements Emitter<DepthwiseConv2dParams> {
    @Override
    public Operator<DepthwiseConv2dParams> operator() {
        return DepthwiseConv2d.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<DepthwiseConv2dParams> site) {
        Operands operands = site.operands();
        Window window = new Window(
                DepthwiseConv2d.rows(site.params(), operands.inputShapes()),
                DepthwiseConv2d.columns(site.params(), operands.inputShapes()));
        KernelCall.Builder call = KernelCall.ofInt16("depthwise_conv_2d")
                .summary(window.summary())
                .rows(window.rows().output())
                .geometry("input_height", window.rows().input())
                .geometry("input_width", window.columns().input())
                .geometry("input_channels", site.input(0).shape().dim(3))
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("output_height", window.rows().output())
                .geometry("output_width", window.columns().output())
                .geometry("output_ring_rows", site.outputRingRows())
                .geometry("depth_multiplier", site.params().depthMultiplier());
        window.addFilter(call);
        window.addDilation(call);
        window.addPadding(call);
        WeightedInt16.addTo(
                call,
                operands,
                DepthwiseConv2dInt16.prepare(site.params(), operands).requantizer());
        return List.of(call.build());
    }
}
