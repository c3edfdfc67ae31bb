package org.tinytune.core.op.relu;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.ClampFloat32;
import org.tinytune.core.op.NoParams;

/** {@code RELU} in float. */
final class ReluFloat32 {
    private ReluFloat32() {}

    static TrainingKernel prepare(NoParams params, Operands operands, TrainingBuffers buffers) {
        return new ClampFloat32(operands, buffers, Activation.RELU);
    }
}
