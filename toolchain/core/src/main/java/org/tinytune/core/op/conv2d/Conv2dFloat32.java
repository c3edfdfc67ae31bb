package org.tinytune.core.op.conv2d;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.DenseFloat32;
import org.tinytune.core.op.WindowPatches;

/** {@code CONV_2D} in float. */
final class Conv2dFloat32 {
    private Conv2dFloat32() {}

    static TrainingKernel prepare(Conv2dParams params, Operands operands, TrainingBuffers buffers) {
        return new DenseFloat32(operands, buffers, window(params, operands, buffers), params.activation());
    }

    static WindowPatches window(Conv2dParams params, Operands operands, TrainingBuffers buffers) {
        return new WindowPatches(
                Conv2d.rows(params, operands.inputShapes()),
                Conv2d.columns(params, operands.inputShapes()),
                operands.input(0).shape().dim(3),
                operands.output().shape().dim(3),
                true,
                buffers.maxShardSamples());
    }
}
