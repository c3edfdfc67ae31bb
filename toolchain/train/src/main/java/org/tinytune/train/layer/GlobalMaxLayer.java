package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.settings.TomlTable;

/** The greatest value of each channel of an image, as a row: a max pool with a window as large as the image. */
final class GlobalMaxLayer implements LayerType {
    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        Shape image = draft.image(inputs.get(0));
        Pool2dParams all = new Pool2dParams(image.dim(1), image.dim(2), 1, 1, Padding.VALID, Activation.NONE);
        int pixel = draft.node("max", MaxPool2d.INSTANCE, all, inputs.get(0));
        return draft.node("row", Reshape.INSTANCE, new ReshapeParams(Shape.of(1, image.dim(3))), pixel);
    }
}
