package org.tinytune.core.op.squeeze;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;

/**
 * Parameters of {@code SQUEEZE}.
 *
 * @param axes the extents of 1 that are left out, counted from 0, in order; none if all of them are
 */
public record SqueezeParams(List<Integer> axes) {
    /** Keeps a copy, in order and each axis once. */
    public SqueezeParams {
        axes = axes.stream().sorted().distinct().toList();
        if (!axes.isEmpty() && axes.get(0) < 0) {
            throw new InvalidModelException("there is no axis " + axes.get(0));
        }
    }
}
