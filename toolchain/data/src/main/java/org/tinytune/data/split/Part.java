package org.tinytune.data.split;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.Samples;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.ValueRange;

/** Some samples of a data set, without a way to the others. */
final class Part implements Samples {
    private final Dataset data;
    private final int[] members;

    /** @param members indices into the data set, ascending; taken over */
    Part(Dataset data, int[] members) {
        this.data = data;
        this.members = members;
    }

    /** The indices into the data set, not to be written to. */
    int[] members() {
        return members;
    }

    @Override
    public Shape shape() {
        return data.shape();
    }

    @Override
    public List<String> labels() {
        return data.labels();
    }

    @Override
    public Optional<ValueRange> declaredRange() {
        return data.declaredRange();
    }

    @Override
    public Optional<SignalFormat> signal() {
        return data.signal();
    }

    @Override
    public int size() {
        return members.length;
    }

    @Override
    public int target(int i) {
        return data.target(members[i]);
    }

    @Override
    public TaskKind task() {
        return data.task();
    }

    @Override
    public OptionalInt normalClass() {
        return data.normalClass();
    }

    @Override
    public List<String> quantities() {
        return data.quantities();
    }

    @Override
    public void readQuantities(int i, float[] into, int offset) {
        data.readQuantities(members[i], into, offset);
    }

    @Override
    public int index(int i) {
        return members[i];
    }

    @Override
    public void read(int i, float[] into, int offset) {
        data.read(members[i], into, offset);
    }
}
