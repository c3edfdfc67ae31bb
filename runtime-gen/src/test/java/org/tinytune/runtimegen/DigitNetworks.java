package org.tinytune.runtimegen;

import java.util.SplittableRandom;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.mean.Mean;
import org.tinytune.core.op.mean.MeanParams;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** Networks like those that a search proposes for 8x8 digits on a small board, with random weights. */
final class DigitNetworks {
    private static final Quantization RELU_OUTPUT = Quantization.perTensor(0.1f, -128);

    private final GraphBuilder builder = new GraphBuilder();
    private final SplittableRandom random;
    private int count;

    private DigitNetworks(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A network of two or three blocks, plain or depthwise separable. */
    static Graph random(long seed) {
        return new DigitNetworks(seed).build();
    }

    private Graph build() {
        int tensor =
                builder.input("input", Shape.of(1, 8, 8, 1), ElementType.INT8, Quantization.perTensor(1f / 16, -128));
        tensor = convolution(tensor, random.nextInt(4, 9), 3, 1);
        int channels = random.nextInt(8, 17);
        for (int block = random.nextInt(1, 3); block > 0; block--) {
            int stride = random.nextInt(1, 3);
            if (random.nextBoolean()) {
                tensor = convolution(depthwise(tensor, stride), channels, 1, 1);
            } else {
                tensor = convolution(tensor, channels, 3, stride);
            }
            channels += 8;
        }
        if (random.nextBoolean()) {
            tensor =
                    builder.node(name(), ElementType.INT8, RELU_OUTPUT, MaxPool2d.INSTANCE, Pool2dParams.of(2), tensor);
        }
        tensor = builder.node(name(), ElementType.INT8, RELU_OUTPUT, Mean.INSTANCE, MeanParams.global(), tensor);
        tensor = dense(tensor, 10);
        tensor = builder.node(name(), ElementType.INT8, Softmax.OUTPUT, Softmax.INSTANCE, new SoftmaxParams(1), tensor);
        return builder.output(tensor).build();
    }

    private int convolution(int input, int channels, int kernel, int stride) {
        Shape shape =
                Shape.of(channels, kernel, kernel, builder.tensor(input).shape().dim(3));
        return builder.node(
                name(),
                ElementType.INT8,
                RELU_OUTPUT,
                Conv2d.INSTANCE,
                Conv2dParams.of(stride, Padding.SAME, Activation.RELU),
                input,
                weights(shape, channels, 0),
                bias(channels));
    }

    private int depthwise(int input, int stride) {
        int channels = builder.tensor(input).shape().dim(3);
        return builder.node(
                name(),
                ElementType.INT8,
                RELU_OUTPUT,
                DepthwiseConv2d.INSTANCE,
                DepthwiseConv2dParams.of(stride, Padding.SAME, Activation.RELU),
                input,
                weights(Shape.of(1, 3, 3, channels), channels, 3),
                bias(channels));
    }

    private int dense(int input, int channels) {
        Shape shape = Shape.of(channels, builder.tensor(input).shape().elements());
        return builder.node(
                name(),
                ElementType.INT8,
                Quantization.perTensor(0.12f, 3),
                FullyConnected.INSTANCE,
                new FullyConnectedParams(Activation.NONE),
                input,
                weights(shape, 1, 0),
                bias(channels));
    }

    private int weights(Shape shape, int scales, int axis) {
        float[] values = new float[scales];
        for (int i = 0; i < scales; i++) {
            values[i] = (float) random.nextDouble(0.002, 0.01);
        }
        byte[] bytes = new byte[shape.elements()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(-127, 128);
        }
        return builder.constant(name(), shape, Quantization.perChannel(values, axis), TensorData.of(bytes));
    }

    private int bias(int channels) {
        int[] values = random.ints(channels, -2000, 2000).toArray();
        return builder.constant(name(), Shape.of(channels), Quantization.NONE, TensorData.of(values));
    }

    private String name() {
        return "tensor" + count++;
    }
}
