package org.tinytune.data;

import java.util.List;
import java.util.OptionalInt;
import org.tinytune.core.graph.TaskKind;

/**
 * What the samples of a data set should be taken for: a class each, or some quantities each.
 *
 * @param labels names of the classes; empty if there are none
 * @param classes of each sample, indices into the labels
 * @param quantities names of the quantities; empty if there are none
 * @param values of the quantities, sample by sample
 * @param normalClass the class of normal samples, where anomalies are to be told from them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Targets(List<String> labels, int[] classes, List<String> quantities, float[] values, OptionalInt normalClass) {
    /** Keeps copies of the lists; takes the arrays over. */
    Targets {
        labels = List.copyOf(labels);
        quantities = List.copyOf(quantities);
    }

    TaskKind task() {
        if (!quantities.isEmpty()) {
            return TaskKind.REGRESSION;
        }
        return normalClass.isPresent() ? TaskKind.ANOMALY_DETECTION : TaskKind.CLASSIFICATION;
    }
}
