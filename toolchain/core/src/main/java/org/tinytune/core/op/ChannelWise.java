package org.tinytune.core.op;

import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.tensor.Shape;

/**
 * An operator that channels can be removed from. Where it {@link #keepsChannels}, element {@code e} of the output
 * depends, of every operand, only on elements whose index has the same remainder modulo the channels, for any number of
 * channels that divides the last extents. So it can be computed without some of them, with the same parameters or
 * nearly so.
 *
 * @param <P> the operator's parameters
 */
public interface ChannelWise<P extends Record> extends Operator<P> {
    /**
     * Whether it is so with these parameters.
     *
     * @param inputs shapes of all operands
     */
    boolean keepsChannels(P params, List<Shape> inputs);

    /** The parameters for an output of which the last extent is another. */
    default P withOutput(P params, Shape output) {
        return params;
    }
}
