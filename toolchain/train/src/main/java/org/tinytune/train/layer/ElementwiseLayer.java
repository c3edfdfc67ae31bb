package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.NoParams;
import org.tinytune.train.settings.TomlTable;

/**
 * A function of each value, without settings.
 *
 * @param part what its node is called within the layer
 * @param operator that computes it
 */
record ElementwiseLayer(String part, Operator<NoParams> operator) implements LayerType {
    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        return draft.node(part, operator, new NoParams(), inputs.get(0));
    }
}
