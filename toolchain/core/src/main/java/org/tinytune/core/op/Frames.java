package org.tinytune.core.op;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.tensor.Shape;

/**
 * How readings {@code [1, samples, 1, channels]} are cut into frames, each of which becomes a row. Readings behind the
 * last whole frame are not used.
 *
 * @param length samples of a frame
 * @param stride samples from one frame to the next
 */
public record Frames(int length, int stride) {
    /**
     * Checks both.
     *
     * @throws InvalidModelException if one is not positive
     */
    public Frames {
        if (length < 1 || stride < 1) {
            throw new InvalidModelException("frames of " + length + " samples, one every " + stride);
        }
    }

    /** One frame, of so many samples. */
    public static Frames single(int length) {
        return new Frames(length, length);
    }

    /**
     * The readings, operand 0 and the only one.
     *
     * @throws InvalidModelException if they have another shape or are shorter than a frame
     */
    public Shape requireReadings(List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        Shape readings = Shapes.require4d(inputs, 0);
        if (readings.dim(0) != 1 || readings.dim(2) != 1) {
            throw new InvalidModelException("readings are " + readings + ", not [1, samples, 1, channels]");
        }
        if (readings.dim(1) < length) {
            throw new InvalidModelException(
                    "a frame of " + length + " samples is longer than the " + readings.dim(1) + " of the readings");
        }
        return readings;
    }

    /** How many frames there are in that many samples. */
    public int count(int samples) {
        return (samples - length) / stride + 1;
    }

    /** A row of the output needs the samples of its frame. */
    public RowWindow window(int samples) {
        return new RowWindow(0, stride, length, samples);
    }
}
