package org.tinytune.train.layer;

import java.util.function.Function;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Activation;
import org.tinytune.train.settings.TomlTable;

/**
 * What follows the weights of a layer: a bias or batch norm, and a clamp.
 *
 * @param batchNorm whether batch norm stands in for the bias
 * @param activation the clamp
 */
record Finish(boolean batchNorm, Activation activation) {
    /** As a table has it, under {@code batch_norm} and {@code activation}; neither, if it has none. */
    static Finish of(TomlTable settings) {
        return new Finish(settings.flag("batch_norm", false), settings.word("activation", Activation.NONE));
    }

    /** The same with another clamp. */
    Finish with(Activation other) {
        return new Finish(batchNorm, other);
    }

    /**
     * Adds a node with weights, and what follows it.
     *
     * @param part what the node is within the layer
     * @param params of the node, by its clamp
     * @param weights constant
     * @param channels of the output
     * @return the output
     */
    <P extends Record> int add(
            NetworkDraft draft,
            String part,
            Operator<P> operator,
            Function<Activation, P> params,
            int input,
            int weights,
            int channels) {
        if (!batchNorm) {
            int bias = draft.zeros(part + "/bias", channels);
            return draft.node(part, operator, params.apply(activation), input, weights, bias);
        }
        int output = draft.node(part, operator, params.apply(Activation.NONE), input, weights);
        return BatchNormLayer.add(draft, part + "/batch_norm", output, activation);
    }
}
