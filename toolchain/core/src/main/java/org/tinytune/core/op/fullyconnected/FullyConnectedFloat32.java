package org.tinytune.core.op.fullyconnected;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.DenseFloat32;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.op.WindowPatches;

/** {@code FULLY_CONNECTED} in float: a window of 1 by 1 over the rows of the input. */
final class FullyConnectedFloat32 {
    private FullyConnectedFloat32() {}

    static TrainingKernel prepare(FullyConnectedParams params, Operands operands, TrainingBuffers buffers) {
        return new DenseFloat32(operands, buffers, window(operands, buffers), params.activation());
    }

    static WindowPatches window(Operands operands, TrainingBuffers buffers) {
        SlidingWindow rows =
                SlidingWindow.of(Padding.VALID, operands.output().shape().dim(0), 1, 1, 1);
        SlidingWindow columns = SlidingWindow.of(Padding.VALID, 1, 1, 1, 1);
        int inputs = operands.input(1).shape().dim(1);
        int outputs = operands.input(1).shape().dim(0);
        return new WindowPatches(rows, columns, inputs, outputs, true, buffers.maxShardSamples());
    }
}
