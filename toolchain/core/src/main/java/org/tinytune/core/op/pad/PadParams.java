package org.tinytune.core.op.pad;

import java.util.List;

/**
 * Parameters of {@code PAD}, which surrounds a tensor with its zero point.
 *
 * @param before elements in front of each extent
 * @param after elements behind each extent
 */
public record PadParams(List<Integer> before, List<Integer> after) {
    /** Keeps copies. */
    public PadParams {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
