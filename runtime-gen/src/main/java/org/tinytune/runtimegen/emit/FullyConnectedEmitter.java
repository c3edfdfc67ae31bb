package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedInt8;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.quant.Requantizer;
import org.tinytune.runtimegen.CTarget;

/** {@code FULLY_CONNECTED}: on vectors, on pairs or by blocks where the target has them, otherwise by dot products. */
final class FullyConnectedEmitter implements Emitter<FullyConnectedParams> {
    private static final List<KernelVariant<FullyConnectedParams>> VARIANTS =
            List.of(new OnVectors(), new OnWidenedPairs(), new OnPairs(), new ByBlocks(), new ByDotProducts());

    @Override
    public Operator<FullyConnectedParams> operator() {
        return FullyConnected.INSTANCE;
    }

    @Override
    public List<String> variants(FullyConnectedParams params, Operands operands, CTarget target) {
        return KernelVariant.serving(VARIANTS, params, operands, target);
    }

    @Override
    public int scratchBytes(FullyConnectedParams params, Operands operands, CTarget target, String variant) {
        return KernelVariant.named(VARIANTS, variant).scratchBytes(params, operands, target);
    }

    @Override
    public List<KernelCall> emit(Site<FullyConnectedParams> site) {
        return List.of(KernelVariant.named(VARIANTS, site.variant()).emit(site));
    }

    private static Requantizer requantizer(FullyConnectedParams params, Operands operands) {
        return FullyConnectedInt8.prepare(params, operands).requantizer();
    }

    private static KernelCall.Builder geometry(String kernel, Site<FullyConnectedParams> site) {
        int channels = site.outputShape().dim(-1);
        int inputChannels = site.operands().input(1).shape().elements() / channels;
        return KernelCall.of(kernel)
                .geometry("batches", site.input(0).shape().elements() / inputChannels)
                .geometry("input_channels", inputChannels)
                .geometry("output_channels", channels);
    }

    /** A call with the weights as they are, {@code [C_OUT, C_IN]}, and one multiplier. */
    private static KernelCall onPlainWeights(String kernel, Site<FullyConnectedParams> site) {
        byte[] weights = site.operands().input(1).int8Data();
        Requantizer requantizer = requantizer(site.params(), site.operands());
        KernelCall.Builder call = geometry(kernel, site)
                .quantization("multiplier", requantizer.multiplier(0).value())
                .quantization("shift", requantizer.multiplier(0).shift())
                .array(FlashArray.of("weights", weights))
                .array(Weighted.foldedBias(
                        site.operands(), weights, site.outputShape().dim(-1)));
        Weighted.output(call, requantizer);
        return call.build();
    }

    /** A channel at a time. */
    private static final class ByDotProducts implements KernelVariant<FullyConnectedParams> {
        @Override
        public String name() {
            return Emitter.ONLY_VARIANT;
        }

        @Override
        public boolean serves(FullyConnectedParams params, Operands operands, CTarget target) {
            return true;
        }

        @Override
        public int scratchBytes(FullyConnectedParams params, Operands operands, CTarget target) {
            return 0;
        }

        @Override
        public KernelCall emit(Site<FullyConnectedParams> site) {
            return onPlainWeights("fully_connected", site);
        }
    }

    /** Four channels at a time, sixteen products an instruction. */
    private static final class OnVectors implements KernelVariant<FullyConnectedParams> {
        @Override
        public String name() {
            return "vectors";
        }

        @Override
        public boolean serves(FullyConnectedParams params, Operands operands, CTarget target) {
            return target.hasVectors();
        }

        @Override
        public int scratchBytes(FullyConnectedParams params, Operands operands, CTarget target) {
            return 0;
        }

        @Override
        public KernelCall emit(Site<FullyConnectedParams> site) {
            return onPlainWeights("fully_connected_vectors", site);
        }
    }

