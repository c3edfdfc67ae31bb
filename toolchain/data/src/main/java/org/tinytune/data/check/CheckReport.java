package org.tinytune.data.check;

import java.util.List;
import java.util.Map;

/**
 * What is to be said of a data set.
 *
 * @param samples how many there are
 * @param parts how many samples are in each part, in the order of {@link PartName}; those without samples are left out
 * @param findings warnings first
 */
public record CheckReport(int samples, Map<PartName, Integer> parts, List<Finding> findings) {
    /** Whether there is any warning. */
    public boolean hasWarnings() {
        return findings.stream().anyMatch(f -> f.severity() == Severity.WARNING);
    }
}
