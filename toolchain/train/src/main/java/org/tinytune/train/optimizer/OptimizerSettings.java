package org.tinytune.train.optimizer;

import org.tinytune.core.vector.VectorMath;

/** The settings of an optimizer, from which a run makes its own. */
public interface OptimizerSettings {
    /**
     * An optimizer that begins anew.
     *
     * @param values to be updated
     * @param gradient of each, filled before every update
     * @param math the loops
     */
    Optimizer over(float[] values, float[] gradient, VectorMath math);
}
