package org.tinytune.test.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.batchnorm.BatchNorm;
import org.tinytune.core.op.batchnorm.BatchNormParams;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.mean.Mean;
import org.tinytune.core.op.mean.MeanParams;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/**
 * The four networks of MLPerf Tiny, as float graphs with batch norm; without the dropout of two of them, which costs
 * next to nothing, so that the counterpart in PyTorch is the same network to the letter.
 *
 * <p>Source: mlcommons/tiny, benchmark/training: keyword_spotting/keras_model.py (dsconv), image_classification
 * (resnet8), visual_wake_words (mobilenet_v1, alpha 0.25), anomaly_detection (640 inputs).
 */
enum MlperfTinyNetwork {
    /** Keyword spotting: a depthwise separable network on 49 frames of 10 coefficients. */
    DS_CNN("ds_cnn") {
        @Override
        Graph graph() {
            Layers layers = new Layers(1, 49, 10, 1);
            layers.convolution(64, 10, 4, 2).normalize().relu();
            for (int i = 0; i < 4; i++) {
                layers.depthwise(1).normalize().relu();
                layers.convolution(64, 1, 1, 1).normalize().relu();
            }
            return layers.mean().dense(12).softmax().build();
        }
    },
    /** Image classification: three stages of one residual block each, on 32 by 32 colour images. */
    RESNET_8("resnet_8") {
        @Override
        Graph graph() {
            Layers layers = new Layers(1, 32, 32, 3);
            layers.convolution(16, 3, 3, 1).normalize().relu();
            layers.residual(16, 1).residual(32, 2).residual(64, 2);
            return layers.mean().dense(10).softmax().build();
        }
    },
    /** Visual wake words: MobileNet with a quarter of its channels, on 96 by 96 colour images. */
    MOBILENET("mobilenet") {
        @Override
        Graph graph() {
            Layers layers = new Layers(1, 96, 96, 3);
            layers.convolution(8, 3, 3, 2).normalize().relu();
            int[] channels = {16, 32, 32, 64, 64, 128, 128, 128, 128, 128, 128, 256, 256};
            int[] strides = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1};
            for (int i = 0; i < channels.length; i++) {
                layers.depthwise(strides[i]).normalize().relu();
                layers.convolution(channels[i], 1, 1, 1).normalize().relu();
            }
            return layers.mean().dense(2).softmax().build();
        }
    },
    /** Anomaly detection: a dense autoencoder of ten layers, on five frames of 128 bands. */
    AUTOENCODER("autoencoder") {
        @Override
        Graph graph() {
            Layers layers = new Layers(1, 640);
            for (int units : new int[] {128, 128, 128, 128, 8, 128, 128, 128, 128}) {
                layers.dense(units).normalize().relu();
            }
            return layers.dense(640).build();
        }
    };

    private final String id;

    MlperfTinyNetwork(String id) {
        this.id = id;
    }

    /** What scripts call it. */
    String id() {
        return id;
    }

    /** The network in float, with random weights. */
    abstract Graph graph();

    /** Whether the loss is a distance to the input, instead of a cross-entropy. */
    boolean reconstructs() {
        return this == AUTOENCODER;
    }

    private static final class Layers {
        private final GraphBuilder graph = new GraphBuilder();
        private final SplittableRandom random = new SplittableRandom(1);
        private int tensor;
        private int count;

        Layers(int... input) {
            tensor = graph.input("input", Shape.of(input), ElementType.FLOAT32, Quantization.NONE);
        }

        private int channels() {
            return graph.tensor(tensor).shape().dim(-1);
        }

        Layers convolution(int filters, int height, int width, int stride) {
            int weights = weights(height * width * channels(), filters, height, width, channels());
            return node(Conv2d.INSTANCE, Conv2dParams.of(stride, Padding.SAME, Activation.NONE), weights);
        }

        Layers depthwise(int stride) {
            int weights = weights(9, 1, 3, 3, channels());
            DepthwiseConv2dParams params = DepthwiseConv2dParams.of(stride, Padding.SAME, Activation.NONE);
            return node(DepthwiseConv2d.INSTANCE, params, weights);
        }

        Layers dense(int units) {
            int weights = weights(channels(), units, channels());
            return node(FullyConnected.INSTANCE, new FullyConnectedParams(Activation.NONE), weights, filled(units, 0));
        }

        Layers normalize() {
            int c = channels();
            return node(
                    BatchNorm.INSTANCE,
                    BatchNormParams.standard(),
                    filled(c, 1),
                    filled(c, 0),
                    filled(c, 0),
                    filled(c, 1));
        }

        Layers relu() {
            return node(Relu.INSTANCE, new NoParams());
        }

        Layers residual(int filters, int stride) {
            int before = tensor;
            convolution(filters, 3, 3, stride).normalize().relu();
            convolution(filters, 3, 3, 1).normalize();
            int branch = tensor;
            tensor = before;
            if (channels() != filters) {
                int weights = weights(channels(), filters, 1, 1, channels());
                int bias = filled(filters, 0);
                node(Conv2d.INSTANCE, Conv2dParams.of(stride, Padding.SAME, Activation.NONE), weights, bias);
            }
            return node(Add.INSTANCE, new PairwiseParams(Activation.NONE), branch)
                    .relu();
        }

        Layers mean() {
            return node(Mean.INSTANCE, MeanParams.global());
        }

        Layers softmax() {
            return node(Softmax.INSTANCE, new SoftmaxParams(1));
        }

        Graph build() {
            return graph.output(tensor).build();
        }

        private int weights(int fanIn, int... dims) {
            float[] values = new float[Shape.of(dims).elements()];
            double deviation = Math.sqrt(2.0 / fanIn);
            for (int i = 0; i < values.length; i++) {
                // The sum of twelve uniform numbers is as good as normal here.
                double sum = -6;
                for (int k = 0; k < 12; k++) {
                    sum += random.nextDouble();
                }
                values[i] = (float) (sum * deviation);
            }
            return constant(values, dims);
        }

        private int filled(int length, float value) {
            float[] values = new float[length];
            Arrays.fill(values, value);
            return constant(values, length);
        }

        private int constant(float[] values, int... dims) {
            return graph.constant("constant_" + count++, Shape.of(dims), Quantization.NONE, TensorData.of(values));
        }

        private <P extends Record> Layers node(Operator<P> operator, P params, int... others) {
            int[] operands = new int[others.length + 1];
            operands[0] = tensor;
            System.arraycopy(others, 0, operands, 1, others.length);
            tensor =
                    graph.node("tensor_" + count++, ElementType.FLOAT32, Quantization.NONE, operator, params, operands);
            return this;
        }
    }
}
