package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dInt8;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;

/**
 * {@code DEPTHWISE_CONV_2D}: the weights transposed to {@code [C_OUT, KH, KW]}, so that a channel's taps are one run.
 */
final class DepthwiseConv2dEmitter implements Emitter<DepthwiseConv2dParams> {
    /** The kernel counts taps in bytes. */
    private static final int MAX_TAPS = 255;

    @Override
    public Operator<DepthwiseConv2dParams> operator() {
        return DepthwiseConv2d.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<DepthwiseConv2dParams> site) {
        Operands operands = site.operands();
        DepthwiseConv2dParams params = site.params();
        int channels = site.outputShape().dim(3);
        byte[] weights = transposed(operands.input(1).int8Data(), channels);
        Window window = new Window(
                DepthwiseConv2d.rows(params, operands.inputShapes()),
                DepthwiseConv2d.columns(params, operands.inputShapes()));
        if (window.rows().taps() > MAX_TAPS || window.columns().taps() > MAX_TAPS) {
            throw new InvalidModelException("weights '" + operands.input(1).name() + "': the C kernel takes windows of "
                    + MAX_TAPS + " by " + MAX_TAPS + " taps at most");
        }

        KernelCall.Builder call = KernelCall.of("depthwise_conv_2d")
                .summary(window.summary())
                .rows(window.rows().output())
                .geometry("input_height", window.rows().input())
                .geometry("input_width", window.columns().input())
                .geometry("input_channels", site.input(0).shape().dim(3))
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("output_height", window.rows().output())
                .geometry("output_width", window.columns().output())
                .geometry("output_ring_rows", site.outputRingRows())
                .geometry("depth_multiplier", params.depthMultiplier());
        window.addFilter(call);
        window.addDilation(call);
        window.addPadding(call);
        call.quantization("input_zero_point", site.input(0).quantization().zeroPoint())
                .array(FlashArray.of("weights", weights))
                .array(Weighted.foldedBias(operands, weights, channels));
        Weighted.requantize(call, DepthwiseConv2dInt8.prepare(params, operands).requantizer());
        return List.of(call.build());
    }

    /** From {@code [taps, channels]} to {@code [channels, taps]}. */
    private static byte[] transposed(byte[] weights, int channels) {
        int taps = weights.length / channels;
        byte[] result = new byte[weights.length];
        for (int tap = 0; tap < taps; tap++) {
            for (int c = 0; c < channels; c++) {
                result[c * taps + tap] = weights[tap * channels + c];
            }
        }
        return result;
    }
}
