package org.tinytune.train.optimizer;

import org.tinytune.train.network.ParameterArrays;

/**
 * The settings of an optimizer, from which a run makes its own.
 *
 * <p>Where settings have a {@code weightDecay}, it is the share of each weight that a step takes away, times the
 * learning rate, apart from the gradient; biases and the like do not decay. A penalty that goes through the gradient is
 * {@link Penalty}.
 *
 * <p>Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019.
 */
@FunctionalInterface
public interface OptimizerSettings {
    /** An optimizer that begins anew. */
    Optimizer over(ParameterArrays parameters);
}
