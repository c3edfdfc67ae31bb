package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.settings.TomlTable;

/**
 * The sum of two tensors of one shape, such as the ends of two branches; with an {@code activation} if there is one.
 */
final class AddLayer implements LayerType {
    @Override
    public int inputs() {
        return 2;
    }

    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        Shape left = draft.shape(inputs.get(0));
        Shape right = draft.shape(inputs.get(1));
        if (!left.equals(right)) {
            throw new InvalidModelException("adds " + left + " and " + right
                    + ": make both the same shape, as by a conv2d with kernel = 1 on one of them");
        }
        PairwiseParams params = new PairwiseParams(settings.word("activation", Activation.NONE));
        return draft.node("add", Add.INSTANCE, params, inputs.get(0), inputs.get(1));
    }
}
