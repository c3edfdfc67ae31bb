package org.tinytune.core.testing;

import java.util.Map;
import org.tinytune.core.graph.TfliteCodec;

/**
 * The options of a node as a file would give them.
 *
 * @param scalars by field id; 0 for those that are not there
 * @param vector the elements of any vector field
 */
public record MapOptions(Map<Integer, Double> scalars, int... vector) implements TfliteCodec.Options {
    @Override
    public double get(int id) {
        return scalars.getOrDefault(id, 0.0);
    }

    @Override
    public int[] getVector(int id) {
        return vector.clone();
    }
}
