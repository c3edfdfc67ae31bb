package org.tinytune.data.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Pairs of samples of which one is much like the other, and what follows from them: that a held-out sample is known
 * from another part, or that two labels are given to one thing.
 */
final class Copies {
    private final CheckedData data;
    private final List<int[]> pairs = new ArrayList<>();

    Copies(CheckedData data) {
        this.data = data;
    }

    void add(int sample, int like) {
        pairs.add(new int[] {sample, like});
    }

    /** The held-out samples that are in another part as well; the second of a pair of them is that of training. */
    List<Place> leaked() {
        BitSet seen = new BitSet();
        List<Place> leaked = new ArrayList<>();
        for (int[] pair : pairs) {
            if (data.leaks(pair[0], pair[1])) {
                boolean firstIsHeldOut = data.part(pair[0]).compareTo(data.part(pair[1])) > 0;
                addOnce(pair[firstIsHeldOut ? 0 : 1], pair[firstIsHeldOut ? 1 : 0], seen, leaked);
            }
        }
        return inOrder(leaked);
    }

    /** Samples with another label than what they are like. */
    List<Place> conflicting() {
        BitSet seen = new BitSet();
        List<Place> conflicting = new ArrayList<>();
        for (int[] pair : pairs) {
            if (data.differInLabel(pair[0], pair[1])) {
                addOnce(pair[0], pair[1], seen, conflicting);
            }
        }
        return inOrder(conflicting);
    }

    /** All samples that are like another one before them. */
    List<Place> all() {
        BitSet seen = new BitSet();
        List<Place> all = new ArrayList<>();
        for (int[] pair : pairs) {
            addOnce(Math.max(pair[0], pair[1]), Math.min(pair[0], pair[1]), seen, all);
        }
        return inOrder(all);
    }

    private void addOnce(int sample, int like, BitSet seen, List<Place> to) {
        if (!seen.get(sample)) {
            seen.set(sample);
            to.add(data.place(sample, OptionalInt.of(like)));
        }
    }

    private static List<Place> inOrder(List<Place> places) {
        places.sort(Comparator.comparingInt(Place::sample));
        return places;
    }
}
