package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.train.settings.TomlTable;

/** Probabilities of classes, which add up to 1. */
final class SoftmaxLayer implements LayerType {
    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        return add(draft, inputs.get(0));
    }

    static int add(NetworkDraft draft, int input) {
        draft.row(input);
        return draft.node("probabilities", Softmax.INSTANCE, new SoftmaxParams(1), input);
    }
}
