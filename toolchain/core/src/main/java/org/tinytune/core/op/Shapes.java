package org.tinytune.core.op;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.tensor.Shape;

/** What shape rules have in common. */
public final class Shapes {
    private Shapes() {}

    /**
     * Checks how many operands there are.
     *
     * @throws InvalidModelException if there are fewer than {@code least} or more than {@code most}
     */
    public static void requireCount(List<Shape> inputs, int least, int most) {
        if (inputs.size() < least || inputs.size() > most) {
            throw new InvalidModelException("has " + inputs.size() + " operands, not "
                    + (least == most ? String.valueOf(least) : least + " to " + most));
        }
    }

    /**
     * Operand {@code i}.
     *
     * @throws InvalidModelException if it is left out
     */
    public static Shape require(List<Shape> inputs, int i) {
        if (i >= inputs.size() || inputs.get(i) == null) {
            throw new InvalidModelException("operand " + i + " is left out");
        }
        return inputs.get(i);
    }

    /**
     * Operand {@code i}, {@code [N, H, W, C]} or weights of rank 4.
     *
     * @throws InvalidModelException if it is left out or of another rank
     */
    public static Shape require4d(List<Shape> inputs, int i) {
        Shape shape = require(inputs, i);
        if (shape.rank() != 4) {
            throw new InvalidModelException("operand " + i + " is " + shape + ", not of rank 4");
        }
        return shape;
    }

    /**
     * Checks that the bias, operand 2, has one element a channel, or is left out.
     *
     * @throws InvalidModelException if it has another size
     */
    public static void requireBias(List<Shape> inputs, int channels) {
        if (inputs.size() > 2 && inputs.get(2) != null && inputs.get(2).elements() != channels) {
            throw new InvalidModelException("bias is " + inputs.get(2) + " for " + channels + " output channels");
        }
    }

    /** The shape of these extents, which come from a file. */
    public static Shape of(int... dims) {
        try {
            return Shape.of(dims);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(e.getMessage());
        }
    }
}
