package org.tinytune.core.op;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Requantizer;
import org.tinytune.core.tensor.Elements;

/** The last stage of operators with weights, as their operands make it. */
public final class Requantizers {
    private Requantizers() {}

    /**
     * A multiplier for each channel, the last extent of the output.
     *
     * @param operands input, weights with one scale or one an output channel, and whatever else; the output is int8 or
     *     int16
     * @param activation clamp of the output
     */
    public static Requantizer perChannel(Operands operands, Activation activation) {
        Tensor output = operands.output();
        Elements elements = Elements.of(output.type());
        return Requantizer.perChannel(
                operands.input(0).quantization(),
                operands.input(1).quantization(),
                output.quantization(),
                output.shape().dim(-1),
                activation.min(output.quantization(), elements),
                activation.max(output.quantization(), elements));
    }
}
