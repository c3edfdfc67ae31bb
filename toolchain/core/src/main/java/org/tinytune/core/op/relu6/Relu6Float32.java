package org.tinytune.core.op.relu6;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.ClampFloat32;
import org.tinytune.core.op.NoParams;

/** {@code RELU6} in float. */
final class Relu6Float32 {
    private Relu6Float32() {}

    static TrainingKernel prepare(NoParams params, Operands operands, TrainingBuffers buffers) {
        return new ClampFloat32(operands, buffers, Activation.RELU6);
    }
}
