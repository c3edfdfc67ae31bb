package org.tinytune.data.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Samples whose values are those of another one. They are found by their hashes, and compared. Constant samples have a
 * finding of their own.
 */
final class ExactDuplicates {
    /** Below this, rows of a table can well be equal by chance. */
    private static final int MIN_VALUES = 16;

    private final CheckedData data;
    private final BitSet repeated = new BitSet();
    private final Copies copies;

    ExactDuplicates(CheckedData data, SampleScan scan) {
        this.data = data;
        this.copies = new Copies(data);
        Set<Long> several = several(scan.hashes());
        Map<Long, List<List<Integer>>> found = new LinkedHashMap<>();
        for (int i = 0; i < data.data().size(); i++) {
            long hash = scan.hashes()[i];
            if (several.contains(hash) && !scan.constant().get(i)) {
                addTo(found.computeIfAbsent(hash, h -> new ArrayList<>()), i);
            }
        }
        found.values().forEach(ofOneHash -> ofOneHash.forEach(this::note));
    }

    private static Set<Long> several(long[] hashes) {
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        Set<Long> several = new HashSet<>();
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                several.add(sorted[i]);
            }
        }
        return several;
    }

    /** @param contents samples of one hash, those with equal values together */
    private void addTo(List<List<Integer>> contents, int sample) {
        for (List<Integer> equal : contents) {
            if (areEqual(equal.get(0), sample)) {
                equal.add(sample);
                return;
            }
        }
        contents.add(new ArrayList<>(List.of(sample)));
    }

    /** Pairs each of some equal samples with the first, and with one of another part, of training if there is one. */
    private void note(List<Integer> equal) {
        int first = equal.get(0);
        for (int sample : equal) {
            if (sample != first) {
                repeated.set(sample);
                copies.add(sample, first);
            }
        }
        Map<PartName, Integer> firstOfPart = new EnumMap<>(PartName.class);
        equal.forEach(sample -> firstOfPart.putIfAbsent(data.part(sample), sample));
        for (int sample : equal) {
            firstOfPart.values().stream()
                    .filter(other -> data.leaks(sample, other))
                    .findFirst()
                    .ifPresent(other -> copies.add(sample, other));
        }
    }

    private boolean areEqual(int a, int b) {
        int elements = data.data().shape().elements();
        float[] first = new float[elements];
        float[] second = new float[elements];
        data.data().read(a, first, 0);
        data.data().read(b, second, 0);
        for (int v = 0; v < elements; v++) {
            if (first[v] != second[v]) {
                return false;
            }
        }
        return true;
    }

    /** The samples that are copies of one before them; not to be written to. */
    BitSet repeated() {
        return repeated;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        boolean byChance = data.data().shape().elements() < MIN_VALUES;
        Severity severity = byChance ? Severity.NOTE : Severity.WARNING;
        List<Place> leaked = copies.leaked();
        if (!leaked.isEmpty()) {
            findings.add(new Finding(
                    severity,
                    "leaked-duplicates",
                    "held-out samples are in another part as well, to the last bit: scores on them are too good",
                    leaked.size(),
                    leaked,
                    "remove the copies, keep them together by a group_column, or divide with split = \"stable\", which"
                            + " puts copies into one part"));
        }
        List<Place> conflicting = copies.conflicting();
        if (!conflicting.isEmpty()) {
            findings.add(new Finding(
                    severity,
                    "conflicting-labels",
                    "samples have the values of another one, but another label",
                    conflicting.size(),
                    conflicting,
                    "correct the labels, or remove these samples"));
        }
        List<Place> all = copies.all();
        if (!all.isEmpty()) {
            findings.add(new Finding(
                    Severity.NOTE,
                    "duplicates",
                    "samples are copies of another one, in any part",
                    all.size(),
                    all,
                    "remove them unless they come by chance: they count several times"));
        }
        return findings;
    }
}
