package org.tinytune.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.quant.Quantization;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.train.FloatNetwork;
import org.tinytune.train.ListedSamples;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.network.ShardTask;
import org.tinytune.train.quantize.Calibration;
import org.tinytune.train.quantize.QatGraph;
import org.tinytune.train.task.Classification;

class SampleFeedTest {
    private static final InputEncoding ENCODING =
            new InputEncoding(List.of(0.5f, -1.25f, 3f), List.of(0.3f, 1.7f, 11f), -4, 4);

    private static final Graph FLOAT = new FloatNetwork(4, 5, 3)
            .encoding(ENCODING)
            .conv("conv", 2, 3)
            .mean()
            .build();

    private static final Graph INT8 = QatGraph.export(QatGraph.quantizeActivations(FLOAT, Calibration.guess(FLOAT)));

    private static ListedSamples samples() {
        SplittableRandom random = new SplittableRandom(1);
        ListedSamples samples = new ListedSamples(2, 4, 5, 3);
        for (int n = 0; n < 9; n++) {
            float[] values = new float[60];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-30, 30);
            }
            samples.add(n % 2, values);
        }
        return samples;
    }

    @Test
    void valuesAreEncodedAsTheMetadataSay() {
        int[] order = {3, 8, 0, 5};
        float[][] fed = feed(FLOAT, Arithmetic.FLOAT32, order, Augmentation.NONE);
        for (int n = 0; n < 3; n++) {
            float[] raw = raw(order[n + 1]);
            for (int i = 0; i < raw.length; i++) {
                assertThat(fed[n][i]).isEqualTo(ENCODING.encode(raw[i], i % 3));
            }
        }
    }

    /** The way of a device: encoded in float, then {@link Quantization#quantizeInt8}. */
    @Test
    void integersAreThoseOfADevice() {
        int[] order = {3, 8, 0, 5};
        float[][] fed = feed(INT8, Arithmetic.INT8, order, Augmentation.NONE);
        Quantization quantization = INT8.input().quantization();
        for (int n = 0; n < 3; n++) {
            float[] raw = raw(order[n + 1]);
            for (int i = 0; i < raw.length; i++) {
                assertThat(fed[n][i]).isEqualTo(quantization.quantizeInt8(ENCODING.encode(raw[i], i % 3)));
            }
        }
    }

    @Test
    void augmentationChangesTheRawValues() {
        int[] order = {3, 8, 0, 5};
        Augmentation doubled = (sample, shape, random) -> {
            for (int i = 0; i < sample.length; i++) {
                sample[i] *= 2;
            }
        };
        float[][] fed = feed(FLOAT, Arithmetic.FLOAT32, order, doubled);
        assertThat(fed[0][4]).isEqualTo(ENCODING.encode(2 * raw(8)[4], 1));
        assertThat(samples().target(8)).isZero();
    }

    /** A quarter of each is that of the sample behind it, after encoding; the last is mixed with the first. */
    @Test
    void mixingTakesTheSampleBehind() {
        int[] order = {3, 8, 0, 5};
        for (int threads : new int[] {1, 3}) {
            try (Network network = new Network(FLOAT, NetworkOptions.inference(Arithmetic.FLOAT32, 3, threads))) {
                SampleFeed feed = new SampleFeed(samples(), network);
                feed.select(order, 1);
                feed.mix(0.75, 3);
                float[][] fed = run(network, feed);
                for (int n = 0; n < 3; n++) {
                    float[] own = raw(order[n + 1]);
                    float[] partner = raw(order[(n + 1) % 3 + 1]);
                    for (int i = 0; i < own.length; i++) {
                        float expected =
                                0.75f * ENCODING.encode(own[i], i % 3) + 0.25f * ENCODING.encode(partner[i], i % 3);
                        assertThat(fed[n][i])
                                .as("%d threads, sample %d", threads, n)
                                .isEqualTo(expected);
                    }
                }
                // Samples 8, 0 and 5 are of classes 0, 0 and 1.
                assertThat(target(feed, 0, 2)).containsExactly(1, 0);
                assertThat(target(feed, 1, 2)).containsExactly(0.75f, 0.25f);
                assertThat(target(feed, 2, 2)).containsExactly(0.25f, 0.75f);
                assertThat(target(feed, 1, 1)).containsExactly(0.25f);

                feed.select(order, 1);
                assertThat(run(network, feed)[0][0]).isEqualTo(ENCODING.encode(raw(8)[0], 0));
                assertThat(target(feed, 2, 2)).containsExactly(0, 1);
                assertThat(target(feed, 2, 1)).containsExactly(1);
            }
        }
    }

    /** What is mixed are real values: the integers are those of the mixture. */
    @Test
    void mixingComesBeforeQuantizing() {
        int[] order = {3, 8, 0, 5};
        try (Network network = new Network(INT8, NetworkOptions.inference(Arithmetic.INT8, 3, 2))) {
            SampleFeed feed = new SampleFeed(samples(), network);
            feed.select(order, 1);
            feed.mix(0.75, 3);
            float[][] fed = run(network, feed);
            for (int i = 0; i < 60; i++) {
                float mixed = 0.75f * ENCODING.encode(raw(8)[i], i % 3) + 0.25f * ENCODING.encode(raw(0)[i], i % 3);
                assertThat(fed[0][i]).isEqualTo(INT8.input().quantization().quantizeInt8(mixed));
            }
        }
    }

    @Test
    void aBatchOfOneIsMixedWithItself() {
        try (Network network = new Network(FLOAT, NetworkOptions.inference(Arithmetic.FLOAT32, 3, 1))) {
            SampleFeed feed = new SampleFeed(samples(), network);
            feed.select(new int[] {5}, 0);
            feed.mix(0.75, 1);
            assertThat(target(feed, 0, 2)).containsExactly(0, 1);
        }
    }

    private static float[] target(SampleFeed feed, int position, int outputs) {
        float[] target = {9, 9};
        float[] into = outputs == 1 ? new float[] {9} : target;
        feed.readTarget(position, new Classification(), into, new float[into.length]);
        return into;
    }

    @Test
    void samplesOfAnotherSizeAreRefused() {
        ListedSamples other = new ListedSamples(2, 4, 5, 2).add(0, new float[40]);
        try (Network network = new Network(FLOAT, NetworkOptions.inference(Arithmetic.FLOAT32, 1, 1))) {
            assertThatThrownBy(() -> new SampleFeed(other, network))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessageContaining("do not fit the model's input 'input'");
        }
    }

    private static float[] raw(int sample) {
        float[] values = new float[60];
        samples().read(sample, values, 0);
        return values;
    }

    /** The samples {@code order[1]} to {@code order[3]} as the network sees them. */
    private static float[][] feed(Graph graph, Arithmetic arithmetic, int[] order, Augmentation augmentation) {
        try (Network network = new Network(graph, NetworkOptions.inference(arithmetic, 3, 2))) {
            SampleFeed feed = new SampleFeed(samples(), network);
            feed.select(order, 1, augmentation, 7, 1);
            assertThat(feed.sample(0)).isEqualTo(order[1]);
            return run(network, feed);
        }
    }

    private static float[][] run(Network network, SampleFeed feed) {
        network.infer(3, feed, ShardTask.NONE);
        FloatSpan span = network.values(network.graph().inputs().get(0));
        float[][] fed = new float[3][];
        for (int n = 0; n < 3; n++) {
            int from = span.offset() + 60 * n;
            fed[n] = Arrays.copyOfRange(span.array(), from, from + 60);
        }
        return fed;
    }
}
