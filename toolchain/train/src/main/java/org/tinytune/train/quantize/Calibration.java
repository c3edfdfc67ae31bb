package org.tinytune.train.quantize;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Tensor;
import org.tinytune.data.RandomStreams;
import org.tinytune.data.Samples;
import org.tinytune.data.ValueRange;
import org.tinytune.data.ValueStatistics;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.network.ShardTask;
import org.tinytune.train.range.RealRange;

/** Finds the ranges of activations, from what a float network computes for training samples. */
public final class Calibration {
    private static final int SAMPLES = 512;
    private static final int BATCH = 64;
    private static final long STREAM = 5;

    /** Of no consequence for how large a model is. */
    private static final RealRange GUESS = new RealRange(-4, 4);

    private Calibration() {}

    /**
     * The range of each activation, by tensor.
     *
     * @param folded a float graph without batch norm
     * @param training of which some are drawn
     * @param seed of the draw
     * @param threads that share the work; results do not depend on it
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the network computes infinite values or NaN
     */
    public static RealRange[] ranges(Graph folded, Samples training, long seed, int threads) {
        return ranges(folded, training, CalibrationMethods.STANDARD, seed, threads);
    }

    /** The same by another method. */
    public static RealRange[] ranges(Graph folded, Samples training, CalibrationMethod method, long seed, int threads) {
        int[] drawn = draw(training, seed);
        int steps = SampleFeed.steps(training, folded);
        int batch = Math.min(Math.max(1, BATCH / steps), drawn.length);
        NetworkOptions options = NetworkOptions.inference(Arithmetic.FLOAT32, batch, threads);
        try (Network network = new Network(folded, options.withSteps(steps))) {
            Histogram[] histograms = new Histogram[folded.tensors().size()];
            Arrays.setAll(histograms, t -> new Histogram());
            SampleFeed feed = new SampleFeed(training, network);
            run(network, feed, drawn, histograms, false);
            run(network, feed, drawn, histograms, true);
            RealRange[] ranges = new RealRange[histograms.length];
            for (int t = 0; t < ranges.length; t++) {
                ranges[t] = folded.tensor(t).isConstant() ? null : range(method, histograms[t], folded.tensor(t));
            }
            setInput(folded, training, ranges);
            return ranges;
        }
    }

    private static RealRange range(CalibrationMethod method, Histogram histogram, Tensor tensor) {
        if (!histogram.isFinite()) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    "training diverged, '" + tensor.name()
                            + "' has values that are no numbers any more: try a lower learning rate, or check the"
                            + " samples for extreme values");
        }
        return tensor.state() ? histogram.whole() : method.range(histogram);
    }

    private static int[] draw(Samples training, long seed) {
        int[] order = SampleFeed.inOrder(training);
        SplittableRandom random = RandomStreams.stream(seed, STREAM);
        int count = Math.min(SAMPLES, order.length);
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(order.length - i);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return Arrays.copyOf(order, count);
    }

    private static void run(Network network, SampleFeed feed, int[] drawn, Histogram[] histograms, boolean count) {
        Graph graph = network.graph();
        for (int first = 0; first < drawn.length; first += network.maxSamples()) {
            int batch = Math.min(network.maxSamples(), drawn.length - first);
            feed.select(drawn, first);
            network.infer(batch, feed, ShardTask.NONE);
            for (int t = 0; t < histograms.length; t++) {
                Tensor tensor = graph.tensor(t);
                if (!tensor.isConstant()) {
                    FloatSpan span = network.values(t);
                    int elements = batch * network.steps() * network.elements(t);
                    if (count) {
                        histograms[t].count(span.array(), span.offset(), elements);
                    } else {
                        histograms[t].widen(span.array(), span.offset(), elements);
                    }
                }
            }
        }
    }

    /** The input has the range of all that was seen in training, so that no raw value of it is cut off. */
    private static void setInput(Graph graph, Samples training, RealRange[] ranges) {
        InputEncoding encoding = graph.metadata().encoding();
        List<ValueRange> seen = seen(encoding, training);
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < seen.size(); c++) {
            min = Math.min(min, encoding.encode(seen.get(c).min(), c));
            max = Math.max(max, encoding.encode(seen.get(c).max(), c));
        }
        ranges[graph.inputs().get(0)] = RealRange.of(min, max);
    }

    /**
     * The raw values of each channel. Channels that have an encoding each may have any units: a temperature never comes
     * near a pressure, and a range with room for both would leave no steps to either.
     */
    private static List<ValueRange> seen(InputEncoding encoding, Samples training) {
        int channels = encoding.mean().size();
        if (channels == 1) {
            return List.of(new ValueRange(encoding.rawMin(), encoding.rawMax()));
        }
        ValueStatistics statistics = ValueStatistics.of(training, channels);
        return IntStream.range(0, channels).mapToObj(statistics::range).toList();
    }

    /** Ranges that stand in where nothing is known yet. */
    public static RealRange[] guess(Graph folded) {
        RealRange[] ranges = new RealRange[folded.tensors().size()];
        Arrays.fill(ranges, GUESS);
        return ranges;
    }
}
