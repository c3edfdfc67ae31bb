package org.tinytune.cli.model;

import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.Elements;

/** Bytes of an int8 or int16 tensor as real numbers. */
final class Reals {
    private Reals() {}

    /** In float, as {@code model.h} does. */
    static float[] of(Tensor tensor, byte[] bytes) {
        float scale = tensor.quantization().scale();
        int zeroPoint = tensor.quantization().zeroPoint();
        Elements elements = Elements.of(tensor.type());
        float[] reals = new float[bytes.length / elements.bytes()];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = scale * (elements.get(bytes, 0, i) - zeroPoint);
        }
        return reals;
    }
}
