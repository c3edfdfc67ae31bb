package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.train.settings.TomlTable;

/**
 * A type of layer that a file may declare. Reads its settings and adds its nodes; keys that it does not ask for are
 * refused after it.
 */
@FunctionalInterface
public interface LayerType {
    /**
     * Adds a layer.
     *
     * @param settings its table
     * @param inputs tensors that it reads: one, unless {@link #inputs} says otherwise
     * @return the tensor that it gives
     * @throws TinytuneException if a setting is wrong
     * @throws InvalidModelException if an input has the wrong shape
     */
    int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs);

    /** How many tensors it reads. */
    default InputCount inputs() {
        return InputCount.ONE;
    }
}
