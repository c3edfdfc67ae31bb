package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedInt16;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;

/** {@code FULLY_CONNECTED} of int16. */
final class FullyConnectedInt16Emitter implements Emitter<FullyConnectedParams> {
    @Override
    public Operator<FullyConnectedParams> operator() {
        return FullyConnected.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<FullyConnectedParams> site) {
        int channels = site.outputShape().dim(-1);
        int inputChannels = site.inputShape(1).dim(1);
        KernelCall.Builder call = KernelCall.ofInt16("fully_connected")
                .geometry("batches", site.input(0).shape().elements() / inputChannels)
                .geometry("input_channels", inputChannels)
                .geometry("output_channels", channels);
        WeightedInt16.addPerTensor(
                call,
                site.operands(),
                FullyConnectedInt16.prepare(site.params(), site.operands()).requantizer());
        return List.of(call.build());
    }
}
