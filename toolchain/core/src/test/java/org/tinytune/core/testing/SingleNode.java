package org.tinytune.core.testing;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.SimulationObserver;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** A hand-made graph of one int8 node, and its run. */
public final class SingleNode {
    private final GraphBuilder builder = new GraphBuilder();
    private final List<Integer> operands = new ArrayList<>();
    private final List<byte[]> inputs = new ArrayList<>();

    /** Adds an activation and its values. */
    public SingleNode input(Shape shape, Quantization quantization, int... values) {
        inputs.add(bytes(values));
        return operand(builder.input("input" + operands.size(), shape, ElementType.INT8, quantization));
    }

    /** Adds an int8 constant. */
    public SingleNode weights(Shape shape, Quantization quantization, int... values) {
        return operand(builder.constant("weights", shape, quantization, TensorData.of(bytes(values))));
    }

    /** Adds an int32 constant, one element a channel. */
    public SingleNode bias(int... values) {
        Shape shape = Shape.of(values.length);
        return operand(builder.constant("bias", shape, Quantization.perTensor(1, 0), TensorData.of(values)));
    }

    /** The graph. */
    public <P extends Record> Graph graph(Operator<P> operator, P params, Quantization output) {
        int[] indices = operands.stream().mapToInt(Integer::intValue).toArray();
        builder.output(builder.node("output", ElementType.INT8, output, operator, params, indices));
        return builder.build();
    }

    /** What the int8 kernel computes. */
    public <P extends Record> byte[] run(Operator<P> operator, P params, Quantization output) {
        return Simulator.of(graph(operator, params, output))
                .run(inputs, SimulationObserver.NONE)
                .get(0);
    }

    private SingleNode operand(int tensor) {
        operands.add(tensor);
        return this;
    }

    /** The values as bytes, which they have to fit. */
    public static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
            if (bytes[i] != values[i]) {
                throw new IllegalArgumentException(values[i] + " is no int8");
            }
        }
        return bytes;
    }
}
