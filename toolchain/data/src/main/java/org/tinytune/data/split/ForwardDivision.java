package org.tinytune.data.split;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tinytune.data.Dataset;
import org.tinytune.data.Overlap;
import org.tinytune.data.SplitPlan;

/**
 * Forward chaining, for samples in the order of time: within each recording, what is trained on came before what is
 * validated with, and that before what is tested. Where the data set does not know its recordings, a group is one;
 * without groups, all samples are one.
 *
 * <p>Either the end of each recording is tested, or, with folds, one of its blocks. Each recording has its share of
 * every part, to the sample, and the sizes of what is held out are exact. Of recordings that are too short to have a
 * share, one in every so many gives a sample. Classes are where they are in time.
 *
 * <p>Windows that share readings with the first one of a later part are left out of the earlier part: they have seen
 * what is to be foretold.
 */
final class ForwardDivision implements Division {
    private final Dataset data;
    private final SplitOptions options;
    private final SplitPlan plan;
    private final BitSet unusable = new BitSet();

    ForwardDivision(Dataset data, SplitOptions options) {
        this.data = data;
        this.options = options;
        this.plan = data.splitPlan();
    }

    @Override
    public BitSet test() {
        int[] from = Members.testCandidates(data, false);
        List<int[]> recordings = recordings(from);
        BitSet test = plan.folds() == 0
                ? ends(recordings, (int) Math.round(options.testFraction() * from.length))
                : block(recordings);
        unusable.or(overlapping(recordings, test));
        return Members.withAnomalies(data, test, from);
    }

    /** The samples of a recording that share readings with the first one of those that are chosen, before it. */
    private BitSet overlapping(List<int[]> recordings, BitSet chosen) {
        BitSet overlapping = new BitSet();
        if (!Overlap.isPossible(data.shape())) {
            return overlapping;
        }
        Overlap overlap = new Overlap(data);
        for (int[] recording : recordings) {
            int first = 0;
            while (first < recording.length && !chosen.get(recording[first])) {
                first++;
            }
            int before = first - 1;
            while (before >= 0 && first < recording.length && overlap.rows(recording[before], recording[first]) > 0) {
                overlapping.set(recording[before--]);
            }
        }
        return overlapping;
    }

    @Override
    public BitSet gap(int[] rest, BitSet validation) {
        return overlapping(recordings(rest), validation);
    }

    /** The block of each recording that is tested; what follows it is noted as too late to be trained on. */
    private BitSet block(List<int[]> recordings) {
        BitSet block = new BitSet();
        int blocks = plan.folds() + 1;
        for (int[] recording : recordings) {
            int begin = (int) ((long) plan.fold() * recording.length / blocks);
            int end = (int) ((plan.fold() + 1L) * recording.length / blocks);
            IntStream.range(begin, end).forEach(i -> block.set(recording[i]));
            IntStream.range(end, recording.length).forEach(i -> unusable.set(recording[i]));
        }
        return block;
    }

    @Override
    public int[] usable(int[] rest) {
        return IntStream.of(rest).filter(i -> !unusable.get(i)).toArray();
    }

    @Override
    public BitSet validation(int[] rest) {
        return ends(recordings(rest), options.validationSize(rest.length));
    }

    /** The last samples of each recording, {@code wanted} in all. */
    private static BitSet ends(List<int[]> recordings, int wanted) {
        long all = recordings.stream().mapToLong(r -> r.length).sum();
        BitSet ends = new BitSet();
        long passed = 0;
        for (int[] recording : recordings) {
            // What is rounded off one recording is carried to the next, so that many short ones take turns.
            long before = all == 0 ? 0 : wanted * passed / all;
            passed += recording.length;
            int share = all == 0 ? 0 : (int) (wanted * passed / all - before);
            IntStream.range(recording.length - share, recording.length).forEach(i -> ends.set(recording[i]));
        }
        return ends;
    }

    private List<int[]> recordings(int[] members) {
        Map<Integer, IntStream.Builder> recordings = new TreeMap<>();
        for (int i : members) {
            recordings
                    .computeIfAbsent(data.recording(i), r -> IntStream.builder())
                    .add(i);
        }
        return recordings.values().stream().map(r -> r.build().toArray()).toList();
    }
}
