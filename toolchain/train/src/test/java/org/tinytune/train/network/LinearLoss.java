package org.tinytune.train.network;

import java.util.SplittableRandom;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Shard;

/** The loss {@code Σ r · y} with random r, on random inputs: its gradient is r, whatever the outputs are. */
final class LinearLoss {
    private static final long STREAM = 77;

    private final Network network;
    private final int samples;
    private final float[] weights;
    private final float[][] inputs;
    private final double[] sums;
    private final float[] gradient;

    LinearLoss(Network network, int samples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        this.network = network;
        this.samples = samples;
        int entries = samples * network.steps();
        this.weights = floats(random, entries * elements(network.logits()));
        this.inputs = new float[network.graph().inputs().size()][];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] =
                    floats(random, entries * elements(network.graph().inputs().get(i)));
        }
        this.sums = new double[entries];
        this.gradient = new float[network.parameters().gradient().length];
    }

    private int elements(int tensor) {
        return network.graph().tensor(tensor).shape().elements();
    }

    private static float[] floats(SplittableRandom random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /** Runs a step without changing anything, and returns the loss. */
    double step() {
        return step(this::keepGradient);
    }

    private void keepGradient(ParameterRange range, int pass) {
        float[] all = network.parameters().gradient();
        System.arraycopy(all, range.begin(), gradient, range.begin(), range.end() - range.begin());
    }

    /** The gradient of all parameters in the last step that changed nothing. */
    float[] gradient() {
        return gradient.clone();
    }

    /** Runs a step. */
    double step(ParameterUpdate update) {
        network.train(samples, STREAM, this::fill, this::fillGradient, update);
        double sum = 0;
        for (double s : sums) {
            sum += s;
        }
        return sum;
    }

    private void fill(Shard shard) {
        for (int i = 0; i < inputs.length; i++) {
            int tensor = network.graph().inputs().get(i);
            FloatSpan span = network.values(tensor);
            int from = shard.begin() * elements(tensor);
            int count = shard.samples() * elements(tensor);
            System.arraycopy(inputs[i], from, span.array(), span.offset() + from, count);
        }
    }

    private void fillGradient(Shard shard) {
        FloatSpan y = network.values(network.logits());
        FloatSpan dy = network.gradient(network.logits());
        int elements = elements(network.logits());
        for (int n = shard.begin(); n < shard.end(); n++) {
            sums[n] = 0;
            for (int i = n * elements; i < (n + 1) * elements; i++) {
                sums[n] += (double) weights[i] * y.array()[y.offset() + i];
                dy.array()[dy.offset() + i] = weights[i];
            }
        }
    }
}
