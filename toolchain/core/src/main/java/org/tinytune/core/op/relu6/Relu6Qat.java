package org.tinytune.core.op.relu6;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.TableQat;

/** {@code RELU6} in quantization-aware training. */
final class Relu6Qat {
    private Relu6Qat() {}

    static TrainingKernel prepare(NoParams params, Operands operands, TrainingBuffers buffers) {
        return new TableQat(operands, buffers, Activation.RELU6);
    }
}
