package org.tinytune.train;

import java.util.List;
import java.util.function.UnaryOperator;
import org.tinytune.core.graph.Graph;

/**
 * What a training gives.
 *
 * @param floatGraph with the best float weights, batch norm folded
 * @param int8Graph with the best INT8 weights, as a board runs it
 * @param history of all epochs, float ones first
 */
public record TrainingResult(Graph floatGraph, Graph int8Graph, List<Epoch> history) {
    /** Keeps a copy. */
    public TrainingResult {
        history = List.copyOf(history);
    }

    /** The same with the INT8 model that is made of this one. */
    public TrainingResult withInt8Graph(UnaryOperator<Graph> change) {
        return new TrainingResult(floatGraph, change.apply(int8Graph), history);
    }
}
