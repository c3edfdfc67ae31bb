package org.tinytune.core.op;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.tensor.Shape;

/** What costs have in common: every operand is read once, the output written once. */
public final class Costs {
    private static final int BIAS_BYTES = 4;

    private Costs() {}

    /** Of an operator that moves, adds or compares. */
    public static Cost withoutMacs(List<Shape> inputs, Shape output) {
        long read = inputs.stream().mapToLong(Shape::elements).sum();
        return new Cost(0, read, output.elements());
    }

    /**
     * Of an operator with weights, and perhaps a bias, as operands 1 and 2.
     *
     * @param macsPerOutput multiply-accumulates of one output element
     */
    public static Cost weighted(List<Shape> inputs, Shape output, long macsPerOutput) {
        long read = inputs.get(0).elements() + (long) inputs.get(1).elements();
        if (inputs.size() > 2 && inputs.get(2) != null) {
            read += (long) BIAS_BYTES * inputs.get(2).elements();
        }
        return new Cost(macsPerOutput * output.elements(), read, output.elements());
    }
}
