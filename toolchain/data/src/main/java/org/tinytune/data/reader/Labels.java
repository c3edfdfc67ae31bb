package org.tinytune.data.reader;

import java.util.HashSet;
import java.util.Set;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/** The labels of a data set, checked as they come. */
final class Labels {
    private static final int MAX_LABELS = 1000;

    private final DatasetDescriptor descriptor;
    private final Set<String> seen = new HashSet<>();

    Labels(DatasetDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * The label, if it can be one.
     *
     * @param where that it comes from, as messages show it
     */
    String checked(String where, String label) {
        if (label.isEmpty()) {
            throw invalid(where + " has an empty label: give it one, or remove it");
        }
        if (descriptor.labels().isPresent() && !descriptor.labels().get().contains(label)) {
            throw invalid(where + ": '" + CsvTable.shown(label) + "' is none of the labels that "
                    + DatasetDescriptor.FILE_NAME + " names (add it there, or move or remove the file)");
        }
        seen.add(label);
        if (seen.size() > MAX_LABELS) {
            throw invalid(where + ": more than " + MAX_LABELS + " different labels so far, as classes never are: say"
                    + " what the label is (label_pattern or label_column)");
        }
        return label;
    }

    private static TinytuneException invalid(String message) {
        return new TinytuneException(ExitCode.INVALID_INPUT, message);
    }
}
