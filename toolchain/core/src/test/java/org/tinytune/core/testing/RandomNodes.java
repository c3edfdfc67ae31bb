package org.tinytune.core.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.ExtremumOperator;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.concatenation.Concatenation;
import org.tinytune.core.op.concatenation.ConcatenationParams;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;
import org.tinytune.core.op.expanddims.ExpandDims;
import org.tinytune.core.op.expanddims.ExpandDimsParams;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.hardswish.HardSwish;
import org.tinytune.core.op.leakyrelu.LeakyRelu;
import org.tinytune.core.op.leakyrelu.LeakyReluParams;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.maximum.Maximum;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.mean.Mean;
import org.tinytune.core.op.mean.MeanParams;
import org.tinytune.core.op.minimum.Minimum;
import org.tinytune.core.op.mul.Mul;
import org.tinytune.core.op.pad.Pad;
import org.tinytune.core.op.pad.PadParams;
import org.tinytune.core.op.prelu.Prelu;
import org.tinytune.core.op.quantize.Quantize;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.relu6.Relu6;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.op.resizenearestneighbor.ResizeNearestNeighbor;
import org.tinytune.core.op.resizenearestneighbor.ResizeNearestNeighborParams;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.op.squeeze.Squeeze;
import org.tinytune.core.op.squeeze.SqueezeParams;
import org.tinytune.core.op.stridedslice.StridedSlice;
import org.tinytune.core.op.stridedslice.StridedSliceParams;
import org.tinytune.core.op.sub.Sub;
import org.tinytune.core.op.svdf.Svdf;
import org.tinytune.core.op.svdf.SvdfParams;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.core.op.transpose.Transpose;
import org.tinytune.core.op.transpose.TransposeParams;
import org.tinytune.core.op.transposeconv.TransposeConv;
import org.tinytune.core.op.transposeconv.TransposeConvParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** Appends nodes with random parameters to a graph; output scales are such that most outputs do not saturate. */
final class RandomNodes {
    /** The operators that end a network, in order. */
    static final List<String> HEAD = List.of("RESHAPE", "FULLY_CONNECTED", "SOFTMAX");

    private static final Set<String> IMAGES = Set.of("TRANSPOSE_CONV", "RESIZE_NEAREST_NEIGHBOR");
    private static final Set<String> ANY_RANK = Set.of("EXPAND_DIMS", "SQUEEZE", "STRIDED_SLICE", "TRANSPOSE");

    /** Those whose bias may be int32 beside int16 activations. */
    private static final Set<String> NARROW_BIAS = Set.of("CONV_2D", "FULLY_CONNECTED", "TRANSPOSE_CONV");

    /** What LOGISTIC, TANH and SOFTMAX give in int16. */
    private static final Quantization FIXED_INT16 = Quantization.perTensor(1f / (1 << 15), 0);

    /** What SOFTMAX takes in int16 of scale times beta; chains of QUANTIZE may lead to any scale. */
    private static final float MAX_STEP_INT16 = 5;

    private static final int MAX_EXTENT = 9;
    private static final int MAX_CHANNELS = 6;
    private static final int MAX_TAPS = 4;

    private static final int ANY_ZERO_POINT = Integer.MIN_VALUE;

