package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dInt8;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;
import org.tinytune.core.quant.Requantizer;
import org.tinytune.runtimegen.CTarget;

/**
 * {@code DEPTHWISE_CONV_2D}: the weights transposed to {@code [C_OUT, KH, KW]}, so that a channel's taps are one run; 3
 * by 3 on pairs or by blocks where the target has them, otherwise window by window.
 */
final class DepthwiseConv2dEmitter implements Emitter<DepthwiseConv2dParams> {
    private static final int TAPS = 3;

    private static final List<KernelVariant<DepthwiseConv2dParams>> VARIANTS =
            List.of(new ThreeByThree(), new ThreeByThreeByBlocks(), new AnyWindow());

    @Override
    public Operator<DepthwiseConv2dParams> operator() {
        return DepthwiseConv2d.INSTANCE;
    }

    @Override
    public List<String> variants(DepthwiseConv2dParams params, Operands operands, CTarget target) {
        return KernelVariant.serving(VARIANTS, params, operands, target);
    }

    @Override
    public int scratchBytes(DepthwiseConv2dParams params, Operands operands, CTarget target, String variant) {
        return KernelVariant.named(VARIANTS, variant).scratchBytes(params, operands, target);
    }

    @Override
    public List<KernelCall> emit(Site<DepthwiseConv2dParams> site) {
        return List.of(KernelVariant.named(VARIANTS, site.variant()).emit(site));
    }

    private static Window window(DepthwiseConv2dParams params, Operands operands) {
        return new Window(
                DepthwiseConv2d.rows(params, operands.inputShapes()),
                DepthwiseConv2d.columns(params, operands.inputShapes()));
    }

    private static Requantizer requantizer(DepthwiseConv2dParams params, Operands operands) {
        return DepthwiseConv2dInt8.prepare(params, operands).requantizer();
    }

    private static byte[] weights(Operands operands) {
        return transposed(
                operands.input(1).int8Data(), operands.output().shape().dim(3));
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

    /** Any geometry, a channel at a time. */
    private static final class AnyWindow implements KernelVariant<DepthwiseConv2dParams> {
        /** The kernel counts taps in bytes. */
        private static final int MAX_TAPS = 255;

        @Override
        public String name() {
            return Emitter.ONLY_VARIANT;
        }

        @Override
        public boolean serves(DepthwiseConv2dParams params, Operands operands, CTarget target) {
            return true;
        }

        @Override
        public int scratchBytes(DepthwiseConv2dParams params, Operands operands, CTarget target) {
            return 0;
        }

        @Override
        public KernelCall emit(Site<DepthwiseConv2dParams> site) {
            Operands operands = site.operands();
            Window window = window(site.params(), operands);
            if (window.rows().taps() > MAX_TAPS || window.columns().taps() > MAX_TAPS) {
                throw new InvalidModelException("weights '" + operands.input(1).name()
                        + "': the C kernel takes windows of " + MAX_TAPS + " by " + MAX_TAPS + " taps at most");
            }
            byte[] weights = weights(operands);
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
                    .geometry("depth_multiplier", site.params().depthMultiplier());
            window.addFilter(call);
            window.addDilation(call);
            window.addPadding(call);
            call.quantization("input_zero_point", site.input(0).quantization().zeroPoint())
                    .array(FlashArray.of("weights", weights))
                    .array(Weighted.foldedBias(
                            operands, weights, site.outputShape().dim(3)));
            Weighted.requantize(call, requantizer(site.params(), operands));
            return call.build();
        }
    }

    /** Whether a window is 3 by 3, of one channel, with at most one row or column of padding on each side. */
    private static boolean isThreeByThree(DepthwiseConv2dParams params, Operands operands) {
        Window window = window(params, operands);
        int stride = window.rows().stride();
        return isPlain(window.rows())
                && isPlain(window.columns())
                && stride <= 2
                && stride == window.columns().stride()
                && params.depthMultiplier() == 1;
    }

    private static boolean isPlain(SlidingWindow window) {
        return window.taps() == TAPS && window.dilation() == 1 && window.before() <= 1 && after(window) <= 1;
    }

    /** How much padding the last window sees behind the input. */
    private static int after(SlidingWindow window) {
        int end = (window.output() - 1) * window.stride() - window.before() + TAPS;
        return Math.max(0, end - window.input());
    }

    private static PairedWeights pairedWeights(DepthwiseConv2dParams params, Operands operands) {
        return PairedWeights.perChannel(
                operands, weights(operands), operands.output().shape().dim(3), requantizer(params, operands));
    }

    /** What both kernels for 3 by 3 take. */
    private static KernelCall threeByThree(
            String kernel, Site<DepthwiseConv2dParams> site, PairedWeights channels, FlashArray weights) {
        Window window = window(site.params(), site.operands());
        KernelCall.Builder call = KernelCall.of(kernel)
                .summary(window.summary())
                .rows(window.rows().output())
                .geometry("input_height", window.rows().input())
                .geometry("input_width", window.columns().input())
                .geometry("channels", site.outputShape().dim(3))
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("output_height", window.rows().output())
                .geometry("output_width", window.columns().output())
                .geometry("output_ring_rows", site.outputRingRows())
                .geometry("stride", window.rows().stride())
                .geometry("padding_top", window.rows().before())
                .geometry("padding_left", window.columns().before())
                .geometry("padding_right", after(window.columns()))
                .quantization("input_zero_point", site.input(0).quantization().zeroPoint())
                .array(weights)
                .array(FlashArray.of("bias", channels.bias()));
        channels.requantize(call);
        return call.build();
    }

    /** Windows of 3 by 3 over two channels at a time, whose columns are widened once for all windows that see them. */
    private static final class ThreeByThree implements KernelVariant<DepthwiseConv2dParams> {
        private static final int CHANNELS = 4;

        @Override
        public String name() {
            return "3x3";
        }

        @Override
        public boolean serves(DepthwiseConv2dParams params, Operands operands, CTarget target) {
            return target.hasPairs()
                    && isThreeByThree(params, operands)
                    && operands.output().shape().dim(3) % CHANNELS == 0
                    && pairedWeights(params, operands).isExact(false);
        }

        @Override
        public int scratchBytes(DepthwiseConv2dParams params, Operands operands, CTarget target) {
            return 0;
        }

        @Override
        public KernelCall emit(Site<DepthwiseConv2dParams> site) {
            PairedWeights weights = pairedWeights(site.params(), site.operands());
            return threeByThree("depthwise_conv_3x3", site, weights, weights.packedColumns());
        }
    }

    /** Windows of 3 by 3 over one channel at a time. */
    private static final class ThreeByThreeByBlocks implements KernelVariant<DepthwiseConv2dParams> {
        @Override
        public String name() {
            return "3x3 blocks";
        }

        /** Not a row of one window that sees padding on both sides. */
        @Override
        public boolean serves(DepthwiseConv2dParams params, Operands operands, CTarget target) {
            SlidingWindow columns = window(params, operands).columns();
            return target.hasBlocks()
                    && isThreeByThree(params, operands)
                    && columns.output() >= columns.before() + after(columns)
                    && pairedWeights(params, operands).isExact(false);
        }

        @Override
        public int scratchBytes(DepthwiseConv2dParams params, Operands operands, CTarget target) {
            return 0;
        }

        @Override
        public KernelCall emit(Site<DepthwiseConv2dParams> site) {
            PairedWeights channels = pairedWeights(site.params(), site.operands());
            FlashArray weights = BlockWeights.of(channels, site.target()).columnsOfWindows(TAPS);
            return threeByThree("depthwise_conv_3x3_blocks", site, channels, weights);
        }
    }
}
