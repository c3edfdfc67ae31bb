package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.transposeconv.TransposeConv;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.settings.TomlTable;

/**
 * A convolution backwards, whose strides make an image larger: {@code filters}, {@code kernel}, {@code stride},
 * {@code padding}.
 */
final class TransposeConv2dLayer implements LayerType {
    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        int filters = settings.integer("filters", 1, Conv2dLayer.MAX_FILTERS);
        Window window = Window.ofTransposedKernel(settings);
        Shape image = draft.image(inputs.get(0));
        int weights = draft.zeros(
                "transpose_conv/weights",
                filters,
                window.size().height(),
                window.size().width(),
                image.dim(3));
        return Finish.of(settings)
                .add(
                        draft,
                        "transpose_conv",
                        TransposeConv.INSTANCE,
                        activation -> window.transposeConv(image, activation),
                        inputs.get(0),
                        weights,
                        filters);
    }
}
