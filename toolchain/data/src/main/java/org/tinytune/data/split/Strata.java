package org.tinytune.data.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.data.Dataset;

/**
 * Samples by kind, each of which is to have its share in every part: the classes, or, where samples have quantities, up
 * to ten equally large ranges of the first one.
 *
 * @param members of each stratum, indices into the data set, ascending in a class, by value in a range
 */
record Strata(List<int[]> members) {
    private static final int MAX_RANGES = 10;

    /** Fewer would be left out of small parts altogether. */
    private static final int SAMPLES_PER_RANGE = 5;

    /** @param members indices into the data set, ascending */
    static Strata of(Dataset data, int[] members) {
        return data.task() == TaskKind.REGRESSION ? ranges(data, members) : classes(data, members);
    }

    private static Strata classes(Dataset data, int[] members) {
        return new Strata(IntStream.range(0, data.labels().size())
                .mapToObj(c ->
                        IntStream.of(members).filter(i -> data.target(i) == c).toArray())
                .toList());
    }

    private static Strata ranges(Dataset data, int[] members) {
        float[] values = new float[data.quantities().size()];
        float[] first = new float[data.size()];
        for (int i : members) {
            data.readQuantities(i, values, 0);
            first[i] = values[0];
        }
        int[] byValue = IntStream.of(members)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> first[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int count = Math.max(1, Math.min(MAX_RANGES, members.length / SAMPLES_PER_RANGE));
        List<int[]> ranges = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            long begin = (long) r * byValue.length / count;
            long end = (r + 1L) * byValue.length / count;
            ranges.add(
                    IntStream.range((int) begin, (int) end).map(j -> byValue[j]).toArray());
        }
        return new Strata(ranges);
    }

    int size() {
        return members.size();
    }

    int[] members(int stratum) {
        return members.get(stratum);
    }
}
