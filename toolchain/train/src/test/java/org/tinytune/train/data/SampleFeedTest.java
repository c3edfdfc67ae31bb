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
            network.infer(3, feed, ShardTask.NONE);
            FloatSpan span = network.values(graph.inputs().get(0));
            float[][] fed = new float[3][];
            for (int n = 0; n < 3; n++) {
                int from = span.offset() + 60 * n;
                fed[n] = Arrays.copyOfRange(span.array(), from, from + 60);
            }
            return fed;
        }
    }
}
