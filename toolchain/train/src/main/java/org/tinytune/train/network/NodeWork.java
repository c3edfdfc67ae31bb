package org.tinytune.train.network;

import java.util.stream.IntStream;
import org.tinytune.core.cost.Work;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;

/**
 * What a node has to do in a step, whatever its kernel is: every array that a pass has to look at counts once, in
 * floats, activations for every sample and constants for the batch. A pass backward multiplies as often as one forward
 * for each of the gradients that its products give: that of the input and that of the weights.
 *
 * <p>Checked by: NodeWorkTest.
 */
final class NodeWork {
    private final Graph graph;
    private final Node<?> node;
    private final NodeBuffers buffers;
    private final long samples;

    /** @param samples of the batch, each as often as it has steps */
    NodeWork(Graph graph, Node<?> node, NodeBuffers buffers, int samples) {
        this.graph = graph;
        this.node = node;
        this.buffers = buffers;
        this.samples = samples;
    }

    /** Reads the operands, writes the output. */
    Work forward() {
        return new Work(macs(), operands(), bytes(node.output()));
    }

    /** Reads the operands and the gradient of the output, writes the gradients of the operands. */
    Work backward() {
        long written = operandIndices()
                .filter(this::hasGradient)
                .mapToLong(i -> bytes(node.inputs().get(i)))
                .sum();
        return new Work(macs() * products(node), operands() + bytes(node.output()), written);
    }

    private long macs() {
        return samples * graph.cost(node).macs();
    }

    private long operands() {
        return operandIndices().mapToLong(i -> bytes(node.inputs().get(i))).sum();
    }

    private IntStream operandIndices() {
        return IntStream.range(0, node.inputs().size())
                .filter(i -> node.inputs().get(i) != Node.ABSENT);
    }

    private long bytes(int tensor) {
        long count = graph.tensor(tensor).isConstant() ? 1 : samples;
        return count * graph.tensor(tensor).shape().elements() * Float.BYTES;
    }

    private boolean hasGradient(int operand) {
        return buffers.inputGradient(operand) != null || isTrained(operand);
    }

    private boolean isTrained(int operand) {
        return buffers.constantGradient(operand, 0) != null;
    }

    /** Products that the pass backward has of those of the pass forward. */
    private <P extends Record> long products(Node<P> of) {
        long weights = of.operator()
                        .quantSpec(of.params())
                        .weights()
                        .filter(w -> isTrained(w.input()))
                        .isPresent()
                ? 1
                : 0;
        return weights + (buffers.inputGradient(0) != null ? 1 : 0);
    }
}
