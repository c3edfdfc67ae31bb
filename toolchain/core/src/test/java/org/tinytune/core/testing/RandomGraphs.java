package org.tinytune.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.InferenceOnly;
import org.tinytune.core.op.Operators;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.quantize.Quantize;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

/**
 * Valid int8 graphs from a seed, small enough to run thousands of times: every operator alone, and whole networks with
 * branches.
 */
public final class RandomGraphs {
    private static final int MAX_LAYERS = 7;

    private RandomGraphs() {}

    /** A graph of one node of the operator, with random shapes, parameters, quantization and constants. */
    public static Graph single(Operator<?> operator, long seed) {
        return single(operator, ElementType.INT8, seed);
    }

    /**
     * The same whose activations are of a type; those of QUANTIZE are of int16 on one side or on both, samples and
     * features of int16 and images of int8 in any case.
     */
    public static Graph single(Operator<?> operator, ElementType type, long seed) {
        if (Operators.DSP_BLOCKS.contains(operator)) {
            return RandomBlocks.single(operator, seed);
        }
        RandomNodes nodes = new RandomNodes(new GraphBuilder(), new SplittableRandom(seed), type, true);
        int output = nodes.append(operator, nodes.input(nodes.shapeFor(operator)));
        return nodes.graph(output);
    }

    /**
     * A network that could be trained: convolutions, pools, sums of branches and the like on an image, then a dense
     * head.
     */
    public static Graph network(long seed) {
        return network(seed, operator -> !(operator instanceof InferenceOnly));
    }

    /** A network as it comes from elsewhere, of all operators. */
    public static Graph foreignNetwork(long seed) {
        return network(seed, operator -> true);
    }

    /** One or the other: a seed's last bit says which. */
    public static Graph networkOfAnyOrigin(long seed) {
        return seed % 2 == 0 ? network(seed) : foreignNetwork(seed);
    }

    private static Graph network(long seed, Predicate<Operator<?>> used) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomNodes nodes = new RandomNodes(new GraphBuilder(), random, ElementType.INT8, false);
        int tensor = nodes.input(nodes.imageShape());
        List<Operator<?>> body = new ArrayList<>(Operators.ALL);
        body.removeIf(operator -> RandomNodes.HEAD.contains(operator.name()) || !used.test(operator));
        for (int i = random.nextInt(1, MAX_LAYERS + 1); i > 0; i--) {
            tensor = nodes.append(body.get(random.nextInt(body.size())), tensor);
        }
        for (String name : RandomNodes.HEAD) {
            tensor = nodes.append(Operators.byName(name).orElseThrow(), tensor);
        }
        return nodes.graph(tensor);
    }

    /** The operators that compute int16. */
    public static List<Operator<?>> operatorsOfInt16() {
        return Operators.ALL.stream()
                .filter(operator -> operator.int16().isPresent())
                .toList();
    }

    /** A network whose activations are int16, but for those that a QUANTIZE on the way makes int8. */
    public static Graph int16Network(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomNodes nodes = new RandomNodes(new GraphBuilder(), random, ElementType.INT16, false);
        int tensor = nodes.input(nodes.imageShape());
        List<Operator<?>> body = new ArrayList<>(operatorsOfInt16());
        body.removeIf(operator -> RandomNodes.HEAD.contains(operator.name()));
        for (int i = random.nextInt(1, MAX_LAYERS + 1); i > 0; i--) {
            tensor = nodes.append(body.get(random.nextInt(body.size())), tensor);
        }
        for (String name : RandomNodes.HEAD) {
            Operator<?> operator = Operators.byName(name).orElseThrow();
            tensor = operator.int16().isPresent() || nodes.typeOf(tensor) == ElementType.INT8
                    ? nodes.append(operator, tensor)
                    : tensor;
        }
        return nodes.graph(tensor);
    }

    /**
     * Depthwise convolutions with windows of 3 by 3, one after the other, between two operators that go row by row. The
     * output of a ReLU begins at its zero point, so that saturation is all that clamps.
     */
    public static Graph depthwise3x3(Shape input, long seed, DepthwiseConv2dParams... layers) {
        RandomNodes nodes = new RandomNodes(new GraphBuilder(), new SplittableRandom(seed), ElementType.INT8, false);
        int tensor = nodes.append(Quantize.INSTANCE, nodes.input(input));
        for (DepthwiseConv2dParams layer : layers) {
            tensor = nodes.depthwise3x3(layer, zeroPoint(layer.activation()), tensor);
        }
        return nodes.graph(nodes.append(Quantize.INSTANCE, tensor));
    }

    private static int zeroPoint(Activation activation) {
        return activation == Activation.RELU ? Byte.MIN_VALUE : 7;
    }

    /** One convolution with a window of so many rows and columns; zero points as in {@link #depthwise3x3}. */
    public static Graph convolution(Shape input, long seed, Conv2dParams params, int[] window, int channels) {
        RandomNodes nodes = new RandomNodes(new GraphBuilder(), new SplittableRandom(seed), ElementType.INT8, false);
        return nodes.graph(
                nodes.convolution(params, window, channels, zeroPoint(params.activation()), nodes.input(input)));
    }

    /** One dense layer of vectors {@code [N, C_IN]}; zero points as in {@link #depthwise3x3}. */
    public static Graph dense(Shape input, long seed, Activation activation, int channels) {
        RandomNodes nodes = new RandomNodes(new GraphBuilder(), new SplittableRandom(seed), ElementType.INT8, false);
        FullyConnectedParams params = new FullyConnectedParams(activation);
        return nodes.graph(nodes.dense(params, channels, zeroPoint(activation), nodes.input(input)));
    }

    /** Bytes for every input of a graph: noise, or now and then the extremes that make accumulators overflow. */
    public static List<byte[]> inputs(Graph graph, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> inputs = new ArrayList<>();
        for (int i : graph.inputs()) {
            inputs.add(RandomNodes.bytes(random, graph.tensor(i).bytes()));
        }
        return inputs;
    }
}
