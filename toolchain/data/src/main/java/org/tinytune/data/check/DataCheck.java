package org.tinytune.data.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tinytune.data.Dataset;
import org.tinytune.data.recording.RecordingLength;

/** Looks a data set over. */
public final class DataCheck {
    private DataCheck() {}

    /**
     * Runs all checks.
     *
     * @param recordings that samples are windows of; none if they are something else
     * @param seed of the division, as that of a search
     * @param accuracy that is expected of a model, in [0, 1]
     */
    public static CheckReport run(Dataset dataset, List<RecordingLength> recordings, long seed, double accuracy) {
        CheckedData data = new CheckedData(dataset, seed);
        List<Finding> findings = new ArrayList<>();
        data.obstacle()
                .ifPresent(obstacle -> findings.add(Finding.of(
                        Severity.WARNING,
                        "not-divisible",
                        "it cannot be divided for training: " + obstacle,
                        dataset.size(),
                        "mend this first")));
        SampleScan scan = new SampleScan(dataset);
        ExactDuplicates exact = new ExactDuplicates(data, scan);
        findings.addAll(exact.findings());
        findings.addAll(new NearDuplicates(data, scan.constant(), exact.repeated()).findings());
        findings.addAll(Overlaps.findings(data));
        findings.addAll(Groups.findings(data, recordings));
        findings.addAll(Lengths.findings(recordings));
        findings.addAll(Names.findings(data));
        findings.addAll(Classes.findings(data));
        findings.addAll(new Signals(data, scan).findings());
        findings.addAll(PartSizes.findings(data, accuracy));
        findings.sort(Comparator.comparing(Finding::severity).reversed());
        return new CheckReport(dataset.size(), data.partSizes(), List.copyOf(findings));
    }
}
