package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.dropout.Dropout;
import org.tinytune.core.op.dropout.DropoutParams;
import org.tinytune.train.settings.TomlTable;

/** Dropout in training: {@code rate}. */
final class DropoutLayer implements LayerType {
    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        double rate = settings.number("rate");
        if (!(rate >= 0 && rate < 1)) {
            throw settings.error("rate " + rate + ": give 0 or more, below 1");
        }
        return draft.node("dropout", Dropout.INSTANCE, new DropoutParams((float) rate), inputs.get(0));
    }
}
