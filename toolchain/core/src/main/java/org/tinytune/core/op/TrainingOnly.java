package org.tinytune.core.op;

import java.util.Optional;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;

/**
 * An operator that is gone before a model leaves the trainer: once training is over, it does nothing, or nothing that
 * the operator in front of it could not do as well.
 *
 * @param <P> the operator's parameters
 */
public interface TrainingOnly<P extends Record> extends Operator<P> {
    /**
     * What it does to each channel once its averages are frozen; empty if that is nothing.
     *
     * @param operands with the constants as trained
     */
    Optional<ChannelAffine> frozen(P params, Operands operands);

    /**
     * {@code y = x · scale[c] + shift[c]} for each channel c of the last extent.
     *
     * @param scale one a channel
     * @param shift one a channel
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record ChannelAffine(double[] scale, double[] shift) {}
}
