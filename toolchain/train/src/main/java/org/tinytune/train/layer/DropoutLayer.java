package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.dropout.Dropout;
import org.tinytune.core.op.dropout.DropoutParams;
import org.tinytune.train.settings.TomlTable;

/**
 * Dropout in training: {@code rate}.
 *
 * @param spatial whether whole channels of an image are dropped
 */
record DropoutLayer(boolean spatial) implements LayerType {
    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        double rate = settings.number("rate");
        if (!(rate >= 0 && rate < 1)) {
            throw settings.error("rate " + rate + ": give 0 or more, below 1");
        }
        if (spatial) {
            draft.image(inputs.get(0));
        }
        return draft.node("dropout", Dropout.INSTANCE, new DropoutParams((float) rate, spatial), inputs.get(0));
    }
}
