package org.tinytune.data.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytune.data.Dataset;
import org.tinytune.data.recording.RecordingLength;

/** Groups that are in two parts which the data set comes with, or that are much longer or shorter than others. */
final class Groups {
    private static final int MAX_SHOWN = 5;
    private static final int FEW_TEST_GROUPS = 5;

    private final CheckedData data;
    private final List<String> names;
    private final int[] sizes;

    private Groups(CheckedData data) {
        Dataset dataset = data.data();
        this.data = data;
        this.names = dataset.groups();
        this.sizes = new int[names.size()];
        IntStream.range(0, dataset.size()).forEach(i -> sizes[dataset.group(i)]++);
    }

    static List<Finding> findings(CheckedData data, List<RecordingLength> recordings) {
        List<Finding> findings = new ArrayList<>();
        if (!data.data().groups().isEmpty()) {
            Groups groups = new Groups(data);
            groups.addStraddling(findings);
            groups.addFewTested(findings);
            groups.addUnusual(
                    findings,
                    recordings.stream().map(RecordingLength::recording).collect(Collectors.toSet()));
        }
        return findings;
    }

    private BitSet in(PartName... parts) {
        BitSet groups = new BitSet();
        for (PartName part : parts) {
            data.in(part).forEach(i -> groups.set(data.data().group(i)));
        }
        return groups;
    }

    private void addStraddling(List<Finding> findings) {
        if (data.data().predefinedTest().length == 0) {
            return;
        }
        BitSet straddling = in(PartName.TEST);
        straddling.and(in(PartName.TRAINING, PartName.VALIDATION));
        if (!straddling.isEmpty()) {
            findings.add(new Finding(
                    Severity.WARNING,
                    "straddling-groups",
                    "groups are in the test part that the data come with, and in what is trained on too: "
                            + shown(straddling),
                    straddling.cardinality(),
                    data.places(data.in(PartName.TEST)
                            .filter(i -> straddling.get(data.data().group(i)))),
                    "the test score is not that of a new group: put the files together and let the split keep groups"
                            + " whole"));
        }
    }

    private void addFewTested(List<Finding> findings) {
        int tested = in(PartName.TEST).cardinality();
        if (tested > 0 && tested < FEW_TEST_GROUPS) {
            findings.add(Finding.of(
                    Severity.NOTE,
                    "few-test-groups",
                    "the test part holds " + tested + (tested == 1 ? " group" : " groups")
                            + ": intervals of its score do not say what the next group would give",
                    tested,
                    "test each group in its turn (split = \"kfold:K/I\", as many folds as groups), or record more"));
        }
    }

    /** @param recordings whose own length tells more than a count of their windows: {@link Lengths} looks at them */
    private void addUnusual(List<Finding> findings, Set<String> recordings) {
        Outliers outliers = Outliers.of(IntStream.of(sizes).asDoubleStream().toArray());
        BitSet unusual = new BitSet();
        outliers.unusual().stream()
                .filter(g -> !recordings.contains(names.get(g)))
                .forEach(unusual::set);
        if (!unusual.isEmpty()) {
            findings.add(Finding.of(
                    Severity.NOTE,
                    "unusual-lengths",
                    "groups are much longer or shorter than the usual " + Math.round(outliers.median())
                            + " samples: "
                            + unusual.stream()
                                    .limit(MAX_SHOWN)
                                    .mapToObj(g -> "'" + names.get(g) + "' (" + sizes[g] + ")")
                                    .collect(Collectors.joining(", ")),
                    unusual.cardinality(),
                    "look whether a recording was cut off, or two were joined"));
        }
    }

    private String shown(BitSet groups) {
        return groups.stream()
                .limit(MAX_SHOWN)
                .mapToObj(g -> "'" + names.get(g) + "'")
                .collect(Collectors.joining(", "));
    }
}
