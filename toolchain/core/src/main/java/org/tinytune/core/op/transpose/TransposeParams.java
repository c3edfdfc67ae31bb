package org.tinytune.core.op.transpose;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;

/**
 * Parameters of {@code TRANSPOSE}.
 *
 * @param permutation the axis of the input that each axis of the output is, counted from 0
 */
public record TransposeParams(List<Integer> permutation) {
    /**
     * Keeps a copy.
     *
     * @throws InvalidModelException if an axis is missing
     */
    public TransposeParams {
        permutation = List.copyOf(permutation);
        for (int axis = 0; axis < permutation.size(); axis++) {
            if (!permutation.contains(axis)) {
                throw new InvalidModelException(permutation + " is no permutation of axes");
            }
        }
    }
}
