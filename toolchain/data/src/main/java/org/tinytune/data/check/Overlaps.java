package org.tinytune.data.check;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.data.Dataset;
import org.tinytune.data.Overlap;

/** Windows that follow each other and share readings, but are in different parts. */
final class Overlaps {
    private Overlaps() {}

    static List<Finding> findings(CheckedData data) {
        Dataset dataset = data.data();
        if (!Overlap.isPossible(dataset.shape())) {
            return List.of();
        }
        Overlap overlap = new Overlap(dataset);
        Copies shared = new Copies(data);
        for (int i = 1; i < dataset.size(); i++) {
            if (data.leaks(i, i - 1) && overlap.rows(i - 1, i) > 0) {
                shared.add(i, i - 1);
            }
        }
        List<Finding> findings = new ArrayList<>();
        List<Place> leaked = shared.leaked();
        if (!leaked.isEmpty()) {
            findings.add(new Finding(
                    Severity.WARNING,
                    "leaked-overlaps",
                    "held-out windows share readings with the window before or behind them, which is in another part:"
                            + " scores on them are too good",
                    leaked.size(),
                    leaked,
                    "keep the windows of a recording together by a group_column, or divide with split = \"forward\""));
        }
        return findings;
    }
}
