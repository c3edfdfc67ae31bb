package org.tinytune.nas;

import java.util.List;
import org.tinytune.core.graph.Graph;

/**
 * What a training run gives.
 *
 * @param floatGraph before quantization, batch norm folded
 * @param int8Graph as the board runs it
 * @param history of all epochs, float ones first
 */
public record TrainedModel(Graph floatGraph, Graph int8Graph, List<Epoch> history) {
    /** Keeps a copy. */
    public TrainedModel {
        history = List.copyOf(history);
    }

    /**
     * What is known at the end of an epoch.
     *
     * @param phase {@code float} or {@code int8}
     * @param trainingLoss mean over the epoch's mini-batches
     * @param trainingAccuracy in [0, 1], over the epoch's mini-batches
     * @param validationAccuracy in [0, 1]; NaN without a validation part
     */
    public record Epoch(String phase, double trainingLoss, double trainingAccuracy, double validationAccuracy) {}
}
