package org.tinytune.train;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.quant.Quantization;
import org.tinytune.data.Samples;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.network.Network;

/** Compares what a network gives with the classes of samples, and keeps count, in order, of loss and hits. */
final class Scorer {
    private final Network network;
    private final Loss loss;
    private final FloatSpan logits;
    private final FloatSpan output;
    private final Quantization quantization;
    private final int classes;
    private final float[][] reals;
    private final float[][] targets;
    private final float[][] unused;
    private final double[] losses;
    private final int[] predictions;

    /** @throws InvalidModelException if there is not one output for each class */
    Scorer(Network network, Samples samples, Loss loss) {
        Graph graph = network.graph();
        this.network = network;
        this.loss = loss;
        this.logits = network.values(network.logits());
        this.output = network.values(graph.outputs().get(0));
        this.quantization = graph.tensor(network.logits()).quantization();
        this.classes = graph.output().shape().elements();
        int labels = samples.labels().size();
        if (classes != labels && !(classes == 1 && labels == 2)) {
            throw new InvalidModelException("the model has " + classes + " outputs for " + labels + " labels");
        }
        this.reals = new float[network.shards()][classes];
        this.targets = new float[network.shards()][classes];
        this.unused = new float[network.shards()][classes];
        this.losses = new double[network.maxSamples()];
        this.predictions = new int[network.maxSamples()];
    }

    /** Computes loss, prediction and the gradient of the logits of a shard in training. */
    void train(Shard shard, SampleFeed feed, int batch) {
        FloatSpan gradient = network.gradient(network.logits());
        for (int n = shard.begin(); n < shard.end(); n++) {
            int at = gradient.offset() + n * classes;
            score(shard, feed, n, 1f / batch, gradient.array(), at);
            predictions[n] = prediction(network.logits(), logits, n);
        }
    }

    /** Computes loss and prediction of a shard. */
    void evaluate(Shard shard, SampleFeed feed) {
        for (int n = shard.begin(); n < shard.end(); n++) {
            score(shard, feed, n, 1, unused[shard.index()], 0);
            // What a device goes by; where probabilities are rounded, the logits may say otherwise.
            predictions[n] = prediction(network.graph().outputs().get(0), output, n);
        }
    }

    private void score(Shard shard, SampleFeed feed, int n, float scale, float[] gradient, int gradientAt) {
        float[] target = targets[shard.index()];
        feed.readTarget(n, target);
        float[] outputs = logits.array();
        int at = logits.offset() + n * classes;
        if (quantization.isPresent()) {
            float[] real = reals[shard.index()];
            for (int i = 0; i < classes; i++) {
                real[i] = (outputs[at + i] - quantization.zeroPoint()) * quantization.scale();
            }
            outputs = real;
            at = 0;
        }
        losses[n] = loss.compute(outputs, at, target, 0, classes, scale, gradient, gradientAt);
    }

    private int prediction(int tensor, FloatSpan values, int n) {
        int at = values.offset() + n * classes;
        if (classes > 1) {
            return greatest(values.array(), at);
        }
        // A single output stands for the second of two classes, of which a logit of 0 has the probability one half.
        Quantization q = network.graph().tensor(tensor).quantization();
        float value = values.array()[at];
        float real = q.isPresent() ? (value - q.zeroPoint()) * q.scale() : value;
        boolean isLogit = tensor == network.logits() && loss.onLogits();
        return real > (isLogit ? 0 : 0.5f) ? 1 : 0;
    }

    /** The first of the greatest. */
    private int greatest(float[] values, int at) {
        int greatest = 0;
        for (int i = 1; i < classes; i++) {
            if (values[at + i] > values[at + greatest]) {
                greatest = i;
            }
        }
        return greatest;
    }

    /** The loss of a sample of the last batch. */
    double loss(int position) {
        return losses[position];
    }

    /** The prediction for a sample of the last batch. */
    int prediction(int position) {
        return predictions[position];
    }

    /** Classes. */
    int classes() {
        return classes;
    }
}
