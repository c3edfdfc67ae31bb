package org.tinytune.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.Tensor;
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
import org.tinytune.core.op.dropout.Dropout;
import org.tinytune.core.op.dropout.DropoutParams;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.mean.Mean;
import org.tinytune.core.op.mean.MeanParams;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.relu6.Relu6;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.op.svdf.Svdf;
import org.tinytune.core.op.svdf.SvdfParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** Float networks, layer by layer, with small random numbers for weights, biases and all of batch norm. */
public final class FloatNetwork {
    private final GraphBuilder builder = new GraphBuilder();
    private final SplittableRandom random = new SplittableRandom(42);
    private InputEncoding encoding = InputEncoding.IDENTITY;
    private int tensor;

    /** A network for samples of this shape, without the batch extent. */
    public FloatNetwork(int... sample) {
        int[] dims = new int[sample.length + 1];
        dims[0] = 1;
        System.arraycopy(sample, 0, dims, 1, sample.length);
        tensor = builder.input("input", Shape.of(dims), ElementType.FLOAT32, Quantization.NONE);
    }

    /** States how raw values become the input. */
    public FloatNetwork encoding(InputEncoding value) {
        encoding = value;
        return this;
    }

    /** A convolution that keeps the size. */
    public FloatNetwork conv(String name, int channels, int kernel) {
        return conv(name, channels, kernel, Activation.NONE);
    }

    /** The same with a clamp. */
    public FloatNetwork conv(String name, int channels, int kernel, Activation activation) {
        return node(
                name,
                Conv2d.INSTANCE,
                Conv2dParams.of(1, Padding.SAME, activation),
                constant(name + "/weights", -0.4, 0.4, channels, kernel, kernel, channels()),
                constant(name + "/bias", -0.5, 0.5, channels));
    }

    /** A convolution without a bias. */
    public FloatNetwork convWithoutBias(String name, int channels, int kernel) {
        return node(
                name,
                Conv2d.INSTANCE,
                Conv2dParams.of(1, Padding.SAME, Activation.NONE),
                constant(name + "/weights", -0.4, 0.4, channels, kernel, kernel, channels()));
    }

    /** A depthwise convolution that keeps the size. */
    public FloatNetwork depthwise(String name, int kernel, int multiplier) {
        return node(
                name,
                DepthwiseConv2d.INSTANCE,
                new DepthwiseConv2dParams(1, 1, 1, 1, multiplier, Padding.SAME, Activation.NONE),
                constant(name + "/weights", -0.4, 0.4, 1, kernel, kernel, channels() * multiplier),
                constant(name + "/bias", -0.5, 0.5, channels() * multiplier));
    }

    /** A fully connected layer over all elements. */
    public FloatNetwork dense(String name, int units) {
        int inputs = builder.tensor(tensor).shape().elements();
        return node(
                name,
                FullyConnected.INSTANCE,
                new FullyConnectedParams(Activation.NONE),
                constant(name + "/weights", -0.4, 0.4, units, inputs),
                constant(name + "/bias", -0.5, 0.5, units));
    }

    /** A recurrent cell over a vector. */
    public FloatNetwork svdf(String name, int units, int rank, int memory, Activation activation) {
        int inputs = builder.tensor(tensor).shape().elements();
        int filters = units * rank;
        Shape state = Shape.of(1, filters * memory);
        return node(
                name,
                Svdf.INSTANCE,
                new SvdfParams(rank, activation),
                constant(name + "/feature", -0.4, 0.4, filters, inputs),
                constant(name + "/time", -0.4, 0.4, filters, memory),
                constant(name + "/bias", -0.5, 0.5, units),
                builder.tensor(Tensor.state(name + "/state", state, ElementType.FLOAT32, Quantization.NONE)));
    }

    /** Batch norm with averages as a training leaves them. */
    public FloatNetwork batchNorm(String name) {
        int channels = channels();
        return node(
                name,
                BatchNorm.INSTANCE,
                BatchNormParams.standard(),
                constant(name + "/gamma", -1.5, 1.5, channels),
                constant(name + "/beta", -1, 1, channels),
                constant(name + "/mean", -2, 2, channels),
                constant(name + "/variance", 0.01, 3, channels));
    }

    /** Dropout. */
    public FloatNetwork dropout(String name, float rate) {
        return node(name, Dropout.INSTANCE, new DropoutParams(rate));
    }

    /** A ReLU of its own. */
    public FloatNetwork relu(String name) {
        return node(name, Relu.INSTANCE, new NoParams());
    }

    /** A ReLU6 of its own. */
    public FloatNetwork relu6(String name) {
        return node(name, Relu6.INSTANCE, new NoParams());
    }

    /** The sum with an earlier tensor. */
    public FloatNetwork add(String name, int other) {
        return node(name, Add.INSTANCE, new PairwiseParams(Activation.NONE), other);
    }

    /** The mean of an image. */
    public FloatNetwork mean() {
        return node("mean", Mean.INSTANCE, MeanParams.global());
    }

    /** Probabilities. */
    public FloatNetwork softmax() {
        return node("probabilities", Softmax.INSTANCE, new SoftmaxParams(1));
    }

    /** Any operator, with the tensor at hand as its first operand. */
    public <P extends Record> FloatNetwork node(String name, Operator<P> operator, P params, int... others) {
        int[] operands = new int[others.length + 1];
        operands[0] = tensor;
        System.arraycopy(others, 0, operands, 1, others.length);
        tensor = builder.node(name, ElementType.FLOAT32, Quantization.NONE, operator, params, operands);
        return this;
    }

    /** The index of the tensor at hand. */
    public int tensor() {
        return tensor;
    }

    /** Goes on from an earlier tensor. */
    public FloatNetwork from(int earlier) {
        tensor = earlier;
        return this;
    }

    /** A constant of evenly distributed values. */
    public int constant(String name, double low, double high, int... dims) {
        Shape shape = Shape.of(dims);
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(low, high);
        }
        return constant(name, shape, values);
    }

    /** A constant. */
    public int constant(String name, Shape shape, float... values) {
        return builder.constant(name, shape, Quantization.NONE, TensorData.of(values));
    }

    /** Names the tensor at hand as an output, beside the last. */
    public FloatNetwork alsoOutput() {
        builder.output(tensor);
        return this;
    }

    private int channels() {
        return builder.tensor(tensor).shape().dim(-1);
    }

    /** The graph, which ends here, with as many labels as it has outputs. */
    public Graph build() {
        int outputs = builder.tensor(tensor).shape().elements();
        List<String> labels = IntStream.range(0, outputs).mapToObj(i -> "c" + i).toList();
        return builder.output(tensor)
                .metadata(new Metadata("network", "", labels, encoding, new TreeMap<>(Map.of())))
                .build();
    }

    /** The elements of a named constant. */
    public static float[] values(Graph graph, String name) {
        float[] values = graph.tensor(index(graph, name)).float32Data();
        return Arrays.copyOf(values, values.length);
    }

    /** The index of a named tensor. */
    public static int index(Graph graph, String name) {
        return IntStream.range(0, graph.tensors().size())
                .filter(t -> graph.tensor(t).name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The names of the operators, in order. */
    public static List<String> operators(Graph graph) {
        return graph.nodes().stream().map(node -> node.operator().name()).toList();
    }
}
