package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.concatenation.Concatenation;
import org.tinytune.core.op.concatenation.ConcatenationParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.settings.TomlTable;

/** The channels of several tensors, one behind the other. */
final class ConcatenateLayer implements LayerType {
    @Override
    public InputCount inputs() {
        return InputCount.SEVERAL;
    }

    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        Shape first = draft.shape(inputs.get(0));
        for (int input : inputs) {
            if (!sameButChannels(first, draft.shape(input))) {
                throw new InvalidModelException("reads " + first + " and " + draft.shape(input)
                        + ": make all the same but for the channels, as by strides or pools");
            }
        }
        ConcatenationParams channels = new ConcatenationParams(first.rank() - 1);
        return draft.node("concatenate", Concatenation.INSTANCE, channels, toArray(inputs));
    }

    private static boolean sameButChannels(Shape first, Shape second) {
        boolean same = first.rank() == second.rank();
        for (int i = 0; same && i < first.rank() - 1; i++) {
            same = first.dim(i) == second.dim(i);
        }
        return same;
    }

    private static int[] toArray(List<Integer> inputs) {
        return inputs.stream().mapToInt(Integer::intValue).toArray();
    }
}
