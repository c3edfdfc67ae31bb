package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.train.settings.TomlTable;

/** A convolution of each channel by itself: as a convolution, with {@code multiplier} for {@code filters}. */
final class DepthwiseConv2dLayer implements LayerType {
    private static final int MAX_MULTIPLIER = 1024;

    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        int multiplier = settings.integerOr("multiplier", 1, 1, MAX_MULTIPLIER);
        return add(draft, Window.ofKernel(settings), multiplier, Finish.of(settings), inputs.get(0));
    }

    static int add(NetworkDraft draft, Window window, int multiplier, Finish finish, int input) {
        int channels = Math.multiplyExact(draft.image(input).dim(3), multiplier);
        int weights = draft.zeros(
                "depthwise/weights", 1, window.size().height(), window.size().width(), channels);
        return finish.add(
                draft,
                "depthwise",
                DepthwiseConv2d.INSTANCE,
                activation -> window.depthwise(multiplier, activation),
                input,
                weights,
                channels);
    }
}
