package org.tinytune.core.op.conv2d;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.DenseQat;
import org.tinytune.core.op.WindowPatches;

/** {@code CONV_2D} in quantization-aware training: weights with a scale for each output channel. */
final class Conv2dQat {
    private Conv2dQat() {}

    static TrainingKernel prepare(Conv2dParams params, Operands operands, TrainingBuffers buffers) {
        WindowPatches window = Conv2dFloat32.window(params, operands, buffers);
        return new DenseQat(operands, buffers, window, params.activation());
    }
}
