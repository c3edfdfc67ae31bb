package org.tinytune.core.op;

import java.util.List;
import org.tinytune.core.tensor.Shape;

/** An operator that does nothing but clamp, which a {@link Fusing} operator in front of it can do as well. */
public interface Clamp extends ChannelWise<NoParams> {
    /** Its bounds. */
    Activation activation();

    @Override
    default boolean keepsChannels(NoParams params, List<Shape> inputs) {
        return true;
    }
}
