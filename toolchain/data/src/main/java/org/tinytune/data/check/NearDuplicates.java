package org.tinytune.data.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Samples that are nearly those of another one: louder, brighter, a bit noisy, compressed. What is moved by a few rows
 * is not found.
 *
 * <p>Candidates come from locality-sensitive hashing: in each of {@value #TABLES} tables, samples whose signatures lie
 * on the same side of {@value #BITS} medians are neighbours, and each is compared with the next few of them. A pair
 * with a correlation of 0.99 is in the same place of a table with a probability of 0.48, and so of some table with
 * 0.98. The correlation of the samples themselves decides.
 *
 * <p>Source: Charikar, Similarity estimation techniques from rounding algorithms, STOC 2002.
 */
final class NearDuplicates {
    private static final int TABLES = 6;
    private static final int BITS = Sketches.DIMENSIONS / TABLES;

    /** Neighbours that are compared: in a crowd, others are as near. */
    private static final int NEIGHBOURS = 12;

    private static final double MIN_CORRELATION = 0.99;
    /** A signature's cosine may be off by a bit. */
    private static final float MIN_COSINE = 0.97f;

    /** Fewer values correlate by chance. */
    private static final int MIN_VALUES = 16;

    /** More would take too much memory: 384 bytes each. */
    private static final int MAX_SAMPLES = 200_000;

    private static final int MAX_CONFIRMED = 200_000;
    private static final int MEDIAN_SAMPLES = 4096;

    /** From this share of a held-out part on, its score is doubtful. */
    private static final double DOUBTFUL_SHARE = 0.01;

    private final CheckedData data;
    private final int[] samples;
    private final int all;
    private final Copies copies;

    /**
     * @param constant samples, which are like nothing
     * @param aside exact copies of others
     */
    NearDuplicates(CheckedData data, BitSet constant, BitSet aside) {
        this.data = data;
        int[] candidates = data.data().shape().elements() < MIN_VALUES
                ? new int[0]
                : IntStream.range(0, data.data().size())
                        .filter(i -> !aside.get(i) && !constant.get(i))
                        .toArray();
        this.all = candidates.length;
        this.samples = evenly(candidates, MAX_SAMPLES);
        this.copies = new Copies(data);
        if (samples.length > 1) {
            search(new Sketches(data.data(), samples));
        }
    }

    private static int[] evenly(int[] from, int most) {
        if (from.length <= most) {
            return from;
        }
        return IntStream.range(0, most)
                .map(i -> from[(int) ((long) i * from.length / most)])
                .toArray();
    }

    private void search(Sketches sketches) {
        float[] medians = medians(sketches);
        Set<Long> confirmed = new HashSet<>();
        for (int table = 0; table < TABLES; table++) {
            long[] entries = entries(sketches, medians, table);
            for (int i = 0; i < entries.length; i++) {
                int s = (int) entries[i];
                int end = Math.min(entries.length, i + 1 + NEIGHBOURS);
                for (int j = i + 1; j < end && bucket(entries[j]) == bucket(entries[i]); j++) {
                    int t = (int) entries[j];
                    if (sketches.cosine(s, t) >= MIN_COSINE && confirmed.size() < MAX_CONFIRMED) {
                        confirm(sketches, Math.max(s, t), Math.min(s, t), confirmed);
                    }
                }
            }
        }
    }

    private void confirm(Sketches sketches, int s, int t, Set<Long> confirmed) {
        if (confirmed.add((long) s << Integer.SIZE | t)
                && sketches.correlation(samples[s], samples[t]) >= MIN_CORRELATION) {
            copies.add(samples[s], samples[t]);
        }
    }

    /** Of each number of the signatures. */
    private float[] medians(Sketches sketches) {
        int[] some = evenly(IntStream.range(0, samples.length).toArray(), MEDIAN_SAMPLES);
        float[] medians = new float[Sketches.DIMENSIONS];
        float[] values = new float[some.length];
        for (int d = 0; d < medians.length; d++) {
            for (int i = 0; i < some.length; i++) {
                values[i] = sketches.value(some[i], d);
            }
            Arrays.sort(values);
            medians[d] = values[values.length / 2];
        }
        return medians;
    }

    /** Samples by bucket, then by a number of another table, then by index: 16 bits, 16 bits, 32 bits. */
    private long[] entries(Sketches sketches, float[] medians, int table) {
        long[] entries = new long[samples.length];
        int first = table * BITS;
        int other = (first + BITS) % Sketches.DIMENSIONS;
        for (int s = 0; s < entries.length; s++) {
            long bucket = 0;
            for (int b = 0; b < BITS; b++) {
                bucket = bucket << 1 | (sketches.value(s, first + b) > medians[first + b] ? 1 : 0);
            }
            // From [-1, 1] to 15 bits, so that entries stay in order as signed numbers within a bucket.
            long within = (long) ((sketches.value(s, other) + 1) * Short.MAX_VALUE / 2);
            entries[s] = bucket << 48 | within << Integer.SIZE | s;
        }
        Arrays.sort(entries);
        return entries;
    }

    private static long bucket(long entry) {
        return entry >>> 48;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        List<Place> leaked = copies.leaked();
        if (!leaked.isEmpty()) {
            findings.add(new Finding(
                    isDoubtful(leaked) ? Severity.WARNING : Severity.NOTE,
                    "leaked-near-duplicates",
                    "held-out samples are much like one of another part (correlation 0.99 or more): scores on them are"
                            + " too good",
                    leaked.size(),
                    leaked,
                    "if they come from the same take, name what belongs together by a group_column"));
        }
        List<Place> conflicting = copies.conflicting();
        if (!conflicting.isEmpty()) {
            findings.add(new Finding(
                    Severity.NOTE,
                    "near-duplicates-conflict",
                    "samples are much like one with another label",
                    conflicting.size(),
                    conflicting,
                    "look whether the labels are right"));
        }
        List<Place> similar = copies.all();
        if (!similar.isEmpty()) {
            findings.add(new Finding(
                    Severity.NOTE,
                    "near-duplicates",
                    "samples are much like another one, in any part" + lookedAt(),
                    similar.size(),
                    similar,
                    "more of the same teaches little: other takes would teach more"));
        }
        return findings;
    }

    private boolean isDoubtful(List<Place> leaked) {
        for (PartName part : PartName.values()) {
            long of = leaked.stream().filter(place -> place.part() == part).count();
            if (of >= DOUBTFUL_SHARE * data.in(part).count() && of > 0) {
                return true;
            }
        }
        return false;
    }

    private String lookedAt() {
        return samples.length < all ? "; " + samples.length + " of " + all + " samples were compared" : "";
    }
}
