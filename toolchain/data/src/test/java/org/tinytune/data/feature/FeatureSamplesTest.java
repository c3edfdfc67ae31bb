package org.tinytune.data.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.Elements;
import org.tinytune.data.Dataset;
import org.tinytune.data.Parallel;
import org.tinytune.data.augmentation.Gain;
import org.tinytune.data.feature.FeatureDesigns.Bands;

class FeatureSamplesTest {
    private static final Parallel PARALLEL = Parallel.of(2);
    private static final Dataset WINDOWS = SyntheticWindows.tones(12, 600, 1.0 / 32768, 1);
    private static final FeatureDesign MEL =
            FeatureDesigns.mel(new Bands(new Frames(256, 100), 16, 60, 4000, 8000, -80));

    private static float[] read(FeatureSamples samples, int i) {
        float[] values = new float[samples.shape().elements()];
        samples.read(i, values, 0);
        return values;
    }

    private static float[] varied(FeatureSamples samples, int i, int epoch) {
        float[] values = new float[samples.shape().elements()];
        samples.readVaried(i, epoch, values);
        return values;
    }

    @Test
    void areWhatTheSimulatorGives() {
        FrontEnd frontEnd = MEL.fit(WINDOWS, PARALLEL);
        FeatureSamples features = FeatureSamples.of(frontEnd, WINDOWS, PARALLEL);
        Graph nothing = new Graph(List.of(frontEnd.features()), List.of(), List.of(0), List.of(0), Metadata.unnamed());
        Simulator simulator = Simulator.of(frontEnd.before(nothing));
        for (int i = 0; i < WINDOWS.size(); i++) {
            float[] counts = new float[WINDOWS.shape().elements()];
            WINDOWS.read(i, counts, 0);
            byte[] window = new byte[2 * counts.length];
            for (int v = 0; v < counts.length; v++) {
                Elements.INT16.set(window, 0, v, (int) counts[v]);
            }
            byte[] expected = simulator.run(window);
            float[] read = read(features, i);
            assertThat(IntStream.range(0, read.length).map(v -> (int) read[v] - 128))
                    .containsExactly(IntStream.range(0, expected.length)
                            .mapToObj(v -> (int) expected[v])
                            .toArray(Integer[]::new));
            assertThat(features.target(i)).isEqualTo(WINDOWS.target(i));
            assertThat(features.index(i)).isEqualTo(i);
        }
        assertThat(features.labels()).isEqualTo(WINDOWS.labels());
    }

    @Test
    void ofWindowsThatWereReadWithAnotherScaleAreTheSame() {
        // Of even counts, so that half of them are no others.
        Dataset even = SyntheticWindows.tones(12, 600, 1.0 / 32768, 1, 2);
        Dataset halved = SyntheticWindows.tones(12, 600, 1.0 / 16384, 0.5);
        FrontEnd frontEnd = MEL.fit(even, PARALLEL);
        FeatureSamples one = FeatureSamples.of(frontEnd, even, PARALLEL);
        FeatureSamples other = FeatureSamples.of(frontEnd, halved, PARALLEL);
        for (int i = 0; i < even.size(); i++) {
            assertThat(read(other, i)).isEqualTo(read(one, i));
        }
    }

    /** Counts of half the resolution are off by up to one, which the bands without a tone show. */
    @Test
    void ofWindowsThatWereRoundedToACoarserScaleAreOffByTwoAtMost() {
        FrontEnd frontEnd = MEL.fit(WINDOWS, PARALLEL);
        FeatureSamples fine = FeatureSamples.of(frontEnd, WINDOWS, PARALLEL);
        FeatureSamples coarse =
                FeatureSamples.of(frontEnd, SyntheticWindows.tones(12, 600, 1.0 / 16384, 0.5), PARALLEL);
        for (int i = 0; i < WINDOWS.size(); i++) {
            assertThat(read(coarse, i)).containsExactly(read(fine, i), Offset.offset(2f));
        }
    }

    @Test
    void varyFromEpochToEpochAndComeAgain() {
        FeatureSamples features =
                FeatureSamples.of(MEL.fit(WINDOWS, PARALLEL), WINDOWS, PARALLEL).varied(new Gain(12), 7);

        assertThat(varied(features, 3, 0)).isEqualTo(varied(features, 3, 0)).isNotEqualTo(varied(features, 3, 1));
        assertThat(varied(features, 3, 16)).isEqualTo(varied(features, 3, 0));
        assertThat(read(features, 3))
                .isEqualTo(read(FeatureSamples.of(MEL.fit(WINDOWS, PARALLEL), WINDOWS, PARALLEL), 3));
    }

    @Test
    void varyByTheSeed() {
        FeatureSamples features = FeatureSamples.of(MEL.fit(WINDOWS, PARALLEL), WINDOWS, PARALLEL);

        assertThat(varied(features.varied(new Gain(12), 7), 3, 0))
                .isEqualTo(varied(features.varied(new Gain(12), 7), 3, 0))
                .isNotEqualTo(varied(features.varied(new Gain(12), 8), 3, 0));
    }

    @Test
    void withoutChangesDoNotVary() {
        FeatureSamples features = FeatureSamples.of(MEL.fit(WINDOWS, PARALLEL), WINDOWS, PARALLEL);
        assertThat(varied(features, 2, 5)).isEqualTo(read(features, 2));
    }
}
