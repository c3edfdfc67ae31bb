package org.tinytune.train.optimizer;

import org.tinytune.train.network.ParameterArrays;
import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.network.ParameterUpdate;

/**
 * What happens to a gradient before an optimizer sees it: a penalty is added, then it is clipped. The norm is summed up
 * by range, and over the ranges in their order, so that it does not depend on the number of threads.
 *
 * <p>Checked by: RegularizedUpdateTest.
 */
public final class RegularizedUpdate implements ParameterUpdate {
    private final ParameterArrays parameters;
    private final Penalty penalty;
    private final Clipping clipping;
    private final Optimizer optimizer;
    private final double[] squares;
    /** Passes before those of the optimizer. */
    private final int ahead;

    private float scale = 1;

    /** @param optimizer that follows the gradient, over the same parameters */
    public RegularizedUpdate(ParameterArrays parameters, Penalty penalty, Clipping clipping, Optimizer optimizer) {
        this.parameters = parameters;
        this.penalty = penalty;
        this.clipping = clipping;
        this.optimizer = optimizer;
        this.squares = new double[parameters.ranges().size()];
        this.ahead = clipping.boundsNorm() ? 1 : 0;
    }

    @Override
    public int passes() {
        return ahead + optimizer.passes();
    }

    @Override
    public void beginPass(int pass) {
        if (pass == ahead) {
            scale = scale();
        }
        if (pass >= ahead) {
            optimizer.beginPass(pass - ahead);
        }
    }

    /** What the gradient has to be multiplied with; 1 too if its norm is no number, which training then notices. */
    private float scale() {
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        double norm = Math.sqrt(sum);
        return norm > clipping.norm() ? (float) (clipping.norm() / norm) : 1;
    }

    @Override
    public void update(ParameterRange range, int pass) {
        float[] gradient = parameters.gradient();
        if (pass == 0) {
            penalty.addTo(parameters, range);
            clipping.clipValues(gradient, range);
        }
        if (pass < ahead) {
            squares[range.index()] = Sums.squares(gradient, range.begin(), range.end());
            return;
        }
        if (pass == ahead && scale != 1) {
            for (int i = range.begin(); i < range.end(); i++) {
                gradient[i] *= scale;
            }
        }
        optimizer.update(range, pass - ahead);
    }
}
