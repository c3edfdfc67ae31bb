package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dInt8;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.runtimegen.CTarget;

/** {@code CONV_2D}: on vectors, on pairs or by blocks where the target has them, otherwise by dot products. */
final class Conv2dEmitter implements Emitter<Conv2dParams> {
    private static final List<KernelVariant<Conv2dParams>> VARIANTS =
            List.of(new OnVectors(), new OnPairs(), new ByBlocks(), new ByDotProducts());

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

    /** What all kernels take. */
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

    /** Whether the only window is the only pixel: then it is read where it lies. */
    private static boolean isOnePixel(Conv2dParams params, Operands operands) {
        Window window = window(params, operands);
        return !window.isPadded()
                && window.rows().taps() * window.columns().taps() == 1
                && window.rows().output() * window.columns().output() == 1;
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
            KernelCall.Builder call = geometry(
                            "conv_2d", site, scratchBytes(site.params(), site.operands(), site.target()))
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

        /**
         * A patch of two windows; a pixel of padding; where a pixel is an odd number of taps, two windows of bytes.
         * None if there is one window, of one pixel.
         */
        @Override
        public int scratchBytes(Conv2dParams params, Operands operands, CTarget target) {
            if (isOnePixel(params, operands)) {
                return 0;
            }
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
        private static final int BYTES_OF_A_GROUP_WIDENED_ALONE = 8;

        @Override
        public String name() {
            return "pairs";
        }

        @Override
        public boolean serves(Conv2dParams params, Operands operands, CTarget target) {
            return target.hasPairs() && weights(params, operands).isExact(true);
        }

        /**
         * Two windows widened to int16; a pixel of padding; where pixels are no words, two windows of bytes. If there
         * is one window, of one pixel that is made of words, that alone, and only for a ReLU.
         */
        @Override
        public int scratchBytes(Conv2dParams params, Operands operands, CTarget target) {
            Shape weights = operands.input(1).shape();
            int groups = PairedWeights.groups(weights.elements() / weights.dim(0));
            int pixel = PairedWeights.groups(weights.dim(3)) * Integer.BYTES;
            boolean words = weights.dim(3) % Integer.BYTES == 0;
            boolean padded = window(params, operands).isPadded();
            if (words && isOnePixel(params, operands)) {
                return weights(params, operands).relu() * groups * BYTES_OF_A_GROUP_WIDENED_ALONE;
            }
            int bytes = groups * BYTES_OF_A_WIDENED_GROUP;
            return bytes + (padded || !words ? pixel : 0) + (words ? 0 : 2 * groups * Integer.BYTES);
        }

        @Override
        public KernelCall emit(Site<Conv2dParams> site) {
            PairedWeights weights = weights(site.params(), site.operands());
            KernelCall.Builder call = geometry(
                            "conv_2d_pairs", site, scratchBytes(site.params(), site.operands(), site.target()))
                    .array(weights.packedWeights())
                    .array(weights.parameters());
            weights.output(call);
            return call.build();
        }
    }

    /** Two columns and four channels at a time, sixteen products an instruction. */
    private static final class OnVectors implements KernelVariant<Conv2dParams> {
        /** Of rows that windows see, at a time; a window alone may take more. */
        private static final int MAX_COPIED_BYTES = 4096;

        @Override
        public String name() {
            return "vectors";
        }

        @Override
        public boolean serves(Conv2dParams params, Operands operands, CTarget target) {
            return target.hasVectors()
                    && window(params, operands).columns().dilation() == 1
                    && weights(params, operands).isExact()
                    && weights(params, operands).isWorthFilling();
        }

        private static VectorWeights weights(Conv2dParams params, Operands operands) {
            return VectorWeights.of(
                    operands,
                    byColumns(operands.input(1)),
                    operands.input(1).shape().dim(0),
                    Conv2dInt8.prepare(params, operands).requantizer());
        }

        /** From {@code [C_OUT, KH, KW, C_IN]} to {@code [C_OUT, KW, KH, C_IN]}. */
        private static byte[] byColumns(Tensor weights) {
            byte[] from = weights.int8Data();
            byte[] to = new byte[from.length];
            int rows = weights.shape().dim(1);
            int columns = weights.shape().dim(2);
            int pixel = weights.shape().dim(3);
            for (int i = 0; i < from.length; i += pixel) {
                int column = i / pixel % columns;
                int row = i / pixel / columns % rows;
                int window = i / (pixel * columns * rows) * (pixel * columns * rows);
                System.arraycopy(from, i, to, window + (column * rows + row) * pixel, pixel);
            }
            return to;
        }

        /** Whether a window is a run of whole vectors where it lies. */
        private static boolean isRun(Conv2dParams params, Operands operands) {
            Shape weights = operands.input(1).shape();
            int taps = weights.elements() / weights.dim(0);
            return weights.dim(1) == 1
                    && taps % VectorWeights.LANES == 0
                    && !window(params, operands).isPadded();
        }

        /** Positions of a row whose windows are copied at a time: all, or as many as the scratch is to hold. */
        private static int strip(Conv2dParams params, Operands operands) {
            int positions = window(params, operands).columns().output();
            if (isRun(params, operands) || wholeRows(params, operands) <= MAX_COPIED_BYTES) {
                return positions;
            }
            int step = windows(params, operands, 2) - windows(params, operands, 1);
            int strip = 1 + Math.max(0, MAX_COPIED_BYTES - windows(params, operands, 1)) / step;
            return Math.min(Math.max(strip, 2), positions);
        }

        /** Bytes of the rows that the windows of a row see, and of what the last vector of the last one sees behind. */
        private static int wholeRows(Conv2dParams params, Operands operands) {
            Window window = window(params, operands);
            SlidingWindow columns = window.columns();
            int rows = (columns.before() + columns.input() + window.paddingRight()) * columnBytes(operands);
            return Math.max(rows, windows(params, operands, columns.output()));
        }

        /** The same for so many windows. */
        private static int windows(Conv2dParams params, Operands operands, int windows) {
            SlidingWindow columns = window(params, operands).columns();
            int taps = columns.taps() * columnBytes(operands);
            int lastWindow = (windows - 1) * columns.stride() * columnBytes(operands);
            return lastWindow + VectorWeights.vectors(taps) * VectorWeights.LANES;
        }

        private static int columnBytes(Operands operands) {
            Shape weights = operands.input(1).shape();
            return weights.dim(1) * weights.dim(3);
        }

        /**
         * The rows that windows see, or a strip of them, a pixel of padding before, and what the last vector of the
         * last window sees behind; none if windows are read where they lie.
         */
        @Override
        public int scratchBytes(Conv2dParams params, Operands operands, CTarget target) {
            if (isRun(params, operands)) {
                return 0;
            }
            Window window = window(params, operands);
            int pixel = operands.input(1).shape().dim(3);
            int padding = window.isPadded() ? Math.max(pixel, VectorWeights.LANES) : 0;
            int strip = strip(params, operands);
            return padding
                    + (strip < window.columns().output()
                            ? windows(params, operands, strip)
                            : wholeRows(params, operands));
        }

        @Override
        public KernelCall emit(Site<Conv2dParams> site) {
            VectorWeights weights = weights(site.params(), site.operands());
            KernelCall.Builder call = geometry(
                            "conv_2d_vectors", site, scratchBytes(site.params(), site.operands(), site.target()))
                    .geometry(
                            "padding_right",
                            window(site.params(), site.operands()).paddingRight())
                    .geometry("strip", strip(site.params(), site.operands()))
                    .array(weights.packedWeights())
                    .array(weights.parameters());
            weights.output(call);
            return call.build();
        }
    }
}
