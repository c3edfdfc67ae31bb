package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.pad.Pad;
import org.tinytune.core.op.pad.PadParams;
import org.tinytune.train.settings.TomlTable;

/** Zeros around an image: {@code rows} and {@code columns}, each before and after it. */
final class PadLayer implements LayerType {
    private static final int MAX = 4096;

    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        draft.image(inputs.get(0));
        List<Integer> rows = pair(settings, "rows");
        List<Integer> columns = pair(settings, "columns");
        PadParams params =
                new PadParams(List.of(0, rows.get(0), columns.get(0), 0), List.of(0, rows.get(1), columns.get(1), 0));
        return draft.node("pad", Pad.INSTANCE, params, inputs.get(0));
    }

    private static List<Integer> pair(TomlTable settings, String key) {
        List<Integer> pair = settings.has(key) ? settings.integers(key, 0, MAX) : List.of(0, 0);
        if (pair.size() != 2) {
            throw settings.error(key + " has " + pair.size() + " numbers: give [before, after]");
        }
        return pair;
    }
}
