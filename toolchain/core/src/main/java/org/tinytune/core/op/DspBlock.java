package org.tinytune.core.op;

import java.util.List;
import org.tinytune.core.tensor.Shape;

/**
 * An operator that makes features of samples, or a small image of a camera's, before a network. TFLite has none of
 * these: a file holds the network, and the blocks' parameters in its metadata.
 *
 * @param <P> the block's parameters: numbers, enums, and records of these
 */
public interface DspBlock<P extends Record> extends InferenceOnly<P> {
    /** The class of the parameters, to read them from a file. */
    Class<P> paramsType();

    /**
     * What one inference takes time for.
     *
     * @param inputs shapes of all operands
     */
    BlockWork work(P params, List<Shape> inputs);
}
