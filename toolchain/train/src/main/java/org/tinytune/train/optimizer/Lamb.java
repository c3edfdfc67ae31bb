package org.tinytune.train.optimizer;

import java.util.Arrays;
import java.util.List;
import org.tinytune.train.network.ParameterArrays;
import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.settings.Settings;

/**
 * LAMB, for large batches: the direction of AdamW, as long in each tensor of weights as the weights themselves.
 * {@code r = m̂ / (sqrt(v̂) + epsilon) + weightDecay · w}, {@code w = w - rate · ‖w‖ / ‖r‖ · r}, and where a norm is 0,
 * {@code w = w - rate · r}.
 *
 * <p>Biases and the like have neither decay nor a length of their own, as in the authors' implementation
 * (tensorflow:addons/optimizers/lamb.py, exclude_from_layer_adaptation): they begin at 0, from where steps in
 * proportion to their length would never lead away.
 *
 * <p>Source: You et al., "Large Batch Optimization for Deep Learning: Training BERT in 76 minutes", ICLR 2020,
 * algorithm 2, with the identity for phi. Checked by: OptimizersTest.
 *
 * @param beta1 share of the mean that a step keeps, in [0, 1)
 * @param beta2 share of the mean square that a step keeps, in [0, 1)
 * @param epsilon keeps the quotient finite, above 0
 * @param weightDecay share of each weight that is added to its direction
 */
public record Lamb(float beta1, float beta2, float epsilon, float weightDecay) implements OptimizerSettings {
    /** Source: You et al., section 4.1. */
    public static final float EPSILON = 1e-6f;

    /** Source: You et al., section 4.1. */
    public static final float WEIGHT_DECAY = 0.01f;

    /** Checks the ranges. */
    public Lamb {
        Settings.requireShare("beta1", beta1);
        Settings.requireShare("beta2", beta2);
        Settings.requirePositive("epsilon", epsilon);
        Settings.requireNotNegative("weight decay", weightDecay);
    }

    /** With the constants of the paper. */
    public static Lamb standard() {
        return new Lamb(Adam.BETA1, Adam.BETA2, EPSILON, WEIGHT_DECAY);
    }

    @Override
    public Optimizer over(ParameterArrays parameters) {
        return new State(this, parameters);
    }

    /** Finds directions and norms in its first pass, and goes in its second. */
    private static final class State extends SlotOptimizer {
        private final Lamb settings;
        private final List<ParameterRange> ranges;
        private final float[] directions;
        private final double[] weightSquares;
        private final double[] directionSquares;
        private final double[] tensorWeightSquares;
        private final double[] tensorDirectionSquares;
        private final RunningPower powerOfBeta1;
        private final RunningPower powerOfBeta2;
        private float meanCorrection;
        private float squareCorrection;

        State(Lamb settings, ParameterArrays parameters) {
            super(parameters, 0, 2);
            this.settings = settings;
            this.ranges = parameters.ranges();
            this.powerOfBeta1 = new RunningPower(settings.beta1);
            this.powerOfBeta2 = new RunningPower(settings.beta2);
            this.directions = new float[values.length];
            this.weightSquares = new double[ranges.size()];
            this.directionSquares = new double[ranges.size()];
            this.tensorWeightSquares = new double[parameters.tensors()];
            this.tensorDirectionSquares = new double[parameters.tensors()];
        }

        @Override
        public int passes() {
            return 2;
        }

        @Override
        void begin() {
            meanCorrection = (float) (1 / powerOfBeta1.correction(step()));
            squareCorrection = (float) (1 / powerOfBeta2.correction(step()));
        }

        @Override
        public void beginPass(int pass) {
            if (pass == 1) {
                sumUp(weightSquares, tensorWeightSquares);
                sumUp(directionSquares, tensorDirectionSquares);
            }
        }

        private void sumUp(double[] ofRanges, double[] ofTensors) {
            Arrays.fill(ofTensors, 0);
            for (ParameterRange range : ranges) {
                ofTensors[range.tensor()] += ofRanges[range.index()];
            }
        }

        @Override
        public void update(ParameterRange range, int pass) {
            if (pass == 0) {
                findDirection(range);
            } else {
                go(range);
            }
        }

        private void findDirection(ParameterRange range) {
            float[] means = slot(0);
            float[] squares = slot(1);
            float beta1 = settings.beta1;
            float beta2 = settings.beta2;
            float decay = range.weights() ? settings.weightDecay : 0;
            for (int i = range.begin(); i < range.end(); i++) {
                means[i] = beta1 * means[i] + (1 - beta1) * gradient[i];
                squares[i] = beta2 * squares[i] + (1 - beta2) * (gradient[i] * gradient[i]);
                float root = (float) Math.sqrt(squares[i] * squareCorrection);
                directions[i] = means[i] * meanCorrection / (root + settings.epsilon) + decay * values[i];
            }
            weightSquares[range.index()] = Sums.squares(values, range.begin(), range.end());
            directionSquares[range.index()] = Sums.squares(directions, range.begin(), range.end());
        }

        private void go(ParameterRange range) {
            float rate = (float) (learningRate() * (range.weights() ? ratio(range.tensor()) : 1));
            for (int i = range.begin(); i < range.end(); i++) {
                values[i] = values[i] - rate * directions[i];
            }
        }

        private double ratio(int tensor) {
            double weights = tensorWeightSquares[tensor];
            double direction = tensorDirectionSquares[tensor];
            return weights > 0 && direction > 0 ? Math.sqrt(weights / direction) : 1;
        }
    }
}
