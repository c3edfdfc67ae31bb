package org.tinytune.core.op;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.tensor.Shape;

/**
 * Which elements of two operands meet: of one shape, each with its counterpart; or one operand has an element for each
 * channel of the other, or a single one, and repeats.
 *
 * <p>So element i of the output is computed from elements {@code i mod n} of the operands, n being how many an operand
 * has. Of TFLite's broadcasting that is what leaves the kernels simple.
 */
public final class Pairing {
    private Pairing() {}

    /**
     * The shape of the output, which is that of the operand that does not repeat.
     *
     * @throws InvalidModelException if the operands do not fit each other
     */
    public static Shape shape(List<Shape> inputs) {
        Shapes.requireCount(inputs, 2, 2);
        Shape first = Shapes.require(inputs, 0);
        Shape second = Shapes.require(inputs, 1);
        if (!fit(first, second)) {
            throw new InvalidModelException("operands are " + first + " and " + second
                    + ": one has to have the shape of the other, an element for each of its channels, or a single one");
        }
        return first.equals(second) || repeats(second, first) ? first : second;
    }

    /** Whether the elements of two operands can meet. */
    public static boolean fit(Shape first, Shape second) {
        return first.equals(second) || repeats(second, first) || repeats(first, second);
    }

    /** Whether the small shape is one vector of channels, or a single element, of the large one. */
    private static boolean repeats(Shape small, Shape large) {
        int channels = small.rank() == 0 ? 1 : small.dim(-1);
        return small.rank() <= large.rank()
                && small.elements() == channels
                && (channels == 1 || channels == large.dim(-1));
    }

    /** The rows that an output row needs: the same, or all where an operand of less rows serves every one of them. */
    public static RowWindow rowWindow(List<Shape> inputs) {
        int rows = shape(inputs).rows();
        return inputs.get(0).equals(inputs.get(1)) ? RowWindow.rowByRow(rows) : RowWindow.all(rows);
    }
}
