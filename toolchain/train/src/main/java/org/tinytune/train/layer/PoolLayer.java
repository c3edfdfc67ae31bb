package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.train.settings.TomlTable;

/**
 * A pool: {@code size}, {@code stride}, {@code padding}.
 *
 * @param operator that pools
 */
record PoolLayer(Operator<Pool2dParams> operator) implements LayerType {
    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        draft.image(inputs.get(0));
        return draft.node("pool", operator, Window.ofPool(settings).pool(), inputs.get(0));
    }
}
