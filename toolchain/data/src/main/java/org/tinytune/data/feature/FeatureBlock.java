package org.tinytune.data.feature;

import java.util.List;
import java.util.Locale;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.FrameOperator;
import org.tinytune.core.op.FrontEnd.Stage;
import org.tinytune.core.tensor.ElementType;

/**
 * A block that makes features of frames, and its parameters.
 *
 * @param <P> the parameters
 */
public record FeatureBlock<P extends Record>(FrameOperator<P> operator, P params) {
    /** It as the first block behind samples. */
    Stage<P> stage(Tensor samples) {
        String name = "front_end/" + operator.name().toLowerCase(Locale.ROOT);
        Tensor output = Tensor.activation(
                name, operator.inferShape(params, List.of(samples.shape())), ElementType.INT16, operator.output());
        return new Stage<>(operator, params, output, List.of());
    }
}
