package org.tinytune.core.op.relu;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.TableQat;

/** {@code RELU} in quantization-aware training. */
final class ReluQat {
    private ReluQat() {}

    static TrainingKernel prepare(NoParams params, Operands operands, TrainingBuffers buffers) {
        return new TableQat(operands, buffers, Activation.RELU);
    }
}