    private final GraphBuilder builder;
    private final SplittableRandom random;
    private final boolean extraInputs;
    private final ElementType type;
    private final Map<String, IntUnaryOperator> appenders = Map.ofEntries(
            Map.entry("ADD", this::add),
            Map.entry("AVERAGE_POOL_2D", i -> pool(AveragePool2d.INSTANCE, i)),
            Map.entry("CONCATENATION", this::concatenation),
            Map.entry("CONV_2D", this::conv2d),
            Map.entry("EXPAND_DIMS", this::expandDims),
            Map.entry("MAXIMUM", i -> extremum(Maximum.INSTANCE, i)),
            Map.entry("MINIMUM", i -> extremum(Minimum.INSTANCE, i)),
            Map.entry("PRELU", this::prelu),
            Map.entry("RESIZE_NEAREST_NEIGHBOR", this::resizeNearestNeighbor),
            Map.entry("SQUEEZE", this::squeeze),
            Map.entry("STRIDED_SLICE", this::stridedSlice),
            Map.entry("TRANSPOSE", this::transpose),
            Map.entry("DEPTHWISE_CONV_2D", this::depthwiseConv2d),
            Map.entry("FULLY_CONNECTED", this::fullyConnected),
            Map.entry("HARD_SWISH", i -> node(HardSwish.INSTANCE, new NoParams(), rescaled(i), i)),
            Map.entry("LEAKY_RELU", this::leakyRelu),
            Map.entry("LOGISTIC", i -> node(Logistic.INSTANCE, new NoParams(), fixed(i, Logistic.OUTPUT), i)),
            Map.entry("MAX_POOL_2D", i -> pool(MaxPool2d.INSTANCE, i)),
            Map.entry("MEAN", this::mean),
            Map.entry("MUL", this::mul),
            Map.entry("PAD", this::pad),
            Map.entry("QUANTIZE", this::quantize),
            Map.entry("RELU", i -> node(Relu.INSTANCE, new NoParams(), rescaled(i), i)),
            Map.entry("RELU6", i -> node(Relu6.INSTANCE, new NoParams(), rescaled(i), i)),
            Map.entry("RESHAPE", this::reshape),
            Map.entry("SOFTMAX", this::softmax),
            Map.entry("SUB", this::sub),
            Map.entry("SVDF", this::svdf),
            Map.entry("TANH", i -> node(Tanh.INSTANCE, new NoParams(), fixed(i, Tanh.OUTPUT), i)),
            Map.entry("TRANSPOSE_CONV", this::transposeConv));

    private final List<Integer> activations = new ArrayList<>();
    private int count;

    /**
     * @param type of inputs: int8, or int16, among which QUANTIZE then makes int8 of some
     * @param extraInputs whether nodes may read inputs of the graph beside those asked for
     */
    RandomNodes(GraphBuilder builder, SplittableRandom random, ElementType type, boolean extraInputs) {
        this.builder = builder;
        this.random = random;
        this.type = type;
        this.extraInputs = extraInputs;
    }

