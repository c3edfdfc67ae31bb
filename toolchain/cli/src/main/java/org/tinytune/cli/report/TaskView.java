package org.tinytune.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.OutputEncoding;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.data.Samples;
import org.tinytune.train.metric.RocCurve;
import org.tinytune.train.task.AnomalyDetection;
import org.tinytune.train.task.Predictions;

/**
 * What a report draws of a task, in float and INT8.
 *
 * @param quantities of a regression; otherwise empty
 * @param detection of anomalies; otherwise empty
 */
public record TaskView(List<Quantity> quantities, Optional<Detection> detection) {
    /** More points would hide one another, and make the page slow. */
    private static final int MAX_POINTS = 1000;

    private static final int BINS = 40;

    /** Less is drawn as if it were this much: the axis is logarithmic. */
    private static final double LEAST_ERROR = 1e-9;

    /** True and predicted values of a target. */
    public record Quantity(String name, List<Double> truth, List<Double> floatPredicted, List<Double> int8Predicted) {}

    /**
     * How anomalies are told from normal samples.
     *
     * @param floatCurve ROC curve of the float model; empty if the samples are all of one kind
     * @param int8Curve that of the INT8 model
     * @param histogram of the INT8 model's reconstruction errors
     * @param threshold of the INT8 model
     */
    public record Detection(
            List<RocCurve.Point> floatCurve,
            List<RocCurve.Point> int8Curve,
            List<Bin> histogram,
            Optional<Double> threshold) {}

    /** Samples whose error is at least {@code from} and below {@code to}, or equal to it in the last bin. */
    public record Bin(double from, double to, int normal, int anomalies) {}

    /**
     * The view of a model.
     *
     * @param graph in INT8
     * @param test part of the data
     */
    public static TaskView of(Graph graph, Samples test, Predictions floatTest, Predictions int8Test) {
        TaskKind task = TaskKind.of(graph.metadata());
        return new TaskView(
                task == TaskKind.REGRESSION ? quantities(graph, test, floatTest, int8Test) : List.of(),
                task == TaskKind.ANOMALY_DETECTION
                        ? Optional.of(detection(graph, test, floatTest, int8Test))
                        : Optional.empty());
    }

    private static List<Quantity> quantities(Graph graph, Samples test, Predictions floatTest, Predictions int8Test) {
        List<String> names = test.quantities();
        OutputEncoding encoding = OutputEncoding.of(graph.metadata(), names.size());
        int[] shown = thinned(test.size());
        float[] values = new float[names.size()];
        List<Quantity> quantities = new ArrayList<>();
        for (int q = 0; q < names.size(); q++) {
            int quantity = q;
            quantities.add(new Quantity(
                    names.get(q),
                    IntStream.of(shown)
                            .mapToObj(i -> {
                                test.readQuantities(i, values, 0);
                                return (double) values[quantity];
                            })
                            .toList(),
                    decoded(encoding, floatTest, q, shown),
                    decoded(encoding, int8Test, q, shown)));
        }
        return quantities;
    }

    private static List<Double> decoded(OutputEncoding encoding, Predictions predictions, int quantity, int[] shown) {
        return IntStream.of(shown)
                .mapToObj(i -> (double) encoding.decode(predictions.outputs()[i][quantity], quantity))
                .toList();
    }

    /** Indices of some of so many, evenly spread, the first and the last among them. */
    private static int[] thinned(int size) {
        int count = Math.min(size, MAX_POINTS);
        return IntStream.range(0, count)
                .map(i -> count == 1 ? 0 : (int) ((long) i * (size - 1) / (count - 1)))
                .toArray();
    }

    private static Detection detection(Graph graph, Samples test, Predictions floatTest, Predictions int8Test) {
        boolean[] anomalous = AnomalyDetection.anomalous(test);
        return new Detection(
                curve(floatTest, anomalous),
                curve(int8Test, anomalous),
                histogram(int8Test.points(), anomalous),
                AnomalyThreshold.of(graph.metadata()).map(AnomalyThreshold::error));
    }

    private static List<RocCurve.Point> curve(Predictions predictions, boolean[] anomalous) {
        List<RocCurve.Point> points = new RocCurve(predictions.points(), anomalous).points();
        return IntStream.of(thinned(points.size())).mapToObj(points::get).toList();
    }

    /** Bins of equal width on a logarithmic axis. */
    private static List<Bin> histogram(double[] errors, boolean[] anomalous) {
        double[] logs = Arrays.stream(errors)
                .map(error -> StrictMath.log(Math.max(error, LEAST_ERROR)))
                .toArray();
        double low = Arrays.stream(logs).min().orElse(0);
        double width = Math.max(Arrays.stream(logs).max().orElse(0) - low, LEAST_ERROR) / BINS;
        int[][] counts = new int[2][BINS];
        for (int i = 0; i < logs.length; i++) {
            counts[anomalous[i] ? 1 : 0][Math.min(BINS - 1, (int) ((logs[i] - low) / width))]++;
        }
        return IntStream.range(0, BINS)
                .mapToObj(b -> new Bin(
                        StrictMath.exp(low + b * width),
                        StrictMath.exp(low + (b + 1) * width),
                        counts[0][b],
                        counts[1][b]))
                .toList();
    }
}
