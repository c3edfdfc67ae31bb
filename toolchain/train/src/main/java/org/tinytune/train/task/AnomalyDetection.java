package org.tinytune.train.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.data.Samples;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.loss.MeanSquaredError;
import org.tinytune.train.metric.Bootstrap;
import org.tinytune.train.metric.ClassStatistics;
import org.tinytune.train.metric.MeanStatistics;
import org.tinytune.train.metric.Metric;
import org.tinytune.train.metric.Quantiles;
import org.tinytune.train.metric.RocStatistics;
import org.tinytune.train.metric.Statistics;

/**
 * Whether a sample is like those that were trained on, which were all normal: an autoencoder reconstructs its input,
 * and what it reconstructs badly is an anomaly. Scored by the mean reconstruction error of normal samples: the split
 * gives neither training nor validation an anomaly, so that no epoch is chosen by the anomalies that happen to be
 * known.
 *
 * <p>An error above the {@link AnomalyThreshold} is an anomaly; the threshold is a quantile of the errors of the
 * training samples, so that about the other share of normal samples raises a false alarm.
 */
public final class AnomalyDetection implements Task {
    /** Key of the metadata for the label that normal samples had. */
    public static final String NORMAL_LABEL = "normalLabel";

    /** One false alarm in a hundred normal samples. */
    private static final double QUANTILE = 0.99;

    private static final List<String> LABELS = List.of("normal", "anomaly");

    private final Optional<AnomalyThreshold> threshold;

    /** @param metadata that may state a threshold */
    AnomalyDetection(Metadata metadata) {
        this.threshold = AnomalyThreshold.of(metadata);
    }

    /** The model with a threshold, chosen from the reconstruction errors of its training samples. */
    public static Graph withThreshold(Graph graph, double[] trainingErrors) {
        double[] sorted = trainingErrors.clone();
        Arrays.sort(sorted);
        AnomalyThreshold threshold = new AnomalyThreshold(Quantiles.ofSorted(sorted, QUANTILE), QUANTILE);
        return graph.withMetadata(threshold.storedIn(graph.metadata()));
    }

    @Override
    public TaskKind kind() {
        return TaskKind.ANOMALY_DETECTION;
    }

    @Override
    public int outputs(Samples samples) {
        return samples.shape().elements();
    }

    @Override
    public void check(Graph graph, Samples samples) {
        int outputs = graph.output().shape().elements();
        int inputs = FrontEnd.of(graph)
                .map(FrontEnd::features)
                .orElseGet(graph::input)
                .shape()
                .elements();
        if (outputs != inputs) {
            throw new InvalidModelException(
                    "an autoencoder has as many outputs as inputs, the model has " + outputs + " of " + inputs);
        }
    }

    @Override
    public Loss loss() {
        return new MeanSquaredError();
    }

    @Override
    public boolean isReconstruction() {
        return true;
    }

    @Override
    public void target(Samples samples, int sample, float[] encoded, int at, float[] target) {
        System.arraycopy(encoded, at, target, 0, target.length);
    }

    @Override
    public double point(float[] outputs, boolean areLogits, float[] target) {
        return AnomalyThreshold.error(target, 0, outputs, 0, target.length);
    }

    @Override
    public String scoreName() {
        return "reconstruction error";
    }

    @Override
    public double score(double meanPoint) {
        return meanPoint;
    }

    @Override
    public boolean isHigherBetter() {
        return false;
    }

    /** Empty without a threshold. */
    @Override
    public Optional<Decisions> decisions(Samples samples, Predictions predictions) {
        return threshold.map(t -> new Decisions(
                LABELS,
                numbers(anomalous(samples)),
                Arrays.stream(predictions.points())
                        .mapToInt(error -> error > t.error() ? 1 : 0)
                        .toArray()));
    }

    /** @throws InvalidModelException if the samples do not say which are normal */
    @Override
    public List<Metric> metrics(Samples samples, Predictions predictions, Bootstrap bootstrap) {
        List<Statistics> statistics = new ArrayList<>();
        statistics.add(new MeanStatistics(Metric.Name.of("loss"), predictions.losses()));
        statistics.add(RocStatistics.ofDetector(predictions.points(), anomalous(samples)));
        decisions(samples, predictions)
                .ifPresent(d -> statistics.add(new ClassStatistics(d.labels(), d.targets(), d.predictions())));
        return bootstrap.measure(statistics);
    }

    /**
     * Which samples are anomalies.
     *
     * @throws InvalidModelException if the samples do not say which are normal
     */
    public static boolean[] anomalous(Samples samples) {
        int normal = samples.normalClass()
                .orElseThrow(() -> new InvalidModelException(
                        "the model finds anomalies, but the data does not say which" + " samples are normal"));
        boolean[] anomalous = new boolean[samples.size()];
        for (int i = 0; i < anomalous.length; i++) {
            anomalous[i] = samples.target(i) != normal;
        }
        return anomalous;
    }

    private static int[] numbers(boolean[] values) {
        int[] numbers = new int[values.length];
        Arrays.setAll(numbers, i -> values[i] ? 1 : 0);
        return numbers;
    }
}
