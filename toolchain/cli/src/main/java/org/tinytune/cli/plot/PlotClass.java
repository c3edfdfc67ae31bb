package org.tinytune.cli.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tinytune.data.Dataset;
import org.tinytune.data.RandomStreams;

/**
 * A class of a data set, or all samples of one that has no classes.
 *
 * @param label what it is called
 * @param members all samples, ascending
 * @param chosen those that are shown, ascending
 */
record PlotClass(String label, int[] members, int[] chosen) {
    private static final String ALL = "all samples";
    private static final long PURPOSE = 0x706c6f74; // "plot"

    /**
     * The classes of a data set.
     *
     * @param wanted labels; none for all
     * @param samples to choose of each, drawn by the seed
     */
    static List<PlotClass> of(Dataset dataset, List<String> wanted, int samples, long seed) {
        if (dataset.labels().isEmpty()) {
            return List.of(choose(ALL, IntStream.range(0, dataset.size()).toArray(), samples, seed, 0));
        }
        List<PlotClass> classes = new ArrayList<>();
        for (int c = 0; c < dataset.labels().size(); c++) {
            String label = dataset.labels().get(c);
            if (wanted.isEmpty() || wanted.contains(label)) {
                int target = c;
                int[] members = IntStream.range(0, dataset.size())
                        .filter(i -> dataset.target(i) == target)
                        .toArray();
                classes.add(choose(label, members, samples, seed, c));
            }
        }
        return classes;
    }

    /** Other classes, and how many are shown of them, change nothing. */
    private static PlotClass choose(String label, int[] members, int samples, long seed, int stream) {
        SplittableRandom random = RandomStreams.stream(seed, PURPOSE, stream);
        int[] shuffled = members.clone();
        int count = Math.min(samples, shuffled.length);
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(shuffled.length - i);
            int swapped = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = swapped;
        }
        int[] chosen = Arrays.copyOf(shuffled, count);
        Arrays.sort(chosen);
        return new PlotClass(label, members, chosen);
    }
}
