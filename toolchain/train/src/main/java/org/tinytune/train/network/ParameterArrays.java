package org.tinytune.train.network;

import java.util.List;
import org.tinytune.core.vector.VectorMath;

/**
 * What an optimizer works on.
 *
 * @param values of all trained parameters
 * @param gradient of each, filled before every update
 * @param ranges in which they are updated
 * @param math the loops
 */
public record ParameterArrays(float[] values, float[] gradient, List<ParameterRange> ranges, VectorMath math) {
    /** Number of tensors that the ranges belong to. */
    public int tensors() {
        return ranges.isEmpty() ? 0 : ranges.get(ranges.size() - 1).tensor() + 1;
    }
}
