package org.tinytune.train.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.InputEncodings;
import org.tinytune.train.FloatNetwork;
import org.tinytune.train.ListedSamples;
import org.tinytune.train.range.RealRange;

class CalibrationTest {
    /** Raw values are twice the real ones, plus 3; a few samples have seen all from 1 to 11. */
    private static final InputEncoding ENCODING = new InputEncoding(List.of(3f), List.of(2f), 1, 11);

    /** The first output is the first input, the second is minus three times the second. */
    private static Graph scaled() {
        FloatNetwork network = new FloatNetwork(2).encoding(ENCODING);
        return network.node(
                        "scaled",
                        FullyConnected.INSTANCE,
                        new FullyConnectedParams(Activation.NONE),
                        network.constant("weights", Shape.of(2, 2), 1, 0, 0, -3),
                        network.constant("bias", Shape.of(2), 0, 0))
                .relu("clamped")
                .build();
    }

    private static ListedSamples even(int count) {
        SplittableRandom random = new SplittableRandom(1);
        ListedSamples samples = new ListedSamples(2, 2);
        for (int n = 0; n < count; n++) {
            samples.add(0, (float) random.nextDouble(5, 7), (float) random.nextDouble(5, 7));
        }
        return samples;
    }

    @Test
    void theInputHasTheRangeOfAllThatWasSeenInTraining() {
        RealRange[] ranges = Calibration.ranges(scaled(), even(100), 1, 1);
        assertThat(ranges[scaled().inputs().get(0)]).isEqualTo(new RealRange(-1, 4));
    }

    /** With means of 0.5 and -0.5 and a deviation of 0.5, [0, 1] is [-1, 1] in one channel and [1, 3] in the other. */
    @Test
    void theInputHasTheWidestRangeOfItsChannels() {
        for (List<Float> means : List.of(List.of(0.5f, -0.5f), List.of(-0.5f, 0.5f))) {
            Graph graph = new FloatNetwork(2, 2, 2)
                    .encoding(new InputEncoding(means, List.of(0.5f, 0.5f), 0, 1))
                    .conv("conv", 2, 1)
                    .mean()
                    .build();
            ListedSamples samples =
                    new ListedSamples(2, 2, 2, 2).add(0, new float[8]).add(0, 1, 1, 1, 1, 1, 1, 1, 1);
            assertThat(Calibration.ranges(graph, samples, 1, 1)[0]).isEqualTo(new RealRange(-1, 3));
        }
    }

    /** A temperature about 20 beside a pressure about 100000, and a value that never changes. */
    @Test
    void channelsOfOtherUnitsDoNotWidenTheRangeOfTheInput() {
        ListedSamples samples = new ListedSamples(2, 3).add(0, 15, 99_000, 7).add(1, 25, 103_000, 7);
        Graph graph = new FloatNetwork(3)
                .encoding(InputEncodings.standardized(samples))
                .dense("logits", 2)
                .build();
        assertThat(Calibration.ranges(graph, samples, 1, 1)[0]).isEqualTo(new RealRange(-1, 1));
    }

    /** Real inputs in [1, 2] become [1, 2] and [-6, -3]; clamped, only the first is left. */
    @Test
    void activationsHaveTheRangeOfTheirValues() {
        Graph graph = scaled();
        RealRange[] ranges = Calibration.ranges(graph, even(400), 1, 1);
        RealRange scaled = ranges[FloatNetwork.index(graph, "scaled")];
        assertThat(scaled.min()).isCloseTo(-6, Offset.offset(0.1f));
        assertThat(scaled.max()).isCloseTo(2, Offset.offset(0.05f));
        RealRange clamped = ranges[FloatNetwork.index(graph, "clamped")];
        assertThat(clamped.min()).isEqualTo(0);
        assertThat(clamped.max()).isCloseTo(2, Offset.offset(0.05f));
        assertThat(ranges[FloatNetwork.index(graph, "weights")]).isNull();
    }

    /** One sample in a thousand is a hundred times as large: whether it is among those drawn is up to the seed. */
    @Test
    void theSeedDecidesWhichSamplesAreDrawn() {
        Graph graph = scaled();
        ListedSamples samples = even(1500).add(0, 203, 5);
        int scaled = FloatNetwork.index(graph, "scaled");
        int met = 0;
        for (long seed = 0; seed < 30; seed++) {
            RealRange range = Calibration.ranges(graph, samples, seed, 1)[scaled];
            assertThat(Calibration.ranges(graph, samples, seed, 1)[scaled]).isEqualTo(range);
            met += range.max() > 3 ? 1 : 0;
        }
        // 512 of 1501 are drawn: 10 times in 30, give or take.
        assertThat(met).isBetween(2, 20);
    }

    @Test
    void threadsDoNotMatter() {
        Graph graph = new FloatNetwork(6, 6, 1)
                .encoding(new InputEncoding(List.of(0f), List.of(1f), 0, 1))
                .conv("conv", 4, 3)
                .mean()
                .dense("logits", 3)
                .softmax()
                .build();
        ListedSamples samples = ListedSamples.bars(150, 1);
        RealRange[] ranges = Calibration.ranges(graph, samples, 1, 1);
        assertThat(Calibration.ranges(graph, samples, 1, 2)).isEqualTo(ranges);
        assertThat(Calibration.ranges(graph, samples, 1, 3)).isEqualTo(ranges);
    }
}
