package org.tinytune.train.task;

import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.OutputEncoding;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.data.OutputEncodings;
import org.tinytune.data.Samples;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.metric.Bootstrap;
import org.tinytune.train.metric.Metric;

/**
 * What a network is trained for. It follows from the metadata of a graph, so that a model's file alone says what its
 * outputs mean. Stateless, so threads may share it.
 */
public interface Task {
    /** Which one it is. */
    TaskKind kind();

    /** How many outputs a network needs for samples. */
    int outputs(Samples samples);

    /**
     * Checks that a graph can do this for samples.
     *
     * @throws InvalidModelException if not
     */
    void check(Graph graph, Samples samples);

    /** The loss that is reported, and the one to train with unless there is a reason for another. */
    Loss loss();

    /** Whether the network's own input is what its output should be. */
    default boolean isReconstruction() {
        return false;
    }

    /**
     * What the real outputs should be for a sample.
     *
     * @param samples that it is one of
     * @param sample its index
     * @param encoded holds its real input, before it is quantized, if this {@linkplain #isReconstruction is a
     *     reconstruction}
     * @param at the first element of it
     * @param target receives one value an output
     */
    void target(Samples samples, int sample, float[] encoded, int at, float[] target);

    /**
     * How well the outputs meet the target of a sample, in a measure whose mean over samples says all: 1 or 0 for a hit
     * or a miss, otherwise a mean squared error.
     *
     * @param outputs real outputs, or logits
     * @param areLogits whether probabilities are still to be made of them
     */
    double point(float[] outputs, boolean areLogits, float[] target);

    /** What epochs are compared by, such as "accuracy". */
    String scoreName();

    /** The score of an epoch whose samples have this mean point. */
    double score(double meanPoint);

    /** Whether a higher score is a better one. */
    boolean isHigherBetter();

    /** All figures of what a model makes of samples, with their intervals. */
    List<Metric> metrics(Samples samples, Predictions predictions, Bootstrap bootstrap);

    /** What samples are taken for, where that is one of several classes. */
    default Optional<Decisions> decisions(Samples samples, Predictions predictions) {
        return Optional.empty();
    }

    /**
     * What a graph is for, as its metadata say.
     *
     * @throws InvalidModelException if these are damaged
     */
    static Task of(Graph graph) {
        Metadata metadata = graph.metadata();
        return switch (TaskKind.of(metadata)) {
            case CLASSIFICATION -> Classification.of(graph);
            case REGRESSION ->
                new Regression(
                        OutputEncoding.of(metadata, graph.output().shape().elements()));
            case ANOMALY_DETECTION -> new AnomalyDetection(metadata);
        };
    }

    /**
     * Metadata that also say what is asked for by a data set: the task, the labels of the outputs, and how outputs
     * become quantities.
     *
     * @param training samples to learn from, and no others
     */
    static Metadata describe(Metadata metadata, Samples training) {
        return switch (training.task()) {
            case CLASSIFICATION -> metadata.withLabels(training.labels());
            case REGRESSION ->
                OutputEncodings.standardized(training)
                        .storedIn(TaskKind.REGRESSION.storedIn(metadata.withLabels(training.quantities())));
            case ANOMALY_DETECTION ->
                TaskKind.ANOMALY_DETECTION
                        .storedIn(metadata.withLabels(List.of()))
                        .withExtra(
                                AnomalyDetection.NORMAL_LABEL,
                                training.labels().get(training.normalClass().orElseThrow()));
        };
    }
}
