package org.tinytune.data.split;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.data.Dataset;
import org.tinytune.data.RandomStreams;

/**
 * Draws samples, or deals them into folds, so that every class or range of values has its share; whole groups where
 * there are groups.
 */
final class Stratification {
    private final Dataset data;
    private final long seed;
    private final Strata strata;
    private final int size;

    /** @param members indices into the data set, ascending */
    Stratification(Dataset data, int[] members, long seed) {
        this.data = data;
        this.seed = seed;
        this.size = members.length;
        this.strata = Strata.of(data, members);
    }

    /**
     * Draws about {@code wanted} samples; exactly as many if there are no groups.
     *
     * <p>With groups, each group in turn, larger ones first, is taken if that brings the counts of the classes nearer
     * to their shares. A class that has a share and is in none of those gets its smallest group, where another one is
     * left of every class in it: the rule above refuses groups of more than twice a share. If nothing is taken at all,
     * the smallest group is, unless it is the only one.
     */
    BitSet draw(int wanted) {
        int[] sizes = IntStream.range(0, strata.size())
                .map(c -> strata.members(c).length)
                .toArray();
        int[] quota = LargestRemainder.shares(wanted, sizes);
        BitSet drawn = new BitSet();
        if (data.groups().isEmpty()) {
            for (int c = 0; c < strata.size(); c++) {
                int[] shuffled = shuffled(strata.members(c), c);
                IntStream.range(0, quota[c]).forEach(i -> drawn.set(shuffled[i]));
            }
            return drawn;
        }
        List<Group> groups = groups();
        List<Group> left = new ArrayList<>();
        int[] share = quota.clone();
        for (Group group : groups) {
            long change = 0;
            for (int c = 0; c < quota.length; c++) {
                change += group.counts[c] * ((long) group.counts[c] - 2L * quota[c]);
            }
            if (change < 0) {
                group.members.forEach(drawn::set);
                for (int c = 0; c < quota.length; c++) {
                    quota[c] -= group.counts[c];
                }
            } else {
                left.add(group);
            }
        }
        if (data.task() != TaskKind.REGRESSION) { // a range of values is told of by its neighbours
            addMissing(share, quota, left, drawn);
        }
        if (drawn.isEmpty() && groups.size() > 1 && wanted > 0) {
            groups.get(groups.size() - 1).members.forEach(drawn::set);
        }
        return drawn;
    }

    /**
     * Draws a group of each class that has a share and of which nothing is drawn.
     *
     * @param share of each class
     * @param quota what is left of it; the same if nothing is drawn
     * @param left groups that are not drawn, larger ones first
     */
    private static void addMissing(int[] share, int[] quota, List<Group> left, BitSet drawn) {
        for (int c = 0; c < share.length; c++) {
            if (share[c] == 0 || quota[c] < share[c]) {
                continue;
            }
            for (int g = left.size() - 1; g >= 0; g--) {
                Group group = left.get(g);
                if (group.counts[c] > 0 && isSpared(group, left)) {
                    group.members.forEach(drawn::set);
                    left.remove(g);
                    for (int d = 0; d < quota.length; d++) {
                        quota[d] -= group.counts[d];
                    }
                    break;
                }
            }
        }
    }

    /** Whether another group is left of every class in it. */
    private static boolean isSpared(Group group, List<Group> left) {
        return IntStream.range(0, group.counts.length)
                .filter(c -> group.counts[c] > 0)
                .allMatch(c -> left.stream().anyMatch(other -> other != group && other.counts[c] > 0));
    }

    /**
     * Deals all samples into k folds. Without groups, folds differ by at most one sample per class and in all; with
     * groups, each goes, larger ones first, to the fold that has least of its classes, then to the smallest of those.
     */
    List<BitSet> deal(int k) {
        checkDeal(k);
        List<BitSet> folds = Stream.generate(BitSet::new).limit(k).toList();
        if (data.groups().isEmpty()) {
            int next = 0;
            for (int c = 0; c < strata.size(); c++) {
                for (int member : shuffled(strata.members(c), c)) {
                    folds.get(next++ % k).set(member);
                }
            }
            return folds;
        }
        long[][] counts = new long[k][strata.size()];
        int[] sizes = new int[k];
        for (Group group : groups()) {
            int best = IntStream.range(0, k)
                    .boxed()
                    .min(Comparator.comparingLong((Integer f) -> overlap(counts[f], group))
                            .thenComparingInt(f -> sizes[f]))
                    .orElseThrow();
            sizes[best] += group.members.size();
            group.members.forEach(folds.get(best)::set);
            for (int c = 0; c < strata.size(); c++) {
                counts[best][c] += group.counts[c];
            }
        }
        return folds;
    }

    /** The samples of a class in random order; the order does not depend on the other classes. */
    private int[] shuffled(int[] members, int stream) {
        SplittableRandom random = RandomStreams.stream(seed, stream);
        int[] order = members.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }

    /** The groups, larger ones first, those of equal size in random order. */
    private List<Group> groups() {
        List<Group> all = Stream.generate(() -> new Group(strata.size()))
                .limit(data.groups().size())
                .toList();
        for (int c = 0; c < strata.size(); c++) {
            for (int member : strata.members(c)) {
                all.get(data.group(member)).add(member, c);
            }
        }
        int[] order = shuffled(IntStream.range(0, all.size()).toArray(), strata.size());
        return IntStream.of(order)
                .mapToObj(all::get)
                .filter(g -> !g.members.isEmpty())
                .sorted(Comparator.comparingInt((Group g) -> -g.members.size()))
                .toList();
    }

    private void checkDeal(int k) {
        if (k < 2) {
            throw new TinytuneException(ExitCode.USAGE, k + " folds are no cross-validation: give 2 or more");
        }
        if (!data.groups().isEmpty() && groups().size() < k) {
            throw invalid("only " + groups().size() + " groups for " + k + " folds: use fewer folds");
        }
        if (size < k) {
            throw invalid("only " + size + " samples for " + k + " folds: use fewer folds or add samples");
        }
        for (int c = 0; c < strata.size() && data.task() == TaskKind.CLASSIFICATION; c++) {
            if (strata.members(c).length < k) {
                throw invalid("label '" + data.labels().get(c) + "' has only " + strata.members(c).length
                        + " samples for " + k + " folds: use fewer folds or add samples");
            }
        }
    }

    private static long overlap(long[] fold, Group group) {
        long overlap = 0;
        for (int c = 0; c < fold.length; c++) {
            overlap += fold[c] * group.counts[c];
        }
        return overlap;
    }

    private static TinytuneException invalid(String message) {
        return new TinytuneException(ExitCode.INVALID_INPUT, message);
    }

    /** Samples that stay together, and how many of each class they are. */
    private static final class Group {
        private final List<Integer> members = new ArrayList<>();
        private final int[] counts;

        Group(int classes) {
            counts = new int[classes];
        }

        void add(int member, int targetClass) {
            members.add(member);
            counts[targetClass]++;
        }
    }
}
