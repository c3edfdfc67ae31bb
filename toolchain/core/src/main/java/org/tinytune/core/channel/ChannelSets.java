package org.tinytune.core.channel;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Channels that can only go together, as disjoint sets. A set with one channel that has to stay stays as a whole.
 *
 * <p>Source: Galler and Fisher, "An Improved Equivalence Algorithm", CACM 1964.
 */
final class ChannelSets {
    private int[] parents = new int[64];
    private int count;
    private final BitSet fixed = new BitSet();

    /** New channels, each in a set of its own. */
    int[] create(int channels) {
        int[] created = new int[channels];
        for (int c = 0; c < channels; c++) {
            if (count == parents.length) {
                parents = Arrays.copyOf(parents, 2 * count);
            }
            parents[count] = count;
            created[c] = count++;
        }
        return created;
    }

    /** The set of a channel, named by one of its channels. */
    int of(int channel) {
        int root = channel;
        while (parents[root] != root) {
            root = parents[root];
        }
        for (int c = channel; c != root; ) {
            int next = parents[c];
            parents[c] = root;
            c = next;
        }
        return root;
    }

    /** Joins the sets of two channels. */
    void unite(int a, int b) {
        int first = of(a);
        int second = of(b);
        parents[second] = first;
        if (fixed.get(second)) {
            fixed.set(first);
        }
    }

    /** These channels stay. */
    void fix(int... channels) {
        for (int c : channels) {
            fixed.set(of(c));
        }
    }

    /** Whether a channel stays. */
    boolean isFixed(int channel) {
        return fixed.get(of(channel));
    }
}
