package org.tinytune.nas;

import java.util.Arrays;
import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.batchnorm.BatchNorm;
import org.tinytune.core.op.batchnorm.BatchNormParams;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;
import org.tinytune.core.op.dropout.Dropout;
import org.tinytune.core.op.dropout.DropoutParams;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.mean.Mean;
import org.tinytune.core.op.mean.MeanParams;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.op.sub.Sub;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.nas.NetworkSpec.Block;
import org.tinytune.nas.NetworkSpec.Convolution;
import org.tinytune.nas.NetworkSpec.Head;
import org.tinytune.nas.NetworkSpec.Layout;
import org.tinytune.nas.NetworkSpec.Normalization;
import org.tinytune.nas.NetworkSpec.Reduction;

/** Turns a {@link NetworkSpec} into a float graph, its weights still 0, ending in a softmax over the classes. */
public final class NetworkBuilder {
    private final GraphBuilder graph = new GraphBuilder();
    private int tensor;
    /** Whether there is but one column from the beginning: windows are as wide. */
    private boolean isSeries;

    private NetworkBuilder() {}

    /**
     * The graph of a network.
     *
     * @param spec the network
     * @param input shape of a sample, {@code [1, H, W, C]} or {@code [1, C]}
     * @param metadata labels, one a class, and input encoding
     */
    public static Graph build(NetworkSpec spec, Shape input, Metadata metadata) {
        NetworkBuilder builder = new NetworkBuilder();
        builder.tensor = builder.graph.input("input", input, ElementType.FLOAT32, Quantization.NONE);
        boolean normalized = spec.normalization() == Normalization.MEAN;
        if ((spec.layout() == Layout.SERIES || normalized) && input.dim(2) > 1) {
            Shape series = Shape.of(1, input.dim(1), 1, input.dim(2) * input.dim(3));
            builder.node("series", Reshape.INSTANCE, new ReshapeParams(series));
        }
        if (normalized) {
            builder.subtractMean();
        }
        if (spec.layout() == Layout.MAP && normalized) {
            builder.node("map", Reshape.INSTANCE, new ReshapeParams(input));
        }
        builder.isSeries = spec.layout() == Layout.SERIES;
        for (int i = 0; i < spec.blocks().size(); i++) {
            builder.block("block_" + (i + 1), spec.blocks().get(i));
        }
        builder.head(spec, metadata.labels().size());
        return builder.graph.output(builder.tensor).metadata(metadata).build();
    }

    /** Takes off each channel its mean over the rows. */
    private void subtractMean() {
        int rows = tensor;
        node("mean_of_features", Mean.INSTANCE, new MeanParams(List.of(1, 2), true));
        tensor = graph.node(
                "normalized",
                ElementType.FLOAT32,
                Quantization.NONE,
                Sub.INSTANCE,
                new PairwiseParams(Activation.NONE),
                rows,
                tensor);
    }

    private void block(String name, Block block) {
        int stride = block.reduction() == Reduction.STRIDE ? 2 : 1;
        if (block.convolution() == Convolution.SEPARABLE) {
            depthwise(name + "/depthwise", block.kernel(), stride);
            convolution(name + "/pointwise", block.channels(), 1, 1);
        } else {
            convolution(name + "/conv", block.channels(), block.kernel(), stride);
        }
        boolean canPool = shape().dim(1) >= 2 && (isSeries || shape().dim(2) >= 2);
        if (block.reduction() == Reduction.MAX_POOL && canPool) {
            pool(name + "/max_pool", MaxPool2d.INSTANCE);
        } else if (block.reduction() == Reduction.AVERAGE_POOL && canPool) {
            pool(name + "/average_pool", AveragePool2d.INSTANCE);
        }
    }

    private void convolution(String name, int channels, int kernel, int stride) {
        int weights = zeros(name + "/weights", channels, kernel, width(kernel), shape().dim(3));
        Conv2dParams params = new Conv2dParams(stride, width(stride), 1, 1, Padding.SAME, Activation.NONE);
        node(name, Conv2d.INSTANCE, params, weights);
        normalize(name, channels);
    }

    private void depthwise(String name, int kernel, int stride) {
        int channels = shape().dim(3);
        int weights = zeros(name + "/weights", 1, kernel, width(kernel), channels);
        DepthwiseConv2dParams params =
                new DepthwiseConv2dParams(stride, width(stride), 1, 1, 1, Padding.SAME, Activation.NONE);
        node(name, DepthwiseConv2d.INSTANCE, params, weights);
        normalize(name, channels);
    }

    /** The columns that go with so many rows. */
    private int width(int height) {
        return isSeries ? 1 : height;
    }

    private void normalize(String name, int channels) {
        String prefix = name + "/batch_norm";
        node(
                prefix,
                BatchNorm.INSTANCE,
                BatchNormParams.standard(),
                filled(prefix + "/gamma", 1, channels),
                filled(prefix + "/beta", 0, channels),
                filled(prefix + "/mean", 0, channels),
                filled(prefix + "/variance", 1, channels));
        node(name + "/relu", Relu.INSTANCE, new NoParams());
    }

    private void pool(String name, Operator<Pool2dParams> operator) {
        node(name, operator, new Pool2dParams(2, width(2), 2, width(2), Padding.VALID, Activation.NONE));
    }

    private void head(NetworkSpec spec, int classes) {
        if (shape().rank() == 4) {
            if (spec.head() == Head.GLOBAL_MEAN) {
                node("mean", Mean.INSTANCE, MeanParams.global());
            } else {
                node("flatten", Reshape.INSTANCE, new ReshapeParams(Shape.of(1, shape().elements())));
            }
        }
        for (int i = 0; i < spec.denseUnits().size(); i++) {
            dense("dense_" + (i + 1), spec.denseUnits().get(i), Activation.RELU);
        }
        if (spec.dropout() > 0) {
            node("dropout", Dropout.INSTANCE, new DropoutParams((float) spec.dropout()));
        }
        dense("logits", classes, Activation.NONE);
        node("probabilities", Softmax.INSTANCE, new SoftmaxParams(1));
    }

    private void dense(String name, int units, Activation activation) {
        int weights = zeros(name + "/weights", units, shape().dim(1));
        int bias = zeros(name + "/bias", units);
        node(name, FullyConnected.INSTANCE, new FullyConnectedParams(activation), weights, bias);
    }

    private Shape shape() {
        return graph.tensor(tensor).shape();
    }

    private int zeros(String name, int... dims) {
        return filled(name, 0, dims);
    }

    private int filled(String name, float value, int... dims) {
        Shape shape = Shape.of(dims);
        float[] values = new float[shape.elements()];
        Arrays.fill(values, value);
        return graph.constant(name, shape, Quantization.NONE, TensorData.of(values));
    }

    private <P extends Record> void node(String name, Operator<P> operator, P params, int... constants) {
        int[] operands = new int[constants.length + 1];
        operands[0] = tensor;
        System.arraycopy(constants, 0, operands, 1, constants.length);
        tensor = graph.node(name, ElementType.FLOAT32, Quantization.NONE, operator, params, operands);
    }
}
