package org.tinytune.train;

import java.util.Arrays;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.network.Network;
import org.tinytune.train.task.Classification;
import org.tinytune.train.task.Task;

/**
 * Compares what a network gives for the samples of a feed with what its task asks for. A sequence is judged by what its
 * last step gives.
 */
final class Scorer {
    private final Network network;
    private final SampleFeed feed;
    private final Task task;
    private final Loss loss;
    private final RealValues logits;
    private final RealValues output;
    private final int outputs;
    private final int steps;
    private Teacher teacher;
    private final float[][] reals;
    private final float[][] targets;
    private final float[][] unused;
    private final double[] losses;
    private final double[] points;

    /** @throws InvalidModelException if the network cannot do the task for the samples */
    Scorer(Network network, SampleFeed feed, Task task, Loss loss) {
        Graph graph = network.graph();
        task.check(graph, feed.samples());
        if (task.isReconstruction()) {
            feed.keepEncoded();
        }
        this.network = network;
        this.feed = feed;
        this.task = task;
        this.loss = loss;
        int last = graph.outputs().get(0);
        this.logits = new RealValues(network, network.logits(), loss.onLogits());
        this.output = new RealValues(network, last, loss.onLogits() && Classification.areLogits(graph, last));
        this.outputs = graph.output().shape().elements();
        this.steps = network.steps();
        this.reals = new float[network.shards()][outputs];
        this.targets = new float[network.shards()][outputs];
        this.unused = new float[network.shards()][outputs];
        this.losses = new double[network.maxSamples()];
        this.points = new double[network.maxSamples()];
    }

    /** From now on, training listens to a teacher as well. */
    void listenTo(Teacher other) {
        teacher = other;
    }

    /** Computes loss, point and the gradient of the logits of a shard in training. */
    void train(Shard shard, int batch) {
        FloatSpan gradient = network.gradient(network.logits());
        float[] target = targets[shard.index()];
        if (steps > 1) {
            int from = gradient.offset() + shard.begin() * outputs;
            Arrays.fill(gradient.array(), from, from + shard.samples() * outputs, 0);
        }
        for (int n = shard.begin() / steps; n < shard.end() / steps; n++) {
            int at = gradient.offset() + last(n) * outputs;
            float[] real = score(shard, n, 1f / batch, gradient.array(), at, teacher);
            points[n] = task.point(real, logits.areLogits, target);
        }
    }

    /** Computes loss and point of a shard. */
    void evaluate(Shard shard) {
        float[] real = reals[shard.index()];
        for (int n = shard.begin() / steps; n < shard.end() / steps; n++) {
            score(shard, n, 1, unused[shard.index()], 0, null);
            // What a device goes by; where probabilities are rounded, the logits may say otherwise.
            output.read(last(n), real);
            points[n] = task.point(real, output.areLogits, targets[shard.index()]);
        }
    }

    /** The last step of a sample, counted in the batch. */
    private int last(int n) {
        return (n + 1) * steps - 1;
    }

    /** Leaves the target behind, and returns the logits. */
    private float[] score(Shard shard, int n, float scale, float[] gradient, int gradientAt, Teacher heard) {
        float[] target = targets[shard.index()];
        float[] real = reals[shard.index()];
        feed.readTarget(n, task, target, real);
        logits.read(last(n), real);
        if (heard == null) {
            losses[n] = loss.compute(real, 0, target, 0, outputs, scale, gradient, gradientAt);
            return real;
        }
        float share = (float) heard.shareOfLabels();
        double ofLabels = loss.compute(real, 0, target, 0, outputs, share * scale, gradient, gradientAt);
        losses[n] = share * ofLabels + heard.add(real, 0, n, scale, gradient, gradientAt);
        return real;
    }

    /** The loss of a sample of the last batch. */
    double loss(int position) {
        return losses[position];
    }

    /** The point of a sample of the last batch, as {@link Task#point} gives it. */
    double point(int position) {
        return points[position];
    }

    /** The real outputs for a sample of the last batch. */
    float[] outputs(int position) {
        float[] real = new float[outputs];
        output.read(last(position), real);
        return real;
    }

    /** Whether probabilities are still to be made of the outputs. */
    boolean givesLogits() {
        return output.areLogits;
    }

    /** A tensor of the network, in real numbers. */
    private static final class RealValues {
        private final FloatSpan span;
        private final Network network;
        private final int tensor;
        private final int elements;
        private final boolean areLogits;

        RealValues(Network network, int tensor, boolean areLogits) {
            Tensor of = network.graph().tensor(tensor);
            this.span = network.values(tensor);
            this.network = network;
            this.tensor = tensor;
            this.elements = of.shape().elements();
            this.areLogits = areLogits;
        }

        void read(int position, float[] into) {
            int at = span.offset() + position * elements;
            // Asked every time, since it may be learned.
            Quantization quantization = network.quantization(tensor);
            if (!quantization.isPresent()) {
                System.arraycopy(span.array(), at, into, 0, elements);
                return;
            }
            for (int i = 0; i < elements; i++) {
                into[i] = (span.array()[at + i] - quantization.zeroPoint()) * quantization.scale();
            }
        }
    }
}
