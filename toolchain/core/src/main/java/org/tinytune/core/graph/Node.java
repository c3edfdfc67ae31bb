package org.tinytune.core.graph;

import java.util.List;

/**
 * One use of an operator in a graph. {@code P} keeps operator and parameters together, so nobody has to cast.
 *
 * @param operator what is computed
 * @param params the operator's parameters
 * @param inputs indices of tensors; {@link #ABSENT} for an optional operand that is left out, such as a bias
 * @param outputs indices of tensors, of one shape
 */
public record Node<P extends Record>(Operator<P> operator, P params, List<Integer> inputs, List<Integer> outputs) {
    /** Stands for an optional operand that is left out. */
    public static final int ABSENT = -1;

    /** Keeps copies of the lists. */
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The first output, the only one of most operators. */
    public int output() {
        return outputs.get(0);
    }
}
