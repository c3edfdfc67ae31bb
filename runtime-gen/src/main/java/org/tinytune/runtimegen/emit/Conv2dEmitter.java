package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dInt8;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.runtimegen.CTarget;

/** {@code CONV_2D}: on pairs or by blocks where the target has them, otherwise by dot products. */
final class Conv2dEmitter implements Emitter<Conv2dParams> {
    private static final List<KernelVariant<Conv2dParams>> VARIANTS =
            List.of(new OnPairs(), new ByBlocks(), new ByDotProducts());

    @Override
    public Operator<Conv2dParams> operator() {
        return Conv2d.INSTANCE;
    }

    @Override
    public List<String> variants(Conv2dParams params, Operands operands, CTarget target) {
        return KernelVariant.serving(VARIANTS, params, operands, target);
    }

    @Override
    public int scratchBytes(Conv2dParams params, Operands operands, CTarget target, String variant) {
        return KernelVariant.named(VARIANTS, variant).scratchBytes(params, operands, target);
    }

    @Override
    public List<KernelCall> emit(Site<Conv2dParams> site) {
        return List.of(KernelVariant.named(VARIANTS, site.variant()).emit(site));
    }

    private static Window window(Conv2dParams params, Operands operands) {
        return new Window(Conv2d.rows(params, operands.inputShapes()), Conv2d.columns(params, operands.inputShapes()));
    }

    /** What both kernels take. */
    private static KernelCall.Builder geometry(String kernel, Site<Conv2dParams> site, int scratchBytes) {
        Window window = window(site.params(), site.operands());
        KernelCall.Builder call = KernelCall.of(kernel)
                .summary(window.summary())
                .scratch(scratchBytes)
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
        return call.quantization(
                "input_zero_point", site.input(0).quantization().zeroPoint());
    }

    /** The weights as they are, {@code [C_OUT, KH, KW, C_IN]}. */
    private static final class ByDotProducts implements KernelVariant<Conv2dParams> {
        @Override
        public String name() {
            return Emitter.ONLY_VARIANT;
        }

        @Override
        public boolean serves(Conv2dParams params, Operands operands, CTarget target) {
            return true;
        }

        /** One window of the input; none if that is one pixel, which is read where it lies. */
        @Override
        public int scratchBytes(Conv2dParams params, Operands operands, CTarget target) {
            Shape weights = operands.input(1).shape();
            int window = weights.elements() / weights.dim(0);
            return window > weights.dim(3) ? window : 0;
        }

        @Override
        public KernelCall emit(Site<Conv2dParams> site) {
            byte[] weights = site.operands().input(1).int8Data();
            int scratchBytes = scratchBytes(site.params(), site.operands(), site.target());
            KernelCall.Builder call = geometry("conv_2d", site, scratchBytes)
                    .array(FlashArray.of("weights", weights))
                    .array(Weighted.foldedBias(
                            site.operands(), weights, site.outputShape().dim(3)));
            Weighted.requantize(
                    call, Conv2dInt8.prepare(site.params(), site.operands()).requantizer());
            return call.build();
        }
    }

    private static PairedWeights weights(Conv2dParams params, Operands operands) {
        return PairedWeights.perChannel(
                operands,
                operands.input(1).int8Data(),
                operands.input(1).shape().dim(0),
                Conv2dInt8.prepare(params, operands).requantizer());
    }

    /** Two columns and four channels at a time, one product an instruction. */
    private static final class ByBlocks implements KernelVariant<Conv2dParams> {
        @Override
        public String name() {
            return "blocks";
        }

        @Override
        public boolean serves(Conv2dParams params, Operands operands, CTarget target) {
            return target.hasBlocks()
                    && BlockWeights.of(weights(params, operands), target).isExact();
        }

        /** A patch of two windows; a pixel of padding; where a pixel is an odd number of taps, two windows of bytes. */
        @Override
        public int scratchBytes(Conv2dParams params, Operands operands, CTarget target) {
            Shape weights = operands.input(1).shape();
            int pairs = BlockWeights.pairsOfTaps(weights.elements() / weights.dim(0));
            int pixel = weights.dim(3);
            boolean odd = pixel % 2 != 0;
            boolean padded = window(params, operands).isPadded();
            return pairs * target.patchBytes() + (padded || odd ? pixel : 0) + (odd ? 4 * pairs : 0);
        }

        @Override
        public KernelCall emit(Site<Conv2dParams> site) {
            PairedWeights channels = weights(site.params(), site.operands());
            BlockWeights weights = BlockWeights.of(channels, site.target());
            int scratchBytes = scratchBytes(site.params(), site.operands(), site.target());
            KernelCall.Builder call = geometry("conv_2d_blocks", site, scratchBytes)
                    .array(weights.packedWeights())
                    .array(weights.parameters());
            channels.output(call);
            return call.build();
        }
    }

    /** Two columns and four channels at a time, two products an instruction. */
    private static final class OnPairs implements KernelVariant<Conv2dParams> {
        private static final int BYTES_OF_A_WIDENED_GROUP = 16;

        @Override
        public String name() {
            return "pairs";
        }

        @Override
        public boolean serves(Conv2dParams params, Operands operands, CTarget target) {
            return target.hasPairs() && weights(params, operands).isExact(true);
        }

        /** Two windows widened to int16; a pixel of padding; where pixels are no words, two windows of bytes. */
        @Override
        public int scratchBytes(Conv2dParams params, Operands operands, CTarget target) {
            Shape weights = operands.input(1).shape();
            int groups = PairedWeights.groups(weights.elements() / weights.dim(0));
            int pixel = PairedWeights.groups(weights.dim(3)) * Integer.BYTES;
            boolean words = weights.dim(3) % Integer.BYTES == 0;
            boolean padded = window(params, operands).isPadded();
            int bytes = groups * BYTES_OF_A_WIDENED_GROUP;
            return bytes + (padded || !words ? pixel : 0) + (words ? 0 : 2 * groups * Integer.BYTES);
        }

        @Override
        public KernelCall emit(Site<Conv2dParams> site) {
            PairedWeights weights = weights(site.params(), site.operands());
            int scratchBytes = scratchBytes(site.params(), site.operands(), site.target());
            KernelCall.Builder call = geometry("conv_2d_pairs", site, scratchBytes)
                    .array(weights.packedWeights())
                    .array(weights.parameters());
            weights.output(call);
            return call.build();
        }
    }
}
