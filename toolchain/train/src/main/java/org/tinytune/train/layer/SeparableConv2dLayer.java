package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.Activation;
import org.tinytune.train.settings.TomlTable;

/**
 * A depthwise convolution, then one that is one by one, each with batch norm and activation of its own; that of the
 * first is {@code depthwise_activation}, if it differs.
 *
 * <p>Source: Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications",
 * arXiv:1704.04861, figure 3.
 */
final class SeparableConv2dLayer implements LayerType {
    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        int filters = settings.integer("filters", 1, Conv2dLayer.MAX_FILTERS);
        Finish finish = Finish.of(settings);
        Activation inside = settings.word("depthwise_activation", finish.activation());
        int depthwise =
                DepthwiseConv2dLayer.add(draft, Window.ofKernel(settings), 1, finish.with(inside), inputs.get(0));
        return Conv2dLayer.addPointwise(draft, "pointwise", filters, finish, depthwise);
    }
}
