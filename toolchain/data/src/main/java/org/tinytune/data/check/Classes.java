package org.tinytune.data.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.data.Dataset;

/** Classes that have far fewer samples than others, or none in a part. */
final class Classes {
    private static final double NOTABLE_RATIO = 3;
    private static final double DOUBTFUL_RATIO = 10;

    private Classes() {}

    static List<Finding> findings(CheckedData data) {
        List<Finding> findings = new ArrayList<>();
        if (data.data().task() == TaskKind.CLASSIFICATION) {
            addImbalance(data.data(), findings);
            addMissing(data, findings);
        }
        return findings;
    }

    private static void addImbalance(Dataset data, List<Finding> findings) {
        int[] counts = counts(data, IntStream.range(0, data.size()));
        Comparator<Integer> bySize = Comparator.comparingInt(c -> counts[c]);
        int least = IntStream.range(0, counts.length).boxed().min(bySize).orElseThrow();
        int most = IntStream.range(0, counts.length).boxed().max(bySize).orElseThrow();
        double ratio = (double) counts[most] / Math.max(1, counts[least]);
        if (ratio >= NOTABLE_RATIO) {
            findings.add(Finding.of(
                    ratio >= DOUBTFUL_RATIO ? Severity.WARNING : Severity.NOTE,
                    "class-imbalance",
                    String.format(
                            Locale.ROOT,
                            "label '%s' has %d samples, '%s' %.1f times as many",
                            data.labels().get(least),
                            counts[least],
                            data.labels().get(most),
                            ratio),
                    (int) IntStream.of(counts)
                            .filter(n -> n * NOTABLE_RATIO <= counts[most])
                            .count(),
                    "record more of the rare classes, or train with class_weights = \"balanced\"; look at F1, not only"
                            + " at the accuracy"));
        }
    }

    /** A part that was drawn holds every class that is large enough; one that comes with the data need not. */
    private static void addMissing(CheckedData data, List<Finding> findings) {
        for (PartName part : new PartName[] {PartName.VALIDATION, PartName.TEST}) {
            int[] counts = counts(data.data(), data.in(part));
            if (IntStream.of(counts).sum() == 0) {
                continue;
            }
            List<String> missing = IntStream.range(0, counts.length)
                    .filter(c -> counts[c] == 0)
                    .mapToObj(data.data().labels()::get)
                    .toList();
            if (!missing.isEmpty()) {
                findings.add(Finding.of(
                        Severity.WARNING,
                        "missing-classes",
                        "the " + part + " part has no samples of '" + String.join("', '", missing) + "'",
                        missing.size(),
                        "nothing is known of how well they are told: divide in another way, or add samples"));
            }
        }
    }

    private static int[] counts(Dataset data, IntStream samples) {
        int[] counts = new int[data.labels().size()];
        samples.forEach(i -> counts[data.target(i)]++);
        return counts;
    }
}
