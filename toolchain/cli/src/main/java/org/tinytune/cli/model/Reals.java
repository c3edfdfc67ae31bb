package org.tinytune.cli.model;

import org.tinytune.core.graph.Tensor;

/** Bytes of an int8 tensor as real numbers. */
final class Reals {
    private Reals() {}

    /** In float, as {@code model.h} does. */
    static float[] of(Tensor tensor, byte[] bytes) {
        float scale = tensor.quantization().scale();
        int zeroPoint = tensor.quantization().zeroPoint();
        float[] reals = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reals[i] = scale * (bytes[i] - zeroPoint);
        }
        return reals;
    }
}
