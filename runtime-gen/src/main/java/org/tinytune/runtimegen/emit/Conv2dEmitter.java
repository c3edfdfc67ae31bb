package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dInt8;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.runtimegen.CTarget;

/** {@code CONV_2D}: the weights as they are, {@code [C_OUT, KH, KW, C_IN]}. */
final class Conv2dEmitter implements Emitter<Conv2dParams> {
    @Override
    public Operator<Conv2dParams> operator() {
        return Conv2d.INSTANCE;
    }

    /** One window of the input; none if that is one pixel, which is read where it lies. */
    @Override
    public int scratchBytes(Conv2dParams params, Operands operands, CTarget target, String variant) {
        Shape weights = operands.input(1).shape();
        int window = weights.elements() / weights.dim(0);
        return window > weights.dim(3) ? window : 0;
    }

    @Override
    public List<KernelCall> emit(Site<Conv2dParams> site) {
        Operands operands = site.operands();
        Conv2dParams params = site.params();
        byte[] weights = operands.input(1).int8Data();
        int channels = site.outputShape().dim(3);
        Window window =
                new Window(Conv2d.rows(params, operands.inputShapes()), Conv2d.columns(params, operands.inputShapes()));

        KernelCall.Builder call = KernelCall.of("conv_2d")
                .summary(window.summary())
                .scratch(scratchBytes(params, operands, site.target(), site.variant()))
                .rows(window.rows().output())
                .geometry("input_height", window.rows().input())
                .geometry("input_width", window.columns().input())
                .geometry("input_channels", site.input(0).shape().dim(3))
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("output_height", window.rows().output())
                .geometry("output_width", window.columns().output())
                .geometry("output_channels", channels)
                .geometry("output_ring_rows", site.outputRingRows());
        window.addFilter(call);
        window.addDilation(call);
        window.addPadding(call);
        call.quantization("input_zero_point", site.input(0).quantization().zeroPoint())
                .array(FlashArray.of("weights", weights))
                .array(Weighted.foldedBias(operands, weights, channels));
        Weighted.requantize(call, Conv2dInt8.prepare(params, operands).requantizer());
        return List.of(call.build());
    }
}
