package org.tinytune.core.op;

import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.QatKernel;

/**
 * An operator of models from elsewhere: a device runs it, nothing here trains it, and no model that is trained here
 * holds it.
 *
 * @param <P> the operator's parameters
 */
public interface InferenceOnly<P extends Record> extends Operator<P> {
    @Override
    default Float32Kernel<P> float32() {
        return (params, operands, buffers) -> {
            throw refusal();
        };
    }

    @Override
    default QatKernel<P> qat() {
        return (params, operands, buffers) -> {
            throw refusal();
        };
    }

    private InvalidModelException refusal() {
        return new InvalidModelException(
                name() + " cannot be trained: models that hold it can be run, exported and put on a board only");
    }
}
