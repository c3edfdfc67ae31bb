package org.tinytune.core.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

/**
 * A model: operators in an order in which they can run, and the tensors between them. Immutable.
 *
 * <p>Layout is NHWC with a batch of 1. A float graph and an INT8 graph are the same kind of thing: only the tensors'
 * types and quantization differ.
 *
 * @param tensors all tensors; everything else refers to them by index
 * @param nodes in an order in which they can run
 * @param inputs indices of the tensors that the caller fills
 * @param outputs indices of the tensors that the caller reads
 * @param metadata labels, input encoding and the like
 */
public record Graph(
        List<Tensor> tensors, List<Node<?>> nodes, List<Integer> inputs, List<Integer> outputs, Metadata metadata) {

    /**
     * Keeps copies, and checks the topology and every shape.
     *
     * @throws InvalidNodeException naming the first node that is wrong
     * @throws InvalidModelException if anything else is
     */
    public Graph {
        tensors = List.copyOf(tensors);
        nodes = List.copyOf(nodes);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        checkNames(tensors);
        checkTopology(tensors, nodes, inputs, outputs);
    }

    /** Tensor {@code i}. */
    public Tensor tensor(int i) {
        return tensors.get(i);
    }

    /** The first input, the only one of most models. */
    public Tensor input() {
        return tensors.get(inputs.get(0));
    }

    /** The first output, the only one of most models. */
    public Tensor output() {
        return tensors.get(outputs.get(0));
    }

    /** The tensors of a node. */
    public Operands operands(Node<?> node) {
        return operands(tensors, node);
    }

    /** The multiply-accumulates of one inference. */
    public long macs() {
        return nodes.stream().mapToLong(n -> cost(n).macs()).sum();
    }

    /** Whether an inference depends on those before it. */
    public boolean hasState() {
        return tensors.stream().anyMatch(Tensor::state);
    }

    /** Whether any activation is int16; a state may be so in an int8 network as well. */
    public boolean hasInt16Activations() {
        return tensors.stream().anyMatch(t -> t.type() == ElementType.INT16 && !t.isConstant() && !t.state());
    }

    /** What one node costs. */
    public <P extends Record> Cost cost(Node<P> node) {
        Operands operands = operands(node);
        Cost cost = node.operator().cost(node.params(), operands.inputShapes());
        if (!operands.areInt16()) {
            return cost;
        }
        // Operators count activations as int8, and biases as int32.
        long read = operands.inputs().stream().mapToLong(Graph::bytesBeyondInt8).sum();
        return new Cost(cost.macs(), cost.bytesRead() + read, cost.bytesWritten() + bytesBeyondInt8(operands.output()));
    }

    private static long bytesBeyondInt8(Tensor tensor) {
        if (tensor == null) {
            return 0;
        }
        return switch (tensor.type()) {
            case INT16 -> tensor.bytes() - tensor.shape().elements();
            case INT64 -> tensor.bytes() - (long) Integer.BYTES * tensor.shape().elements();
            default -> 0;
        };
    }

    /** Which input rows an output row of the node needs. */
    public <P extends Record> RowWindow rowWindow(Node<P> node) {
        return node.operator().rowWindow(node.params(), operands(node).inputShapes());
    }

    /** The same model saying something else of itself. */
    public Graph withMetadata(Metadata other) {
        return new Graph(tensors, nodes, inputs, outputs, other);
    }

    private static Operands operands(List<Tensor> tensors, Node<?> node) {
        List<Tensor> in = new ArrayList<>();
        for (int i : node.inputs()) {
            in.add(i == Node.ABSENT ? null : tensors.get(i));
        }
        return new Operands(in, node.outputs().stream().map(tensors::get).toList());
    }

    private static void checkNames(List<Tensor> tensors) {
        Set<String> names = new HashSet<>();
        for (Tensor t : tensors) {
            if (!names.add(t.name())) {
                throw new InvalidModelException("two tensors are named '" + t.name() + "'");
            }
        }
    }

    private static void checkTopology(
            List<Tensor> tensors, List<Node<?>> nodes, List<Integer> inputs, List<Integer> outputs) {
        BitSet known = new BitSet();
        for (int i = 0; i < tensors.size(); i++) {
            known.set(i, tensors.get(i).isConstant() || tensors.get(i).state());
        }
        for (int i : inputs) {
            checkIndex(i, tensors, "graph input");
            known.set(i);
        }
        for (int n = 0; n < nodes.size(); n++) {
            Node<?> node = nodes.get(n);
            try {
                checkNode(tensors, node, known);
            } catch (InvalidModelException e) {
                throw new InvalidNodeException(n, node.operator().name(), e.getMessage());
            }
            node.outputs().forEach(known::set);
        }
        checkStates(tensors, nodes);
        for (int i : outputs) {
            checkIndex(i, tensors, "graph output");
            if (!known.get(i)) {
                throw new InvalidModelException(
                        "graph output '" + tensors.get(i).name() + "' is never computed");
            }
        }
    }

    /** Messages stand behind the node's name. */
    private static void checkNode(List<Tensor> tensors, Node<?> node, BitSet known) {
        for (int i : node.inputs()) {
            if (i != Node.ABSENT) {
                checkIndex(i, tensors, "");
                if (!known.get(i)) {
                    throw new InvalidModelException(
                            " reads tensor '" + tensors.get(i).name() + "' before it is computed");
                }
            }
        }
        if (node.outputs().isEmpty()) {
            throw new InvalidModelException(" has no output");
        }
        for (int i : node.outputs()) {
            checkIndex(i, tensors, "");
            if (known.get(i)) {
                throw new InvalidModelException(
                        " writes tensor '" + tensors.get(i).name() + "' a second time");
            }
        }
        checkShape(node, operands(tensors, node));
    }

    private static void checkStates(List<Tensor> tensors, List<Node<?>> nodes) {
        BitSet taken = new BitSet();
        for (Node<?> node : nodes) {
            for (int i : node.inputs()) {
                if (i != Node.ABSENT && tensors.get(i).state()) {
                    if (taken.get(i)) {
                        throw new InvalidModelException(
                                "state '" + tensors.get(i).name() + "' is used twice; each node needs its own");
                    }
                    taken.set(i);
                }
            }
        }
    }

    private static <P extends Record> void checkShape(Node<P> node, Operands operands) {
        Shape inferred;
        try {
            inferred = node.operator().inferShape(node.params(), operands.inputShapes());
        } catch (InvalidModelException e) {
            throw new InvalidModelException(": " + e.getMessage());
        }
        for (Tensor output : operands.outputs()) {
            if (!inferred.equals(output.shape())) {
                throw new InvalidModelException(
                        ": output '" + output.name() + "' is " + output.shape() + ", not " + inferred);
            }
        }
    }

    private static void checkIndex(int i, List<Tensor> tensors, String where) {
        if (i < 0 || i >= tensors.size()) {
            throw new InvalidModelException(
                    where + " refers to tensor " + i + ", but there are " + tensors.size() + " tensors");
        }
    }
}
