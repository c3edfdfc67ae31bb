package org.tinytune.cli.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Samples;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.ValueRange;

/** Samples under the labels of a model, which may have them in another order, or more of them. */
final class RelabelledSamples implements Samples {
    private final Samples samples;
    private final List<String> labels;
    private final int[] classes;

    /** @param classes of each label of the samples, indices into the new labels */
    RelabelledSamples(Samples samples, List<String> labels, int[] classes) {
        this.samples = samples;
        this.labels = labels;
        this.classes = classes;
    }

    @Override
    public Shape shape() {
        return samples.shape();
    }

    @Override
    public TaskKind task() {
        return TaskKind.CLASSIFICATION;
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public Optional<ValueRange> declaredRange() {
        return samples.declaredRange();
    }

    @Override
    public Optional<SignalFormat> signal() {
        return samples.signal();
    }

    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public int target(int i) {
        return classes[samples.target(i)];
    }

    @Override
    public OptionalInt normalClass() {
        return OptionalInt.empty();
    }

    @Override
    public int index(int i) {
        return samples.index(i);
    }

    @Override
    public void read(int i, float[] into, int offset) {
        samples.read(i, into, offset);
    }
}
