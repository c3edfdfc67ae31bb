package org.tinytune.train.network;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.batchnorm.BatchNorm;
import org.tinytune.core.op.batchnorm.BatchNormParams;
import org.tinytune.core.op.dropout.Dropout;
import org.tinytune.core.op.dropout.DropoutParams;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** Float graphs for gradients to be checked on. */
public final class FloatGraphs {
    private FloatGraphs() {}

    /**
     * An int8 graph in floats. A trained constant is added to every input, so that gradients reach it, and the output
     * is flattened, so that nothing of the graph ends it.
     */
    public static Graph of(Graph int8, boolean clamps) {
        GraphBuilder builder = new GraphBuilder();
        int[] renamed = new int[int8.tensors().size()];
        for (int t : int8.inputs()) {
            Tensor tensor = int8.tensor(t);
            renamed[t] = shifted(builder, tensor.name(), tensor.shape());
        }
        for (int t = 0; t < renamed.length; t++) {
            Tensor tensor = int8.tensor(t);
            if (tensor.state()) {
                renamed[t] = builder.tensor(
                        Tensor.state(tensor.name(), tensor.shape(), ElementType.FLOAT32, Quantization.NONE));
            }
            if (tensor.isConstant()) {
                renamed[t] = builder.constant(tensor.name(), tensor.shape(), Quantization.NONE, reals(tensor));
            }
        }
        for (Node<?> node : int8.nodes()) {
            renamed[node.output()] = append(builder, int8, node, renamed, clamps);
        }
        return flattened(builder, renamed[int8.outputs().get(0)]);
    }

    private static int shifted(GraphBuilder builder, String name, Shape shape) {
        int input = builder.input(name, shape, ElementType.FLOAT32, Quantization.NONE);
        TensorData zeros = TensorData.of(new float[shape.elements()]);
        int shift = builder.constant(name + "/shift", shape, Quantization.NONE, zeros);
        return builder.node(
                name + "/shifted",
                ElementType.FLOAT32,
                Quantization.NONE,
                Add.INSTANCE,
                new PairwiseParams(Activation.NONE),
                input,
                shift);
    }

    private static <P extends Record> int append(
            GraphBuilder builder, Graph int8, Node<P> node, int[] renamed, boolean clamps) {
        P params = node.params();
        if (!clamps && node.operator() instanceof Fusing<P> fusing) {
            params = fusing.withActivation(params, Activation.NONE);
        }
        int[] operands = node.inputs().stream().mapToInt(i -> renamed[i]).toArray();
        String name = int8.tensor(node.output()).name();
        return builder.node(name, ElementType.FLOAT32, Quantization.NONE, node.operator(), params, operands);
    }

    private static Graph flattened(GraphBuilder builder, int output) {
        Shape flat = Shape.of(1, builder.tensor(output).shape().elements());
        return builder.output(builder.node(
                        "flat",
                        ElementType.FLOAT32,
                        Quantization.NONE,
                        Reshape.INSTANCE,
                        new ReshapeParams(flat),
                        output))
                .build();
    }

    private static TensorData reals(Tensor tensor) {
        Quantization q = tensor.quantization();
        float[] reals = new float[tensor.shape().elements()];
        int inner = 1;
        for (int i = q.axis() + 1; i < tensor.shape().rank(); i++) {
            inner *= tensor.shape().dim(i);
        }
        for (int i = 0; i < reals.length; i++) {
            int integer = switch (tensor.type()) {
                case INT8 -> tensor.int8Data()[i];
                case INT16 -> tensor.int16Data()[i];
                default -> tensor.int32Data()[i];
            };
            int channel = q.channels() == 1 ? 0 : i / inner % q.channels();
            reals[i] = q.scale(channel) * (integer - q.zeroPoints()[channel]);
        }
        return TensorData.of(reals);
    }

    /** Batch norm of an image or a vector. */
    static Graph batchNorm(long seed, Activation activation) {
        SplittableRandom random = new SplittableRandom(seed);
        GraphBuilder builder = new GraphBuilder();
        int channels = random.nextInt(1, 20);
        Shape shape = random.nextBoolean() ? Shape.of(1, 3, 4, channels) : Shape.of(1, channels);
        List<Integer> operands = new ArrayList<>(List.of(shifted(builder, "input", shape)));
        for (String name : List.of("gamma", "beta", "mean", "variance")) {
            float[] values = new float[channels];
            for (int c = 0; c < channels; c++) {
                values[c] = (float) random.nextDouble(0.5, 1.5);
            }
            operands.add(builder.constant(name, Shape.of(channels), Quantization.NONE, TensorData.of(values)));
        }
        BatchNormParams params = BatchNorm.INSTANCE.withActivation(BatchNormParams.standard(), activation);
        return flattened(
                builder,
                builder.node(
                        "normalized",
                        ElementType.FLOAT32,
                        Quantization.NONE,
                        BatchNorm.INSTANCE,
                        params,
                        operands.stream().mapToInt(i -> i).toArray()));
    }

    /** Dropout of a vector or an image. */
    static Graph dropout(DropoutParams params, Shape shape) {
        GraphBuilder builder = new GraphBuilder();
        int input = shifted(builder, "input", shape);
        return flattened(
                builder,
                builder.node("dropped", ElementType.FLOAT32, Quantization.NONE, Dropout.INSTANCE, params, input));
    }
}
