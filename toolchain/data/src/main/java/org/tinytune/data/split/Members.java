package org.tinytune.data.split;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.tinytune.data.Dataset;

/** Sets of samples of a data set: ascending indices, or their bits. */
final class Members {
    private Members() {}

    static int[] all(Dataset data) {
        return IntStream.range(0, data.size()).toArray();
    }

    static int[] without(Dataset data, BitSet some) {
        return IntStream.range(0, data.size()).filter(i -> !some.get(i)).toArray();
    }

    static int[] withoutAnomalies(Dataset data, int[] members) {
        return IntStream.of(members).filter(i -> !isAnomaly(data, i)).toArray();
    }

    /**
     * The samples that a test part is chosen from. Anomalies go there anyway, unless groups stay whole and their group
     * does not.
     */
    static int[] testCandidates(Dataset data, boolean wholeGroups) {
        return wholeGroups && !data.groups().isEmpty() ? all(data) : withoutAnomalies(data, all(data));
    }

    /** Adds all anomalies to a test part, if they were not among the candidates. */
    static BitSet withAnomalies(Dataset data, BitSet test, int[] candidates) {
        if (candidates.length < data.size()) {
            IntStream.range(0, data.size()).filter(i -> isAnomaly(data, i)).forEach(test::set);
        }
        return test;
    }

    private static boolean isAnomaly(Dataset data, int i) {
        return data.normalClass().isPresent()
                && data.target(i) != data.normalClass().getAsInt();
    }
}
