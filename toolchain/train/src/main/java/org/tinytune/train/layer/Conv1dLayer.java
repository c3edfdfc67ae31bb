package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.settings.TomlTable;
import org.tinytune.train.settings.TomlTable.Extent;

/**
 * A convolution along one extent, as TFLite has it: a two-dimensional one over an image of height or width 1. A row of
 * values becomes such an image, {@code [1, 1, N, 1]}.
 */
final class Conv1dLayer implements LayerType {
    private static final int MAX = 4096;

    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        int filters = settings.integer("filters", 1, Conv2dLayer.MAX_FILTERS);
        int image = asImage(draft, inputs.get(0));
        boolean alongWidth = isAlongWidth(draft.shape(image));
        Window window = new Window(
                extent(settings.integer("kernel", 1, MAX), alongWidth),
                extent(settings.integerOr("stride", 1, 1, MAX), alongWidth),
                extent(settings.integerOr("dilation", 1, 1, MAX), alongWidth),
                settings.word("padding", Padding.SAME));
        return Conv2dLayer.add(draft, "conv", window, filters, Finish.of(settings), image);
    }

    private static int asImage(NetworkDraft draft, int input) {
        Shape shape = draft.shape(input);
        return shape.rank() == 2
                ? draft.node("image", Reshape.INSTANCE, new ReshapeParams(Shape.of(1, 1, shape.dim(1), 1)), input)
                : input;
    }

    private static boolean isAlongWidth(Shape shape) {
        if (shape.rank() != 4 || shape.dim(1) > 1 && shape.dim(2) > 1) {
            throw new InvalidModelException(
                    "takes a row of values, or an image of height or width 1, but is given " + shape + ": use conv2d");
        }
        return shape.dim(1) == 1;
    }

    private static Extent extent(int length, boolean alongWidth) {
        return alongWidth ? new Extent(1, length) : new Extent(length, 1);
    }
}
