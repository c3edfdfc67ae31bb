package org.tinytune.data.check;

import java.util.List;
import java.util.stream.Collectors;
import org.tinytune.data.recording.PlainNumber;
import org.tinytune.data.recording.RecordingLength;

/** Recordings that are much longer or shorter than others: padded or cut into windows, they look like all. */
final class Lengths {
    private static final int MAX_SHOWN = 5;

    private Lengths() {}

    static List<Finding> findings(List<RecordingLength> recordings) {
        Outliers outliers = Outliers.of(
                recordings.stream().mapToDouble(RecordingLength::seconds).toArray());
        if (outliers.unusual().isEmpty()) {
            return List.of();
        }
        String shown = outliers.unusual().stream()
                .limit(MAX_SHOWN)
                .mapToObj(recordings::get)
                .map(r -> "'" + r.recording() + "' (" + PlainNumber.seconds(r.seconds()) + ")")
                .collect(Collectors.joining(", "));
        return List.of(Finding.of(
                Severity.NOTE,
                "unusual-recordings",
                "recordings are much longer or shorter than the usual " + PlainNumber.seconds(outliers.median()) + ": "
                        + shown,
                outliers.unusual().cardinality(),
                "look whether a recording was cut off, or two were joined"));
    }
}
