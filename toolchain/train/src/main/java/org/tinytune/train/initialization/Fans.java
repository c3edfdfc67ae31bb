package org.tinytune.train.initialization;

import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec.State;
import org.tinytune.core.graph.QuantSpec.Weights;
import org.tinytune.core.tensor.Shape;

/**
 * What surrounds the weights of an operator.
 *
 * @param in inputs that each output is computed from, ignoring borders and strides
 * @param out outputs that each input goes into, likewise
 * @param saturating whether what follows saturates, as sigmoid and tanh do
 */
public record Fans(int in, int out, boolean saturating) {
    /**
     * Those of an operator's weights.
     *
     * <p>The axis of the weights that has a scale each is that of the output channels. Where it is the last, as in a
     * depthwise convolution, each output sees one input channel: {@code [1, H, W, C · MULTIPLIER]}; otherwise the last
     * axis is that of the input channels: {@code [C_OUT, H, W, C_IN]} or {@code [UNITS, INPUTS]}.
     */
    static Fans of(Graph graph, Node<?> node, Weights spec) {
        Shape weights = graph.tensor(node.inputs().get(spec.input())).shape();
        int axis = spec.axis() == Weights.PER_TENSOR ? 0 : spec.axis();
        int last = weights.rank() - 1;
        int inputChannels =
                axis == last ? graph.tensor(node.inputs().get(0)).shape().dim(-1) : weights.dim(last);
        return new Fans(
                weights.elements() / weights.dim(axis),
                weights.elements() / inputChannels,
                Saturation.follows(graph, node));
    }

    /**
     * Those of the weights that a state meets, {@code [channels, steps]}: an output is a sum over its channels and all
     * steps, and what a step adds to a channel goes into the outputs of as many.
     */
    static Fans of(Graph graph, Node<?> node, State spec) {
        Shape weights = graph.tensor(node.inputs().get(spec.weights())).shape();
        int outputs = graph.tensor(node.output()).shape().elements();
        return new Fans(weights.elements() / outputs, weights.dim(-1), Saturation.follows(graph, node));
    }
}
