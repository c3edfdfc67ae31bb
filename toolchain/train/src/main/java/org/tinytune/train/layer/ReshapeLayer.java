package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.settings.TomlTable;

/** The same values in another {@code shape}. */
final class ReshapeLayer implements LayerType {
    private static final int MAX = 1 << 24;
    private static final int MAX_RANK = 3;

    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        List<Integer> extents = settings.integers("shape", 1, MAX);
        if (extents.isEmpty() || extents.size() > MAX_RANK) {
            throw settings.error(
                    "shape has " + extents.size() + " extents: give [height, width, channels] or [values]");
        }
        int[] dims = new int[extents.size() + 1];
        dims[0] = 1;
        for (int i = 0; i < extents.size(); i++) {
            dims[i + 1] = extents.get(i);
        }
        Shape shape = Shapes.of(dims);
        Shape given = draft.shape(inputs.get(0));
        if (shape.elements() != given.elements()) {
            throw new InvalidModelException("makes " + shape.elements() + " values of " + given + ", which has "
                    + given.elements() + ": give a shape with as many");
        }
        return draft.node("reshape", Reshape.INSTANCE, new ReshapeParams(shape), inputs.get(0));
    }
}
