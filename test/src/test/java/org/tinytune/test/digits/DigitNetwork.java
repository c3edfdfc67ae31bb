package org.tinytune.test.digits;

import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.concatenation.Concatenation;
import org.tinytune.core.op.concatenation.ConcatenationParams;
import org.tinytune.core.op.dropout.Dropout;
import org.tinytune.core.op.dropout.DropoutParams;
import org.tinytune.core.op.hardswish.HardSwish;
import org.tinytune.core.op.leakyrelu.LeakyRelu;
import org.tinytune.core.op.leakyrelu.LeakyReluParams;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.mean.Mean;
import org.tinytune.core.op.mean.MeanParams;
import org.tinytune.core.op.mul.Mul;
import org.tinytune.core.op.pad.Pad;
import org.tinytune.core.op.pad.PadParams;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.relu6.Relu6;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.op.sub.Sub;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.core.tensor.Shape;

/** Small networks for 8x8 digits that fit an Arduino Uno and between them hold every operator without a state. */
enum DigitNetwork {
    /** Depthwise separable, with a residual connection, pools and a flattened head. */
    RESIDUAL {
        @Override
        Graph build(Metadata metadata) {
            Layers layers = new Layers(metadata);
            layers.node("padded", Pad.INSTANCE, new PadParams(List.of(0, 1, 1, 0), List.of(0, 1, 1, 0)))
                    .conv("first", 8, 3, 1, Padding.VALID)
                    .batchNorm("first_norm")
                    .node("first_relu6", Relu6.INSTANCE, new NoParams())
                    .node("max", MaxPool2d.INSTANCE, Pool2dParams.of(2));
            int skipped = layers.tensor();
            return layers.depthwise("depthwise", 3)
                    .batchNorm("depthwise_norm")
                    .node("depthwise_relu6", Relu6.INSTANCE, new NoParams())
                    .conv("pointwise", 8, 1, 1, Padding.SAME)
                    .batchNorm("pointwise_norm")
                    .node("sum", Add.INSTANCE, new PairwiseParams(Activation.RELU), skipped)
                    .node("average", AveragePool2d.INSTANCE, Pool2dParams.of(2))
                    .node("flat", Reshape.INSTANCE, new ReshapeParams(Shape.of(1, 32)))
                    .node("dropped", Dropout.INSTANCE, new DropoutParams(0.1f))
                    .dense("logits", 10)
                    .node("probabilities", Softmax.INSTANCE, new SoftmaxParams(1))
                    .build();
        }
    },

    /** Clamps that nothing can take over, channels that compete in a softmax, and a global mean. */
    COMPETING {
        @Override
        Graph build(Metadata metadata) {
            Layers layers = new Layers(metadata);
            layers.conv("first", 8, 3, 2, Padding.SAME).batchNorm("first_norm");
            int unclamped = layers.tensor();
            layers.node("own_relu6", Relu6.INSTANCE, new NoParams())
                    .transposeConv("second", 8, 3)
                    .node("sum", Add.INSTANCE, new PairwiseParams(Activation.NONE), unclamped);
            int sum = layers.tensor();
            return layers.node("competition", Softmax.INSTANCE, new SoftmaxParams(1))
                    .node("both", Add.INSTANCE, new PairwiseParams(Activation.NONE), sum)
                    .conv("wide", 16, 1, 1, Padding.SAME)
                    .batchNorm("wide_norm")
                    .node("wide_relu", Relu.INSTANCE, new NoParams())
                    .node("mean", Mean.INSTANCE, MeanParams.global())
                    .dense("hidden", 16)
                    .node("copied", Reshape.INSTANCE, new ReshapeParams(Shape.of(1, 16)))
                    .node("own_relu", Relu.INSTANCE, new NoParams())
                    .dense("logits", 10)
                    .node("probabilities", Softmax.INSTANCE, new SoftmaxParams(1))
                    .build();
        }
    },

    /**
     * Channels that are squeezed to gates, curves of all kinds, and branches that are joined, of which one has a fixed
     * range.
     */
    GATED {
        @Override
        Graph build(Metadata metadata) {
            Layers layers = new Layers(metadata);
            layers.conv("first", 8, 3, 2, Padding.SAME)
                    .batchNorm("first_norm")
                    .node("first_swish", HardSwish.INSTANCE, new NoParams());
            int image = layers.tensor();
            layers.node("squeezed", Mean.INSTANCE, new MeanParams(List.of(1, 2), true))
                    .conv("few", 4, 1, 1, Padding.SAME)
                    .node("few_leaky", LeakyRelu.INSTANCE, new LeakyReluParams(0.1f))
                    .conv("excited", 8, 1, 1, Padding.SAME)
                    .node("gates", Logistic.INSTANCE, new NoParams());
            int gates = layers.tensor();
            layers.from(image).node("gated", Mul.INSTANCE, new PairwiseParams(Activation.NONE), gates);
            int gated = layers.tensor();
            layers.depthwise("depthwise", 3).batchNorm("depthwise_norm").node("bent", Tanh.INSTANCE, new NoParams());
            int bent = layers.tensor();
            layers.node("rest", Sub.INSTANCE, new PairwiseParams(Activation.NONE), gated);
            layers.node("scaled", Mul.INSTANCE, new PairwiseParams(Activation.NONE), layers.perChannel("scales", 1));
            return layers.node("joined", Concatenation.INSTANCE, new ConcatenationParams(3), gated, bent)
                    .node("dropped", Dropout.INSTANCE, DropoutParams.spatial(0.1f))
                    .conv("wide", 12, 1, 1, Padding.SAME)
                    .batchNorm("wide_norm")
                    .node("wide_relu", Relu.INSTANCE, new NoParams())
                    .node("max", MaxPool2d.INSTANCE, Pool2dParams.of(2))
                    .node("flat", Reshape.INSTANCE, new ReshapeParams(Shape.of(1, 48)))
                    .dense("logits", 10)
                    .node("probabilities", Softmax.INSTANCE, new SoftmaxParams(1))
                    .build();
        }
    },

    /** The pixels as a series over time: convolutions and pools of images of one row, whose results are joined. */
    SERIES {
        @Override
        Graph build(Metadata metadata) {
            Layers layers = new Layers(metadata);
            layers.node("series", Reshape.INSTANCE, new ReshapeParams(Shape.of(1, 1, 64, 1)))
                    .convOverTime("first", 8, 17, 2, 1)
                    .batchNorm("first_norm")
                    .node("first_leaky", LeakyRelu.INSTANCE, new LeakyReluParams(0.2f));
            int first = layers.tensor();
            layers.depthwiseOverTime("depthwise", 5)
                    .batchNorm("depthwise_norm")
                    .node("depthwise_relu", Relu.INSTANCE, new NoParams())
                    .node("joined", Concatenation.INSTANCE, new ConcatenationParams(2), first)
                    .node("max", MaxPool2d.INSTANCE, Pool2dParams.overTime(3, 2, Padding.SAME))
                    .convOverTime("second", 12, 5, 2, 2)
                    .batchNorm("second_norm")
                    .node("second_swish", HardSwish.INSTANCE, new NoParams());
            return layers.node("flat", Reshape.INSTANCE, new ReshapeParams(Shape.of(1, 192)))
                    .dense("logits", 10)
                    .node("probabilities", Softmax.INSTANCE, new SoftmaxParams(1))
                    .build();
        }
    };

    /** The float graph, untrained. */
    abstract Graph build(Metadata metadata);
}
