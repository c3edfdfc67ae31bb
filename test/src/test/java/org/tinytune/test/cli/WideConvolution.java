package org.tinytune.test.cli;

import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** A model that fits a micro:bit only without its fastest kernel. */
final class WideConvolution {
    private static final int CHANNELS = 96;
    private static final int OUTPUT_CHANNELS = 8;

    private WideConvolution() {}

    /** A convolution of 3 by 3 over an input of 13,824 bytes. */
    static Graph ofMicrobit() {
        Quantization quantization = Quantization.perTensor(1, 0);
        Shape shape = Shape.of(OUTPUT_CHANNELS, 3, 3, CHANNELS);
        byte[] weights = new byte[shape.elements()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) (i % 7 - 3);
        }
        GraphBuilder graph = new GraphBuilder();
        int output = graph.node(
                "y",
                ElementType.INT8,
                Quantization.perTensor(64, 0),
                Conv2d.INSTANCE,
                Conv2dParams.of(1, Padding.VALID, Activation.NONE),
                graph.input("x", Shape.of(1, 12, 12, CHANNELS), ElementType.INT8, quantization),
                graph.constant("weights", shape, quantization, TensorData.of(weights)),
                graph.constant(
                        "bias", Shape.of(OUTPUT_CHANNELS), quantization, TensorData.of(new int[OUTPUT_CHANNELS])));
        return graph.output(output).build();
    }
}
