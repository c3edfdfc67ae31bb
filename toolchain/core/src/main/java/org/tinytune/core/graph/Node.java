package org.tinytune.core.graph;

import java.util.List;

/**
 * One use of an operator in a graph. {@code P} keeps operator and parameters together, so nobody has to cast.
 *
 * @param operator what is computed
 * @param params the operator's parameters
 * @param inputs indices of tensors; {@link #ABSENT} for an optional operand that is left out, such as a bias, unless it
 *     is among the last: these are not listed at all
 * @param outputs indices of tensors, of one shape
 */
public record Node<P extends Record>(Operator<P> operator, P params, List<Integer> inputs, List<Integer> outputs) {
    /** Stands for an optional operand that is left out. */
    public static final int ABSENT = -1;

    /** Keeps copies of the lists, less the inputs that are left out at the end. */
    public Node {
        int listed = inputs.size();
        while (listed > 0 && inputs.get(listed - 1) == ABSENT) {
            listed--;
        }
        inputs = List.copyOf(inputs.subList(0, listed));
        outputs = List.copyOf(outputs);
    }

    /** The first output, the only one of most operators. */
    public int output() {
        return outputs.get(0);
    }
}
