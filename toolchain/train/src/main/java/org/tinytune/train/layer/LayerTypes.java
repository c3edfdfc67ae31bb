package org.tinytune.train.layer;

import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.hardswish.HardSwish;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.relu6.Relu6;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.train.settings.Registry;

/** The types of layers by name. Checked by: LayerTypesTest. */
public final class LayerTypes {
    /** All of them. */
    public static final Registry<LayerType> ALL = new Registry<LayerType>("layer type")
            .add("conv2d", new Conv2dLayer())
            .add("depthwise_conv2d", new DepthwiseConv2dLayer())
            .add("separable_conv2d", new SeparableConv2dLayer())
            .add("conv1d", new Conv1dLayer())
            .add("dense", new DenseLayer())
            .add("max_pool", new PoolLayer(MaxPool2d.INSTANCE))
            .add("average_pool", new PoolLayer(AveragePool2d.INSTANCE))
            .add("global_mean", new GlobalMeanLayer())
            .add("flatten", new FlattenLayer())
            .add("reshape", new ReshapeLayer())
            .add("dropout", new DropoutLayer())
            .add("batch_norm", new BatchNormLayer())
            .add("relu", new ElementwiseLayer("relu", Relu.INSTANCE))
            .add("relu6", new ElementwiseLayer("relu6", Relu6.INSTANCE))
            .add("sigmoid", new ElementwiseLayer("sigmoid", Logistic.INSTANCE))
            .add("tanh", new ElementwiseLayer("tanh", Tanh.INSTANCE))
            .add("hard_swish", new ElementwiseLayer("hard_swish", HardSwish.INSTANCE))
            .add("add", new AddLayer())
            .add("pad", new PadLayer())
            .add("softmax", new SoftmaxLayer());

    private LayerTypes() {}
}
