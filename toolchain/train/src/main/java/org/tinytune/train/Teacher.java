package org.tinytune.train;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.data.Samples;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.distill.Distillation;
import org.tinytune.train.distill.SoftTargets;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.network.ShardTask;

/**
 * A trained float network that sees every batch just as the student does, and says what it takes it for. Of a sequence,
 * it says so at the last step.
 */
final class Teacher implements AutoCloseable {
    private final Network network;
    private final SampleFeed feed;
    private final FloatSpan logits;
    private final int classes;
    private final SoftTargets targets;

    /**
     * @param student that learns from it
     * @throws InvalidModelException if it does not fit the samples, or has not the student's outputs
     */
    Teacher(Distillation distillation, Samples samples, Network student) {
        NetworkOptions options = NetworkOptions.inference(Arithmetic.FLOAT32, student.maxSamples(), student.threads())
                .withSteps(SampleFeed.steps(samples, distillation.teacher()));
        this.classes = student.graph().output().shape().elements();
        int outputs = distillation.teacher().output().shape().elements();
        if (outputs != classes) {
            throw new InvalidModelException("the teacher has " + outputs + " outputs, the model has " + classes
                    + ": give a teacher of the same classes");
        }
        if (classes < 2) {
            throw new TinytuneException(
                    ExitCode.USAGE, "a teacher needs an output for each class: give the model two outputs or more");
        }
        this.network = new Network(distillation.teacher(), options);
        this.feed = new SampleFeed(samples, network);
        this.logits = network.values(network.logits());
        this.targets = new SoftTargets(distillation.settings());
    }

    /** Looks at the batch that {@link SampleFeed#select} gives the student. */
    void look(int[] order, int first, Augmentation change, long seed, int epoch, double share, int batch) {
        feed.select(order, first, change, seed, epoch);
        if (share < 1) {
            feed.mix(share, batch);
        }
        network.infer(batch, feed, ShardTask.NONE);
    }

    /** What is left to labels. */
    double shareOfLabels() {
        return targets.shareOfLabels();
    }

    /** Adds the gradient of the sample at a position of the batch, and gives the teacher's part of its loss. */
    double add(float[] outputs, int at, int position, double scale, float[] gradient, int gradientAt) {
        int last = (position + 1) * network.steps() - 1;
        int teacherAt = logits.offset() + last * classes;
        return targets.add(outputs, at, logits.array(), teacherAt, classes, scale, gradient, gradientAt);
    }

    @Override
    public void close() {
        network.close();
    }
}
