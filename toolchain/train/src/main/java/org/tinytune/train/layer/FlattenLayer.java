package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.settings.TomlTable;

/** All values in one row. */
final class FlattenLayer implements LayerType {
    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        Shape row = Shape.of(1, draft.shape(inputs.get(0)).elements());
        return draft.node("flatten", Reshape.INSTANCE, new ReshapeParams(row), inputs.get(0));
    }
}
