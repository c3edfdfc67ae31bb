package org.tinytune.train.layer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tinytune.core.op.mean.Mean;
import org.tinytune.core.op.mean.MeanParams;
import org.tinytune.train.settings.TomlTable;

/** The mean of an image over some of its extents, which become 1: {@code axes}. */
final class MeanLayer implements LayerType {
    /** Behind the batch. */
    private static final List<String> AXES = List.of("height", "width", "channels");

    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        draft.image(inputs.get(0));
        Set<Integer> axes = new HashSet<>();
        for (String name : settings.texts("axes")) {
            int axis = AXES.indexOf(name) + 1;
            if (axis == 0 || !axes.add(axis)) {
                throw settings.error(
                        "axes has '" + name + "': give \"height\", \"width\" and \"channels\", each once at most");
            }
        }
        if (axes.isEmpty()) {
            throw settings.error("axes has no entry: give at least one of \"height\", \"width\" and \"channels\"");
        }
        return draft.node("mean", Mean.INSTANCE, new MeanParams(List.copyOf(axes), true), inputs.get(0));
    }
}
