package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.train.settings.TomlTable;

/** A fully connected layer: {@code units}, which are as many as the network has to end in if left out. */
final class DenseLayer implements LayerType {
    private static final int MAX_UNITS = 65_536;

    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        int units = settings.integerOr("units", draft.outputs(), 1, MAX_UNITS);
        int weights = draft.zeros("dense/weights", units, draft.row(inputs.get(0)));
        return Finish.of(settings)
                .add(draft, "dense", FullyConnected.INSTANCE, FullyConnectedParams::new, inputs.get(0), weights, units);
    }
}