    /** Noise, or one time in eight only -128 and 127. */
    static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        boolean extremes = random.nextInt(8) == 0;
        for (int i = 0; i < length; i++) {
            int noise = random.nextInt(-128, 128);
            bytes[i] = (byte) (extremes ? noise < 0 ? -128 : 127 : noise);
        }
        return bytes;
    }

    /** Appends a node and returns its output. */
    int append(Operator<?> operator, int input) {
        IntUnaryOperator appender = appenders.get(operator.name());
        if (appender == null) {
            throw new IllegalStateException(operator.name() + " has no random nodes: add them here");
        }
        return appender.applyAsInt(input);
    }

    Graph graph(int output) {
        return builder.output(output).build();
    }

    int input(Shape shape) {
        return input(shape, type);
    }

    private int input(Shape shape, ElementType elements) {
        float scale = elements == ElementType.INT16 ? 0.02f / 256 : 0.02f;
        return remember(builder.input("input" + count++, shape, elements, perTensor(scale, elements)));
    }

    Shape imageShape() {
        return Shape.of(1, upTo(MAX_EXTENT), upTo(MAX_EXTENT), upTo(MAX_CHANNELS));
    }

    /** An image, or a vector where the operator takes any rank. */
    Shape shapeFor(Operator<?> operator) {
        if (ANY_RANK.contains(operator.name()) && random.nextInt(3) == 0) {
            return anyShape();
        }
        boolean images = operator.name().endsWith("_2D") || IMAGES.contains(operator.name());
        boolean vectors = operator.name().equals("SVDF");
        return images || !vectors && random.nextBoolean() ? imageShape() : Shape.of(1, upTo(50));
    }

    /** Up to five extents, the first of them 1, and of five the second, too. */
    private Shape anyShape() {
        int[] dims = new int[upTo(5)];
        for (int i = 0; i < dims.length; i++) {
            boolean one = i == 0 || dims.length == 5 && i == 1 || random.nextInt(4) == 0;
            dims[i] = one ? 1 : upTo(6);
        }
        return Shape.of(dims);
    }

    private int conv2d(int input) {
        Shape in = builder.tensor(input).shape();
        int channels = upTo(MAX_CHANNELS);
        int[] dilation = {upTo(2), upTo(2)};
        Shape shape = Shape.of(channels, taps(in.dim(1), dilation[0]), taps(in.dim(2), dilation[1]), in.dim(3));
        Conv2dParams params = new Conv2dParams(upTo(3), upTo(3), dilation[0], dilation[1], padding(), activation());
        return weighted(Conv2d.INSTANCE, params, input, shape, random.nextBoolean() ? 0 : -1, channels);
    }

    /** Appends a depthwise convolution with windows of 3 by 3. */
    int depthwise3x3(DepthwiseConv2dParams params, int outputZeroPoint, int input) {
        int channels = builder.tensor(input).shape().dim(3);
        Shape shape = Shape.of(1, 3, 3, channels);
        return weighted(DepthwiseConv2d.INSTANCE, params, input, shape, 3, channels, outputZeroPoint);
    }

    /** Appends a convolution with a window of so many rows and columns. */
    int convolution(Conv2dParams params, int[] window, int channels, int outputZeroPoint, int input) {
        Shape shape = Shape.of(
                channels, window[0], window[1], builder.tensor(input).shape().dim(3));
        return weighted(Conv2d.INSTANCE, params, input, shape, 0, channels, outputZeroPoint);
    }

    /** Appends a dense layer. */
    int dense(FullyConnectedParams params, int channels, int outputZeroPoint, int input) {
        Shape shape = Shape.of(channels, builder.tensor(input).shape().dim(1));
        return weighted(FullyConnected.INSTANCE, params, input, shape, -1, channels, outputZeroPoint);
    }

    private int depthwiseConv2d(int input) {
        Shape in = builder.tensor(input).shape();
        int multiplier = upTo(2);
        int channels = in.dim(3) * multiplier;
        int[] dilation = {upTo(2), upTo(2)};
        Shape shape = Shape.of(1, taps(in.dim(1), dilation[0]), taps(in.dim(2), dilation[1]), channels);
        DepthwiseConv2dParams params = new DepthwiseConv2dParams(
                upTo(3), upTo(3), dilation[0], dilation[1], multiplier, padding(), activation());
        return weighted(DepthwiseConv2d.INSTANCE, params, input, shape, random.nextBoolean() ? 3 : -1, channels);
    }

    /** Larger than the input by a stride, unless that is large already: any size of which a convolution makes it. */
    private int transposeConv(int input) {
        Shape in = builder.tensor(input).shape();
        int channels = upTo(MAX_CHANNELS);
        int[] window = {upTo(MAX_TAPS), upTo(MAX_TAPS)};
        int[] stride = {upTo(Math.max(1, 12 / in.dim(1))), upTo(Math.max(1, 12 / in.dim(2)))};
        Padding padding = padding();
        int[] output = new int[2];
        for (int i = 0; i < 2; i++) {
            stride[i] = Math.min(3, stride[i]);
            int least = (in.dim(1 + i) - 1) * stride[i] + (padding == Padding.SAME ? 1 : window[i]);
            output[i] = least + random.nextInt(stride[i]);
        }
        Shape shape = Shape.of(channels, window[0], window[1], in.dim(3));
        TransposeConvParams params =
                new TransposeConvParams(output[0], output[1], stride[0], stride[1], padding, activation());
        return weighted(TransposeConv.INSTANCE, params, input, shape, random.nextBoolean() ? 0 : -1, channels);
    }

    /** Of a vector; an image is flattened before, and becomes one of a single pixel. */
    private int svdf(int input) {
        boolean image = builder.tensor(input).shape().rank() != 2;
        int vector = image ? reshape(input) : input;
        int output = svdfOfVector(vector);
        if (!image) {
            return output;
        }
        Shape pixel = Shape.of(1, 1, 1, builder.tensor(output).shape().elements());
        Quantization same = builder.tensor(output).quantization();
        return node(Reshape.INSTANCE, new ReshapeParams(pixel), same, output);
    }

    /** Features use much of int16; now and then weights of time are so large that sums overflow. */
    private int svdfOfVector(int input) {
        Tensor in = builder.tensor(input);
        int inputs = in.shape().elements();
        int rank = upTo(2);
        int units = upTo(MAX_CHANNELS);
        int filters = units * rank;
        int memory = upTo(MAX_TAPS);
        float featureScale = (float) random.nextDouble(0.002, 0.01);
        float timeScale = (float) random.nextDouble(0.00001, 0.0001);
        float inputScale = in.quantization().scale();
        float stateScale = (float) (inputScale * featureScale * 74 * 74 * StrictMath.sqrt(inputs) / 8000);
        int feature = builder.constant(
                "feature" + count,
                Shape.of(filters, inputs),
                Quantization.perTensor(featureScale, 0),
                TensorData.of(bytes(random, filters * inputs)));
        int most = random.nextInt(8) == 0 ? Short.MAX_VALUE : 8000;
        short[] weights = new short[filters * memory];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (short) random.nextInt(-most, most + 1);
        }
        int time = builder.constant(
                "time" + count,
                Shape.of(filters, memory),
                Quantization.perTensor(timeScale, 0),
                TensorData.of(weights));
        int[] values = new int[units];
        for (int u = 0; u < units; u++) {
            values[u] = random.nextInt(-8000 * most / 2, 8000 * most / 2);
        }
        int bias = builder.constant(
                "bias" + count++,
                Shape.of(units),
                Quantization.perTensor(stateScale * timeScale, 0),
                TensorData.of(values));
        int state = builder.tensor(Tensor.state(
                "state" + count++,
                Shape.of(1, filters * memory),
                ElementType.INT16,
                Quantization.perTensor(stateScale, 0)));
        float outputScale = (float) (stateScale * timeScale * 8000 * most * StrictMath.sqrt(rank * memory) / 100);
        SvdfParams params = new SvdfParams(rank, Activation.RELU);
        return node(Svdf.INSTANCE, params, perTensor(outputScale, ElementType.INT8), input, feature, time, bias, state);
    }

    private int fullyConnected(int input) {
        int channels = 1 + upTo(MAX_CHANNELS);
        Shape shape = Shape.of(channels, builder.tensor(input).shape().elements());
        return weighted(FullyConnected.INSTANCE, new FullyConnectedParams(activation()), input, shape, -1, channels);
    }

    private <P extends Record> int weighted(
            Operator<P> operator, P params, int input, Shape shape, int axis, int channels) {
        return weighted(operator, params, input, shape, axis, channels, ANY_ZERO_POINT);
    }

    private <P extends Record> int weighted(
            Operator<P> operator, P params, int input, Shape shape, int axis, int channels, int outputZeroPoint) {
        float inputScale = builder.tensor(input).quantization().scale();
        float[] scales = new float[axis < 0 ? 1 : channels];
        float[] biasScales = new float[scales.length];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = (float) random.nextDouble(0.002, 0.01);
            biasScales[i] = inputScale * scales[i];
        }
        Quantization quantization = Quantization.of(scales, new int[scales.length], Math.max(axis, 0));
        byte[] bytes = bytes(random, shape.elements());
        int weights = builder.constant("weights" + count++, shape, quantization, TensorData.of(bytes));
        Quantization biasQuantization = Quantization.of(biasScales, new int[scales.length], 0);
        TensorData values = biases(operator, typeOf(input), channels);
        int bias = builder.constant("bias" + count++, Shape.of(channels), biasQuantization, values);
        double terms = (double) shape.elements() / channels;
        float outputScale = (float) (inputScale * 0.006 * 74 * 74 * StrictMath.sqrt(terms) / 50);
        Quantization output = outputZeroPoint == ANY_ZERO_POINT
                ? perTensor(outputScale, typeOf(input))
                : Quantization.perTensor(outputScale, outputZeroPoint);
        return node(operator, params, output, input, weights, bias);
    }

    /** Int32; beside int16 activations mostly int64, of which some need more than 32 bits. */
    private TensorData biases(Operator<?> operator, ElementType activations, int channels) {
        int[] values = new int[channels];
        for (int c = 0; c < channels; c++) {
            values[c] = random.nextInt(-3000, 3000);
        }
        if (activations != ElementType.INT16) {
            return TensorData.of(values);
        }
        boolean narrow = NARROW_BIAS.contains(operator.name()) && random.nextInt(4) == 0;
        int factor = random.nextInt(8) == 0 ? 1 << 20 : 256;
        if (narrow) {
            return TensorData.of(Arrays.stream(values).map(v -> v * 256).toArray());
        }
        return TensorData.of(
                Arrays.stream(values).mapToLong(v -> (long) v * factor).toArray());
    }

    private int pool(Operator<Pool2dParams> operator, int input) {
        Shape in = builder.tensor(input).shape();
        Pool2dParams params =
                new Pool2dParams(taps(in.dim(1), 1), taps(in.dim(2), 1), upTo(3), upTo(3), padding(), activation());
        return node(operator, params, builder.tensor(input).quantization(), input);
    }

    /** The mean over some extents; images stay images. */
    private int mean(int input) {
        Shape shape = builder.tensor(input).shape();
        List<Integer> axes = new ArrayList<>();
        axes.add(random.nextInt(shape.rank()));
        for (int i = 0; i < shape.rank(); i++) {
            if (random.nextBoolean()) {
                axes.add(i);
            }
        }
        if (axes.isEmpty()) {
            axes.add(random.nextInt(shape.rank()));
        }
        return node(Mean.INSTANCE, new MeanParams(axes, true), rescaled(input), input);
    }

    private int add(int input) {
        return pair(Add.INSTANCE, new PairwiseParams(activation()), rescaled(input), input, other(input));
    }

    private int sub(int input) {
        return pair(Sub.INSTANCE, new PairwiseParams(activation()), rescaled(input), input, other(input));
    }

    private int mul(int input) {
        int other = other(input);
        float product = builder.tensor(input).quantization().scale()
                * builder.tensor(other).quantization().scale();
        float steps = typeOf(input) == ElementType.INT16 ? 256 : 1;
        Quantization output = perTensor(product * 74 * 74 / 50 * steps, typeOf(input));
        return pair(Mul.INSTANCE, new PairwiseParams(activation()), output, input, other);
    }

    private <P extends Record> int pair(Operator<P> operator, P params, Quantization output, int input, int other) {
        boolean swapped = random.nextBoolean();
        return node(operator, params, output, swapped ? other : input, swapped ? input : other);
    }

    /** An activation of the same shape, perhaps the same one; or a constant; and of these some that repeat. */
    private int other(int input) {
        Shape shape = builder.tensor(input).shape();
        return switch (random.nextInt(6)) {
            case 0 -> constant(shape, typeOf(input), rescaled(input));
            case 1 -> constant(repeating(shape), typeOf(input), rescaled(input));
            case 2 -> repeatingActivation(input);
            default -> oneOf(i -> builder.tensor(i).shape().equals(shape) && typeOf(i) == typeOf(input));
        };
    }

    private int constant(Shape shape, ElementType elements, Quantization quantization) {
        byte[] bytes = bytes(random, shape.elements() * elements.bytes());
        return builder.constant("constant" + count++, shape, quantization, data(bytes, elements));
    }

    private static TensorData data(byte[] bytes, ElementType elements) {
        if (elements != ElementType.INT16) {
            return TensorData.of(bytes);
        }
        short[] values = new short[bytes.length / Short.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) Elements.INT16.get(bytes, 0, i);
        }
        return TensorData.of(values);
    }

    /** An element a channel, in one of several shapes, or a single element. */
    private Shape repeating(Shape shape) {
        int channels = shape.dim(-1);
        return switch (random.nextInt(3)) {
            case 0 -> Shape.of(channels);
            case 1 -> channelsOnly(shape);
            default -> Shape.of(1);
        };
    }

    private static Shape channelsOnly(Shape shape) {
        int[] dims = new int[shape.rank()];
        Arrays.fill(dims, 1);
        dims[dims.length - 1] = shape.dim(-1);
        return Shape.of(dims);
    }

    private int repeatingActivation(int input) {
        Shape shape = builder.tensor(input).shape();
        if (extraInputs) {
            return input(repeating(shape), typeOf(input));
        }
        List<Integer> axes = shape.rank() == 4 ? List.of(1, 2) : List.of(1);
        return node(Mean.INSTANCE, new MeanParams(axes, true), rescaled(input), input);
    }

    private int oneOf(IntPredicate fits) {
        List<Integer> fitting = activations.stream().filter(fits::test).toList();
        return fitting.get(random.nextInt(fitting.size()));
    }

    /** The activation and others, or itself again, that are quantized alike. */
    private int concatenation(int input) {
        Shape shape = builder.tensor(input).shape();
        int axis = random.nextInt(1, shape.rank());
        List<Integer> operands = new ArrayList<>(List.of(input));
        for (int more = random.nextInt(3); more > 0; more--) {
            operands.add(random.nextInt(operands.size() + 1), joinable(input, axis));
        }
        int[] indices = operands.stream().mapToInt(i -> i).toArray();
        return node(
                Concatenation.INSTANCE,
                new ConcatenationParams(axis),
                builder.tensor(input).quantization(),
                indices);
    }

    private int joinable(int input, int axis) {
        int[] dims = builder.tensor(input).shape().dims();
        Quantization quantization = builder.tensor(input).quantization();
        if (extraInputs && random.nextBoolean()) {
            dims[axis] = upTo(MAX_CHANNELS);
            return remember(builder.input("input" + count++, Shape.of(dims), typeOf(input), quantization));
        }
        return oneOf(i -> {
            int[] others = builder.tensor(i).shape().dims();
            if (others.length != dims.length) {
                return false;
            }
            others[axis] = dims[axis];
            return Arrays.equals(others, dims)
                    && typeOf(i) == typeOf(input)
                    && builder.tensor(i).quantization().equals(quantization);
        });
    }

    private int pad(int input) {
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        for (int i = 0; i < builder.tensor(input).shape().rank(); i++) {
            before.add(i == 0 ? 0 : random.nextInt(3));
            after.add(i == 0 ? 0 : random.nextInt(3));
        }
        return node(
                Pad.INSTANCE,
                new PadParams(before, after),
                builder.tensor(input).quantization(),
                input);
    }

    private int reshape(int input) {
        Shape shape = builder.tensor(input).shape();
        Shape flat = Shape.of(1, shape.elements());
        return node(
                Reshape.INSTANCE, new ReshapeParams(flat), builder.tensor(input).quantization(), input);
    }

    /** An operator that keeps the quantization; in a network its output becomes an image again, if it is none. */
    private <P extends Record> int moved(Operator<P> operator, P params, int input) {
        Quantization same = builder.tensor(input).quantization();
        int output = node(operator, params, same, input);
        Shape shape = builder.tensor(output).shape();
        boolean image = shape.rank() == 4 && shape.dim(0) == 1;
        if (extraInputs || image) {
            return output;
        }
        activations.remove(activations.size() - 1);
        int channels = shape.rank() == 0 ? 1 : shape.dim(-1);
        Shape pixels = Shape.of(1, 1, shape.elements() / channels, channels);
        return node(Reshape.INSTANCE, new ReshapeParams(pixels), same, output);
    }

    private int expandDims(int input) {
        int axis = random.nextInt(builder.tensor(input).shape().rank() + 1);
        return moved(ExpandDims.INSTANCE, new ExpandDimsParams(axis), input);
    }

    /** Of five extents the second is left out, not the first: four of them are an image, whose first has to be 1. */
    private int squeeze(int input) {
        Shape shape = builder.tensor(input).shape();
        boolean five = shape.rank() == 5;
        List<Integer> axes = new ArrayList<>(five ? List.of(1) : List.of());
        for (int i = five ? 2 : 0; i < shape.rank(); i++) {
            if (shape.dim(i) == 1 && random.nextBoolean()) {
                axes.add(i);
            }
        }
        return moved(Squeeze.INSTANCE, new SqueezeParams(axes), input);
    }

    private int transpose(int input) {
        Shape shape = builder.tensor(input).shape();
        List<Integer> permutation = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            boolean first = shape.rank() == 4 && axis == 0;
            permutation.add(first ? 0 : random.nextInt(shape.rank() == 4 ? 1 : 0, permutation.size() + 1), axis);
        }
        return moved(Transpose.INSTANCE, new TransposeParams(permutation), input);
    }

    private int stridedSlice(int input) {
        Shape shape = builder.tensor(input).shape();
        List<StridedSliceParams.Axis> axes = new ArrayList<>();
        for (int i = 0; i < shape.rank(); i++) {
            axes.add(i == 0 ? StridedSliceParams.Axis.of(0, shape.dim(0)) : someOf(shape.dim(i)));
        }
        return moved(StridedSlice.INSTANCE, new StridedSliceParams(axes), input);
    }

    /** All of an extent, or a single element, or every so many-th, forwards or backwards. */
    private StridedSliceParams.Axis someOf(int size) {
        int begin = random.nextInt(size);
        int stride = upTo(3) * (random.nextInt(4) == 0 ? -1 : 1);
        int most = 1 + (stride > 0 ? size - 1 - begin : begin) / Math.abs(stride);
        return switch (random.nextInt(5)) {
            case 0 -> StridedSliceParams.Axis.of(0, size);
            case 1 -> new StridedSliceParams.Axis(begin, 1, 1, random.nextBoolean());
            case 2 -> StridedSliceParams.Axis.of(begin, upTo(size - begin));
            default -> new StridedSliceParams.Axis(begin, stride, upTo(most), false);
        };
    }

    private int extremum(ExtremumOperator operator, int input) {
        Quantization same = builder.tensor(input).quantization();
        Shape shape = builder.tensor(input).shape();
        int other = switch (random.nextInt(4)) {
            case 0 -> constant(shape, typeOf(input), same);
            case 1 -> constant(repeating(shape), typeOf(input), same);
            case 2 -> extraInputs ? remember(builder.input("input" + count++, shape, typeOf(input), same)) : input;
            default ->
                oneOf(i -> builder.tensor(i).shape().equals(shape)
                        && typeOf(i) == typeOf(input)
                        && builder.tensor(i).quantization().equals(same));
        };
        return pair(operator, new NoParams(), same, input, other);
    }

    /** A slope for each channel, or each element, or a single one. */
    private int prelu(int input) {
        Shape shape = builder.tensor(input).shape();
        int[] last = Arrays.copyOfRange(shape.dims(), 1, shape.rank());
        Shape slopes = random.nextInt(3) == 0 ? Shape.of(last) : repeating(shape);
        Quantization quantization = Quantization.perTensor((float) random.nextDouble(0.002, 0.01), zeroPoint());
        return node(
                Prelu.INSTANCE,
                new NoParams(),
                rescaled(input),
                input,
                constant(slopes, ElementType.INT8, quantization));
    }

    private int zeroPoint() {
        return random.nextInt(-128, 128);
    }

    /** Twice the size, or any; in a network not much larger than the input. */
    private int resizeNearestNeighbor(int input) {
        Shape shape = builder.tensor(input).shape();
        boolean twice = shape.dim(1) < 8 && shape.dim(2) < 8 && random.nextInt(3) == 0;
        ResizeNearestNeighborParams params = new ResizeNearestNeighborParams(
                twice ? 2 * shape.dim(1) : upTo(12),
                twice ? 2 * shape.dim(2) : upTo(12),
                random.nextInt(3) == 0,
                random.nextInt(3) == 0);
        return node(
                ResizeNearestNeighbor.INSTANCE, params, builder.tensor(input).quantization(), input);
    }

    private int leakyRelu(int input) {
        float alpha = random.nextInt(4) == 0 ? random.nextInt(3) : (float) random.nextDouble(0.001, 0.5);
        return node(LeakyRelu.INSTANCE, new LeakyReluParams(alpha), rescaled(input), input);
    }

    private int softmax(int input) {
        float beta = random.nextInt(3) == 0 ? (float) random.nextDouble(0.1, 2) : 1;
        if (typeOf(input) == ElementType.INT16) {
            beta = Math.min(
                    beta, MAX_STEP_INT16 / builder.tensor(input).quantization().scale());
        }
        return node(Softmax.INSTANCE, new SoftmaxParams(beta), fixed(input, Softmax.OUTPUT), input);
    }

    /** Within a type, or among int16 from one to the other as well. */
    private int quantize(int input) {
        if (type != ElementType.INT16) {
            return node(Quantize.INSTANCE, new NoParams(), rescaled(input), input);
        }
        int operand = extraInputs && random.nextInt(3) == 0
                ? input(builder.tensor(input).shape(), ElementType.INT8)
                : input;
        boolean wide = typeOf(operand) == ElementType.INT16;
        ElementType output = wide && random.nextBoolean() ? ElementType.INT8 : ElementType.INT16;
        float scale = builder.tensor(operand).quantization().scale();
        float factor = wide == (output == ElementType.INT16) ? 1 : wide ? 256 : 1f / 256;
        return remember(builder.node(
                "output" + count++,
                output,
                perTensor(scale * factor, output),
                Quantize.INSTANCE,
                new NoParams(),
                operand));
    }

    private <P extends Record> int node(Operator<P> operator, P params, Quantization output, int... operands) {
        return remember(builder.node("output" + count++, typeOf(operands[0]), output, operator, params, operands));
    }

    /** The type of a tensor. */
    ElementType typeOf(int tensor) {
        return builder.tensor(tensor).type();
    }

    /** What an operator gives whose int8 output is fixed. */
    private Quantization fixed(int input, Quantization int8) {
        return typeOf(input) == ElementType.INT16 ? FIXED_INT16 : int8;
    }

    private int remember(int tensor) {
        activations.add(tensor);
        return tensor;
    }

    private Quantization rescaled(int tensor) {
        return perTensor(builder.tensor(tensor).quantization().scale(), typeOf(tensor));
    }

    /** A scale within a factor of two, and any zero point, which for int16 is 0. */
    private Quantization perTensor(float scale, ElementType elements) {
        float near = scale * (float) random.nextDouble(0.7, 1.4);
        return Quantization.perTensor(near, elements == ElementType.INT16 ? 0 : random.nextInt(-128, 128));
    }

    private int taps(int input, int dilation) {
        return upTo(Math.min(MAX_TAPS, (input - 1) / dilation + 1));
    }

    private Padding padding() {
        return random.nextBoolean() ? Padding.SAME : Padding.VALID;
    }

    private Activation activation() {
        return Activation.values()[random.nextInt(Activation.values().length)];
    }

    private int upTo(int most) {
        return random.nextInt(1, most + 1);
    }
}
