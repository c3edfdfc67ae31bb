package org.tinytune.data.check;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Dataset;
import org.tinytune.data.Samples;
import org.tinytune.data.split.Split;
import org.tinytune.data.split.SplitOptions;

/** A data set with the part that each sample would be in. It is not used for anything but to look for mistakes. */
final class CheckedData {
    private final Dataset data;
    private final PartName[] parts;
    private final Optional<String> obstacle;

    /** @param seed of the division */
    CheckedData(Dataset data, long seed) {
        this.data = data;
        this.parts = new PartName[data.size()];
        Optional<String> found = Optional.empty();
        try {
            Split split = Split.of(data, SplitOptions.seeded(seed));
            Arrays.fill(parts, PartName.NONE);
            mark(split.search().training(), PartName.TRAINING);
            mark(split.search().validation(), PartName.VALIDATION);
            mark(split.test().open(), PartName.TEST);
        } catch (TinytuneException e) {
            found = Optional.of(e.getMessage());
            int[] test = data.predefinedTest();
            Arrays.fill(parts, test.length == 0 ? PartName.NONE : PartName.TRAINING);
            IntStream.of(test).forEach(i -> parts[i] = PartName.TEST);
        }
        this.obstacle = found;
    }

    private void mark(Samples samples, PartName part) {
        for (int i = 0; i < samples.size(); i++) {
            parts[samples.index(i)] = part;
        }
    }

    Dataset data() {
        return data;
    }

    /** Why the data set cannot be divided; empty if it can. */
    Optional<String> obstacle() {
        return obstacle;
    }

    PartName part(int sample) {
        return parts[sample];
    }

    /** How many samples are in each part. */
    Map<PartName, Integer> partSizes() {
        Map<PartName, Integer> sizes = new EnumMap<>(PartName.class);
        for (PartName part : parts) {
            sizes.merge(part, 1, Integer::sum);
        }
        return sizes;
    }

    /** The samples of a part, ascending. */
    IntStream in(PartName part) {
        return IntStream.range(0, parts.length).filter(i -> parts[i] == part);
    }

    boolean hasLabels() {
        return !data.labels().isEmpty();
    }

    /** Whether two samples are taken for different things. */
    boolean differInLabel(int a, int b) {
        return hasLabels() && data.target(a) != data.target(b);
    }

    /** Whether what is known of one sample makes a score on the other too good. */
    boolean leaks(int a, int b) {
        return parts[a] != parts[b]
                && parts[a] != PartName.NONE
                && parts[b] != PartName.NONE
                && (parts[a].isHeldOut() || parts[b].isHeldOut());
    }

    Place place(int sample) {
        return place(sample, OptionalInt.empty());
    }

    /** @param like what it is a copy of */
    Place place(int sample, OptionalInt like) {
        return new Place(
                sample,
                parts[sample],
                hasLabels() ? Optional.of(data.labels().get(data.target(sample))) : Optional.empty(),
                data.groups().isEmpty()
                        ? Optional.empty()
                        : Optional.of(data.groups().get(data.group(sample))),
                like);
    }

    List<Place> places(IntStream samples) {
        return samples.limit(Finding.MAX_PLACES).mapToObj(this::place).toList();
    }
}
