package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.train.settings.TomlTable;

/** A convolution: {@code filters}, {@code kernel}, {@code stride}, {@code dilation}, {@code padding}. */
final class Conv2dLayer implements LayerType {
    /** The largest number of channels. */
    static final int MAX_FILTERS = 65_536;

    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        int filters = settings.integer("filters", 1, MAX_FILTERS);
        return add(draft, "conv", Window.ofKernel(settings), filters, Finish.of(settings), inputs.get(0));
    }

    static int add(NetworkDraft draft, String part, Window window, int filters, Finish finish, int input) {
        int channels = draft.image(input).dim(3);
        int weights = draft.zeros(
                part + "/weights",
                filters,
                window.size().height(),
                window.size().width(),
                channels);
        return finish.add(draft, part, Conv2d.INSTANCE, window::conv2d, input, weights, filters);
    }

    /** One by one. */
    static int addPointwise(NetworkDraft draft, String part, int filters, Finish finish, int input) {
        int channels = draft.image(input).dim(3);
        int weights = draft.zeros(part + "/weights", filters, 1, 1, channels);
        return finish.add(
                draft, part, Conv2d.INSTANCE, a -> Conv2dParams.of(1, Padding.SAME, a), input, weights, filters);
    }
}
