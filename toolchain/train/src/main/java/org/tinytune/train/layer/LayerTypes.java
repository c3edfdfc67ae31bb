package org.tinytune.train.layer;

import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.hardswish.HardSwish;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.mul.Mul;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.relu6.Relu6;
import org.tinytune.core.op.sub.Sub;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.train.settings.Registry;

/** The types of layers by name. Checked by: LayerTypesTest. */
public final class LayerTypes {
    /** All of them. */
    public static final Registry<LayerType> ALL = new Registry<LayerType>("layer type")
            .add("conv2d", new Conv2dLayer())
            .add("depthwise_conv2d", new DepthwiseConv2dLayer())
            .add("separable_conv2d", new SeparableConv2dLayer())
            .add("transpose_conv2d", new TransposeConv2dLayer())
            .add("conv1d", new Conv1dLayer())
            .add("dense", new DenseLayer())
            .add("max_pool", new PoolLayer(MaxPool2d.INSTANCE))
            .add("average_pool", new PoolLayer(AveragePool2d.INSTANCE))
            .add("global_mean", new GlobalMeanLayer())
            .add("global_max", new GlobalMaxLayer())
            .add("mean", new MeanLayer())
            .add("svdf", new SvdfLayer())
            .add("flatten", new FlattenLayer())
            .add("reshape", new ReshapeLayer())
            .add("dropout", new DropoutLayer(false))
            .add("spatial_dropout", new DropoutLayer(true))
            .add("batch_norm", new BatchNormLayer())
            .add("relu", new ElementwiseLayer("relu", Relu.INSTANCE))
            .add("relu6", new ElementwiseLayer("relu6", Relu6.INSTANCE))
            .add("leaky_relu", new LeakyReluLayer())
            .add("sigmoid", new ElementwiseLayer("sigmoid", Logistic.INSTANCE))
            .add("tanh", new ElementwiseLayer("tanh", Tanh.INSTANCE))
            .add("hard_swish", new ElementwiseLayer("hard_swish", HardSwish.INSTANCE))
            .add("add", new PairLayer("add", Add.INSTANCE))
            .add("subtract", new PairLayer("subtract", Sub.INSTANCE))
            .add("multiply", new PairLayer("multiply", Mul.INSTANCE))
            .add("concatenate", new ConcatenateLayer())
            .add("pad", new PadLayer())
            .add("softmax", new SoftmaxLayer());

    private LayerTypes() {}
}
