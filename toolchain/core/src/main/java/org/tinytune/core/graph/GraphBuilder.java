package org.tinytune.core.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** Puts a graph together, node by node; tensors are referred to by the index that each call returns. */
public final class GraphBuilder {
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Node<?>> nodes = new ArrayList<>();
    private final List<Integer> inputs = new ArrayList<>();
    private final List<Integer> outputs = new ArrayList<>();
    private Metadata metadata = Metadata.unnamed();

    /** Adds a graph input. */
    public int input(String name, Shape shape, ElementType type, Quantization quantization) {
        int i = tensor(Tensor.activation(name, shape, type, quantization));
        inputs.add(i);
        return i;
    }

    /** Adds a constant. */
    public int constant(String name, Shape shape, Quantization quantization, TensorData data) {
        return tensor(Tensor.constant(name, shape, quantization, data));
    }

    /** Adds a tensor of any kind. */
    public int tensor(Tensor tensor) {
        tensors.add(tensor);
        return tensors.size() - 1;
    }

    /** Tensor {@code i} as added so far. */
    public Tensor tensor(int i) {
        return tensors.get(i);
    }

    /**
     * Adds a node with one output, whose shape is inferred.
     *
     * @param name of the output tensor
     * @param type of the output tensor
     * @param quantization of the output tensor
     * @param operands tensor indices
     * @return the index of the output tensor
     */
    public <P extends Record> int node(
            String name, ElementType type, Quantization quantization, Operator<P> operator, P params, int... operands) {
        List<Shape> shapes = new ArrayList<>();
        for (int i : operands) {
            shapes.add(i == Node.ABSENT ? null : tensors.get(i).shape());
        }
        int output = tensor(Tensor.activation(name, operator.inferShape(params, shapes), type, quantization));
        nodes.add(new Node<>(operator, params, Arrays.stream(operands).boxed().toList(), List.of(output)));
        return output;
    }

    /** Adds a node whose tensors all exist already. */
    public void node(Node<?> node) {
        nodes.add(node);
    }

    /** Names a tensor as graph output. */
    public GraphBuilder output(int tensor) {
        outputs.add(tensor);
        return this;
    }

    /** Says something of the model. */
    public GraphBuilder metadata(Metadata value) {
        metadata = value;
        return this;
    }

    /**
     * The graph.
     *
     * @throws InvalidModelException if its parts do not fit each other
     */
    public Graph build() {
        return new Graph(tensors, nodes, inputs, outputs, metadata);
    }
}
