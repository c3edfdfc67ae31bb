package org.tinytune.core.op;

import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.tensor.Shape;

/**
 * An operator that channels can be removed from, after which it has the same parameters or nearly so.
 *
 * <p>Where it {@link #keepsChannels}, element {@code e} of the output depends, of every operand, only on elements whose
 * index has the same remainder modulo the channels, for any number of channels that divides the last extents; but an
 * operand of one element serves all channels. Where it {@link #joinsChannels}, the channels of the output are those of
 * the operands, one operand behind the other.
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

    /**
     * Whether channels of operands are joined with these parameters.
     *
     * @param inputs shapes of all operands
     */
    default boolean joinsChannels(P params, List<Shape> inputs) {
        return false;
    }

    /** The parameters for an output of which the last extent is another. */
    default P withOutput(P params, Shape output) {
        return params;
    }
}
