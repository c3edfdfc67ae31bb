package org.tinytune.core.op.fullyconnected;

import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.DenseQat;

/** {@code FULLY_CONNECTED} in quantization-aware training: one scale for all weights. */
final class FullyConnectedQat {
    private FullyConnectedQat() {}

    static TrainingKernel prepare(FullyConnectedParams params, Operands operands, TrainingBuffers buffers) {
        if (operands.input(1).quantization().channels() > 1) {
            throw new InvalidModelException(
                    "weights '" + operands.input(1).name() + "': FULLY_CONNECTED takes one scale, not one a channel");
        }
        return new DenseQat(
                operands, buffers, FullyConnectedFloat32.window(operands, buffers), params.activation(), true);
    }
}
