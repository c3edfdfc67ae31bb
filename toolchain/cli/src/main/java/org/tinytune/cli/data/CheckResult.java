package org.tinytune.cli.data;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.data.Dataset;
import org.tinytune.data.check.CheckReport;
import org.tinytune.data.check.Place;
import org.tinytune.data.check.Severity;

/**
 * What a check found, as JSON shows it.
 *
 * @param data what the data set calls itself
 * @param seed of the parts
 * @param split how they were chosen
 * @param parts samples in each part
 * @param warnings how many findings are warnings
 * @param findings warnings first
 */
record CheckResult(
        String data,
        long seed,
        String split,
        int samples,
        Map<String, Integer> parts,
        int warnings,
        List<Finding> findings) {

    /**
     * One of them.
     *
     * @param severity {@code warning} or {@code note}
     * @param check a word that scripts can rely on
     * @param count of what it is about
     * @param places some of the samples
     */
    record Finding(String severity, String check, int count, String what, String suggestion, List<Sample> places) {}

    /**
     * Where a finding is.
     *
     * @param sample number in the order of the files, from 0
     * @param like the sample that it is a copy of; null if that is not the finding
     */
    record Sample(int sample, String part, Optional<String> label, Optional<String> group, OptionalInt like) {}

    static CheckResult of(Dataset dataset, long seed, CheckReport report) {
        Map<String, Integer> parts = new LinkedHashMap<>();
        report.parts().forEach((part, size) -> parts.put(part.toString(), size));
        return new CheckResult(
                dataset.card().name(),
                seed,
                dataset.splitPlan().toString(),
                report.samples(),
                parts,
                (int) report.findings().stream()
                        .filter(f -> f.severity() == Severity.WARNING)
                        .count(),
                report.findings().stream().map(CheckResult::finding).toList());
    }

    private static Finding finding(org.tinytune.data.check.Finding found) {
        return new Finding(
                found.severity().name().toLowerCase(Locale.ROOT),
                found.check(),
                found.count(),
                found.what(),
                found.suggestion(),
                found.places().stream().map(CheckResult::sample).toList());
    }

    private static Sample sample(Place place) {
        return new Sample(place.sample(), place.part().toString(), place.label(), place.group(), place.like());
    }

    /** For people: a table, then where each finding is and what to do. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(data)
                .append(": ")
                .append(Quantities.count(samples))
                .append(" samples")
                .append(parts.entrySet().stream()
                        .map(part -> part.getKey() + " " + Quantities.count(part.getValue()))
                        .collect(Collectors.joining(", ", " (", ", ")))
                .append("split ")
                .append(split)
                .append(")\n\n");
        if (findings.isEmpty()) {
            return text.append("nothing found\n").toString();
        }
        Table table = new Table(left("severity"), left("check"), right("count"), left("what"));
        findings.forEach(f -> table.row(f.severity(), f.check(), Quantities.count(f.count()), f.what()));
        text.append(table.text());
        for (Finding finding : findings) {
            text.append('\n')
                    .append(finding.check())
                    .append(": ")
                    .append(finding.suggestion())
                    .append('\n');
            finding.places()
                    .forEach(place -> text.append("  ").append(line(place)).append('\n'));
            if (!finding.places().isEmpty() && finding.places().size() < finding.count()) {
                text.append("  ...\n");
            }
        }
        return text.toString();
    }

    private static String line(Sample place) {
        return "sample " + place.sample() + " (" + place.part()
                + place.label().map(label -> ", label '" + label + "'").orElse("")
                + place.group().map(group -> ", group '" + group + "'").orElse("") + ")"
                + (place.like().isPresent() ? " is like sample " + place.like().getAsInt() : "");
    }
}
