package org.tinytune.train.network;

import java.util.List;
import org.tinytune.train.network.Parameters.Slice;

/**
 * Numbers among the parameters that stay as they are from some time on, although an optimizer, which has a memory of
 * their gradients, would still move them.
 */
final class FrozenNumbers {
    private final Parameters parameters;
    private final List<Slice> slices;
    private float[] frozen;

    FrozenNumbers(Parameters parameters, List<Slice> slices) {
        this.parameters = parameters;
        this.slices = List.copyOf(slices);
    }

    /** Keeps them as they are now; once they are frozen, nothing more happens. */
    void freeze() {
        if (frozen == null) {
            frozen = new float[slices.stream().mapToInt(Slice::length).sum()];
            int at = 0;
            for (Slice slice : slices) {
                System.arraycopy(parameters.values(), slice.offset(), frozen, at, slice.length());
                at += slice.length();
            }
        }
    }

    /** Takes back what a step has done to them. */
    void undo() {
        int at = 0;
        for (int i = 0; frozen != null && i < slices.size(); i++) {
            Slice slice = slices.get(i);
            System.arraycopy(frozen, at, parameters.values(), slice.offset(), slice.length());
            at += slice.length();
        }
    }
}
