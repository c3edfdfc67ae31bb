package org.tinytune.test.digits;

import java.util.Arrays;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.batchnorm.BatchNorm;
import org.tinytune.core.op.batchnorm.BatchNormParams;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.transposeconv.TransposeConv;
import org.tinytune.core.op.transposeconv.TransposeConvParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** Puts float layers one behind the other, their weights still 0. */
final class Layers {
    private final GraphBuilder graph = new GraphBuilder();
    private final Metadata metadata;
    private int tensor;

    Layers(Metadata metadata) {
        this.metadata = metadata;
        this.tensor = graph.input("input", Shape.of(1, 8, 8, 1), ElementType.FLOAT32, Quantization.NONE);
    }

    Layers conv(String name, int channels, int kernel, int stride, Padding padding) {
        return node(
                name,
                Conv2d.INSTANCE,
                Conv2dParams.of(stride, padding, Activation.NONE),
                filled(name + "/weights", 0, channels, kernel, kernel, channels()),
                filled(name + "/bias", 0, channels));
    }

    /** A transposed convolution that keeps the size. */
    Layers transposeConv(String name, int channels, int kernel) {
        Shape image = graph.tensor(tensor).shape();
        return node(
                name,
                TransposeConv.INSTANCE,
                new TransposeConvParams(image.dim(1), image.dim(2), 1, 1, Padding.SAME, Activation.NONE),
                filled(name + "/weights", 0, channels, kernel, kernel, channels()),
                filled(name + "/bias", 0, channels));
    }

    /** A convolution of an image of one row. */
    Layers convOverTime(String name, int channels, int taps, int stride, int dilation) {
        return node(
                name,
                Conv2d.INSTANCE,
                Conv2dParams.overTime(stride, dilation, Padding.SAME, Activation.NONE),
                filled(name + "/weights", 0, channels, 1, taps, channels()),
                filled(name + "/bias", 0, channels));
    }

    /** A depthwise convolution of an image of one row. */
    Layers depthwiseOverTime(String name, int taps) {
        return node(
                name,
                DepthwiseConv2d.INSTANCE,
                DepthwiseConv2dParams.overTime(1, 1, Padding.SAME, Activation.NONE),
                filled(name + "/weights", 0, 1, 1, taps, channels()));
    }

    Layers depthwise(String name, int kernel) {
        return node(
                name,
                DepthwiseConv2d.INSTANCE,
                DepthwiseConv2dParams.of(1, Padding.SAME, Activation.NONE),
                filled(name + "/weights", 0, 1, kernel, kernel, channels()));
    }

    Layers dense(String name, int units) {
        return node(
                name,
                FullyConnected.INSTANCE,
                new FullyConnectedParams(Activation.NONE),
                filled(name + "/weights", 0, units, channels()),
                filled(name + "/bias", 0, units));
    }

    Layers batchNorm(String name) {
        int channels = channels();
        return node(
                name,
                BatchNorm.INSTANCE,
                BatchNormParams.standard(),
                filled(name + "/gamma", 1, channels),
                filled(name + "/beta", 0, channels),
                filled(name + "/mean", 0, channels),
                filled(name + "/variance", 1, channels));
    }

    <P extends Record> Layers node(String name, Operator<P> operator, P params, int... others) {
        int[] operands = new int[others.length + 1];
        operands[0] = tensor;
        System.arraycopy(others, 0, operands, 1, others.length);
        tensor = graph.node(name, ElementType.FLOAT32, Quantization.NONE, operator, params, operands);
        return this;
    }

    /** A constant for each channel. */
    int perChannel(String name, float value) {
        return filled(name, value, channels());
    }

    /** Goes on from an earlier tensor. */
    Layers from(int earlier) {
        tensor = earlier;
        return this;
    }

    /** The tensor at hand, to be read again further on. */
    int tensor() {
        return tensor;
    }

    Graph build() {
        return graph.output(tensor).metadata(metadata).build();
    }

    private int channels() {
        return graph.tensor(tensor).shape().dim(-1);
    }

    private int filled(String name, float value, int... dims) {
        Shape shape = Shape.of(dims);
        float[] values = new float[shape.elements()];
        Arrays.fill(values, value);
        return graph.constant(name, shape, Quantization.NONE, TensorData.of(values));
    }
}
