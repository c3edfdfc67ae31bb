package org.tinytune.core.op;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.tensor.Shape;

/**
 * Parameters of the pooling operators, and what they have in common.
 *
 * @param filterHeight rows of the window
 * @param filterWidth columns of the window
 * @param strideHeight rows from one window to the next
 * @param strideWidth columns from one window to the next
 * @param padding at the border; padded elements do not count
 * @param activation clamp of the output
 */
public record Pool2dParams(
        int filterHeight, int filterWidth, int strideHeight, int strideWidth, Padding padding, Activation activation) {
    /** Elements that one inference looks at: far more than any model, which a hostile file could say to waste time. */
    private static final long MAX_STEPS = 1L << 34;

    /** Square windows side by side, without padding or clamp. */
    public static Pool2dParams of(int size) {
        return new Pool2dParams(size, size, size, size, Padding.VALID, Activation.NONE);
    }

    /** Windows over time, of an image of one row, {@code [1, 1, T, C]}, without a clamp. */
    public static Pool2dParams overTime(int size, int stride, Padding padding) {
        return new Pool2dParams(1, size, 1, stride, padding, Activation.NONE);
    }

    /** The same with another clamp. */
    public Pool2dParams withActivation(Activation other) {
        return new Pool2dParams(filterHeight, filterWidth, strideHeight, strideWidth, padding, other);
    }

    /** The window along the rows of the input {@code [N, H, W, C]}. */
    public SlidingWindow rows(Shape input) {
        return SlidingWindow.of(padding, input.dim(1), filterHeight, strideHeight, 1);
    }

    /** The window along the columns of the input {@code [N, H, W, C]}. */
    public SlidingWindow columns(Shape input) {
        return SlidingWindow.of(padding, input.dim(2), filterWidth, strideWidth, 1);
    }

    /**
     * The shape of the output.
     *
     * @throws InvalidModelException if the input is no image or the window does not fit
     */
    public Shape inferShape(List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        Shape input = Shapes.require4d(inputs, 0);
        Shape output =
                Shapes.of(input.dim(0), rows(input).output(), columns(input).output(), input.dim(3));
        long taps = (long) filterHeight * filterWidth;
        if (taps > MAX_STEPS / output.elements()) {
            throw new InvalidModelException("windows of " + filterHeight + " by " + filterWidth + " at "
                    + output.elements() + " places take more than " + MAX_STEPS + " steps");
        }
        return output;
    }

    /** The codec of a pooling operator. */
    public static TfliteCodec<Pool2dParams> codec(int builtinOperator) {
        return new OptionsCodec<>(
                builtinOperator,
                5,
                new OptionsCodec.Versions(1, 2, 3, 3),
                List.of(
                        TfliteCodec.Field.ofByte(0, 0, p -> p.padding().code()),
                        TfliteCodec.Field.ofInt(1, 0, Pool2dParams::strideWidth),
                        TfliteCodec.Field.ofInt(2, 0, Pool2dParams::strideHeight),
                        TfliteCodec.Field.ofInt(3, 0, Pool2dParams::filterWidth),
                        TfliteCodec.Field.ofInt(4, 0, Pool2dParams::filterHeight),
                        TfliteCodec.Field.ofByte(5, 0, p -> p.activation().code())),
                (options, inputs) -> new Pool2dParams(
                        options.getInt(4),
                        options.getInt(3),
                        options.getInt(2),
                        options.getInt(1),
                        Padding.ofCode(options.getInt(0)),
                        Activation.ofCode(options.getInt(5))));
    }
}