    private static PairedWeights weights(FullyConnectedParams params, Operands operands) {
        return PairedWeights.perTensor(
                operands,
                operands.input(1).int8Data(),
                operands.output().shape().dim(-1),
                requantizer(params, operands));
    }

    /** Eight channels at a time, one product an instruction. */
    private static final class ByBlocks implements KernelVariant<FullyConnectedParams> {
        @Override
        public String name() {
            return "blocks";
        }

        @Override
        public boolean serves(FullyConnectedParams params, Operands operands, CTarget target) {
            return target.hasBlocks() && weights(params, operands).isExact(false);
        }

        @Override
        public int scratchBytes(FullyConnectedParams params, Operands operands, CTarget target) {
            return 0;
        }

        @Override
        public KernelCall emit(Site<FullyConnectedParams> site) {
            PairedWeights channels = weights(site.params(), site.operands());
            BlockWeights weights = BlockWeights.of(channels, site.target());
            Requantizer requantizer = channels.requantizer();
            KernelCall.Builder call = geometry("fully_connected_blocks", site)
                    .geometry("relu", channels.relu())
                    .quantization("multiplier", requantizer.multiplier(0).value())
                    .quantization("half_shift", channels.halfShift(0))
                    .array(weights.packedRows())
                    .array(weights.biasOfRows());
            Weighted.output(call, requantizer);
            return call.build();
        }
    }

    private static KernelCall onPairs(Site<FullyConnectedParams> site, int scratchBytes) {
        PairedWeights weights = weights(site.params(), site.operands());
        Requantizer requantizer = weights.requantizer();
        KernelCall.Builder call = geometry("fully_connected_pairs", site)
                .scratch(scratchBytes)
                .geometry("widened", scratchBytes > 0 ? 1 : 0)
                .geometry("relu", weights.relu())
                .quantization("multiplier", requantizer.multiplier(0).value())
                .quantization("half_shift", weights.halfShift(0))
                .array(weights.packedWeights())
                .array(weights.packedBias());
        Weighted.output(call, requantizer);
        return call.build();
    }

    /** Four channels at a time, two products an instruction; the taps are widened to int16 once for all channels. */
    private static final class OnWidenedPairs implements KernelVariant<FullyConnectedParams> {
        /** With more taps, what is widened takes more memory than the few instructions are worth. */
        private static final int MAX_TAPS = 256;

        /** With fewer channels, widening costs as much as it saves. */
        private static final int MIN_CHANNELS = 16;

        private static final int BYTES_OF_A_GROUP = 8;

        @Override
        public String name() {
            return "widened";
        }

        @Override
        public boolean serves(FullyConnectedParams params, Operands operands, CTarget target) {
            if (!target.hasPairs()) {
                return false;
            }
            PairedWeights weights = weights(params, operands);
            return weights.taps() <= MAX_TAPS && weights.channels() >= MIN_CHANNELS && weights.isExact(true);
        }

        @Override
        public int scratchBytes(FullyConnectedParams params, Operands operands, CTarget target) {
            return PairedWeights.groups(weights(params, operands).taps()) * BYTES_OF_A_GROUP;
        }

        @Override
        public KernelCall emit(Site<FullyConnectedParams> site) {
            return onPairs(site, scratchBytes(site.params(), site.operands(), site.target()));
        }
    }

    /** The same, with the taps widened anew for every four channels. */
    private static final class OnPairs implements KernelVariant<FullyConnectedParams> {
        @Override
        public String name() {
            return "pairs";
        }

        @Override
        public boolean serves(FullyConnectedParams params, Operands operands, CTarget target) {
            return target.hasPairs() && weights(params, operands).isExact(true);
        }

        @Override
        public int scratchBytes(FullyConnectedParams params, Operands operands, CTarget target) {
            return 0;
        }

        @Override
        public KernelCall emit(Site<FullyConnectedParams> site) {
            return onPairs(site, 0);
        }
    }
}
