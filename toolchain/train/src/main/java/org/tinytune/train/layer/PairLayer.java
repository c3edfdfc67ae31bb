package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Pairing;
import org.tinytune.core.op.PairwiseOperator;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.settings.TomlTable;

/**
 * A value of each two of two tensors, such as the sum of the ends of two branches; with an {@code activation} if there
 * is one. The tensors have one shape; or one of them has a value for each channel of the other, or a single one, and
 * repeats: so a row of gates is multiplied with the channels of an image.
 *
 * <p>Source of the gates: Hu, Shen and Sun, "Squeeze-and-Excitation Networks", CVPR 2018, equation 4.
 *
 * @param part what its node is called within the layer
 * @param operator that computes it
 */
record PairLayer(String part, PairwiseOperator operator) implements LayerType {
    @Override
    public InputCount inputs() {
        return InputCount.TWO;
    }

    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        Shape left = draft.shape(inputs.get(0));
        Shape right = draft.shape(inputs.get(1));
        if (!Pairing.fit(left, right)) {
            throw new InvalidModelException("reads " + left + " and " + right
                    + ": make both the same shape, as by a conv2d with kernel = 1 on one of them, or one of them a row"
                    + " with a value for each channel of the other");
        }
        PairwiseParams params = new PairwiseParams(settings.word("activation", Activation.NONE));
        return draft.node(part, operator, params, inputs.get(0), inputs.get(1));
    }
}
