package org.tinytune.core.graph;

import java.util.List;

/**
 * Which inputs an operator's output may overwrite, provided that input is used by nobody later and has as many bytes.
 *
 * @param inputs operand indices in order of preference; empty if the output needs memory of its own
 */
public record InPlace(List<Integer> inputs) {
    /** The output needs memory of its own. */
    public static final InPlace NEVER = new InPlace(List.of());

    /** The output may overwrite any of these operands: each element is read before or when it is written. */
    public static InPlace over(Integer... inputs) {
        return new InPlace(List.of(inputs));
    }
}
