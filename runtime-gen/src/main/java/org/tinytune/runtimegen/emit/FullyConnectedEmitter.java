package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedInt8;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.quant.Requantizer;

/** {@code FULLY_CONNECTED}: the weights as they are, {@code [C_OUT, C_IN]}, and one multiplier. */
final class FullyConnectedEmitter implements Emitter<FullyConnectedParams> {
    @Override
    public Operator<FullyConnectedParams> operator() {
        return FullyConnected.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<FullyConnectedParams> site) {
        Operands operands = site.operands();
        byte[] weights = operands.input(1).int8Data();
        int channels = site.outputShape().dim(-1);
        int inputChannels = weights.length / channels;
        Requantizer requantizer =
                FullyConnectedInt8.prepare(site.params(), operands).requantizer();

        KernelCall.Builder call = KernelCall.of("fully_connected")
                .geometry("batches", site.input(0).shape().elements() / inputChannels)
                .geometry("input_channels", inputChannels)
                .geometry("output_channels", channels)
                .quantization("multiplier", requantizer.multiplier(0).value())
                .quantization("shift", requantizer.multiplier(0).shift())
                .array(FlashArray.of("weights", weights))
                .array(Weighted.foldedBias(operands, weights, channels));
        Weighted.output(call, requantizer);
        return List.of(call.build());
    }
}
