package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.mean.Mean;
import org.tinytune.core.op.mean.MeanParams;
import org.tinytune.train.settings.TomlTable;

/** The mean of each channel of an image, as a row. */
final class GlobalMeanLayer implements LayerType {
    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        draft.image(inputs.get(0));
        return draft.node("mean", Mean.INSTANCE, MeanParams.global(), inputs.get(0));
    }
}
