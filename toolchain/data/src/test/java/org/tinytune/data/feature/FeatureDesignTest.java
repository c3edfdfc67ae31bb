package org.tinytune.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.dsp.Butterworth;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.Parallel;
import org.tinytune.data.Samples;
import org.tinytune.data.feature.FeatureDesigns.Bands;

class FeatureDesignTest {
    private static final Parallel PARALLEL = Parallel.of(2);
    private static final int SAMPLES = 800;
    private static final Dataset WINDOWS = SyntheticWindows.tones(40, SAMPLES, 1.0 / 32768, 1);
    private static final Frames FRAMES = new Frames(256, 128);

    private static Bands bands(int count) {
        return new Bands(FRAMES, count, 60, 4000, SyntheticWindows.RATE_HZ, -80);
    }

    static Stream<FeatureDesign> designs() {
        return Stream.of(
                FeatureDesign.READINGS,
                FeatureDesigns.mel(bands(20)),
                FeatureDesigns.mfcc(bands(40), 12),
                FeatureDesigns.spectrogram(FRAMES, 0, -80),
                FeatureDesigns.statistics(Frames.single(SAMPLES)),
                FeatureDesigns.spectral(
                        Frames.single(SAMPLES / 2), 64, Optional.of(new Butterworth(false, 4, 0.2f)), 2, -80));
    }

    @ParameterizedTest
    @MethodSource("designs")
    void featuresOfTheSamplesItIsFittedToHaveAMeanOf0AndADeviationOf1(FeatureDesign design) {
        FrontEnd frontEnd = design.fit(WINDOWS, PARALLEL);
        Samples features = FeatureSamples.of(frontEnd, WINDOWS, PARALLEL);
        Shape shape = design.shape(WINDOWS.shape());
        int row = shape.dim(1) * shape.dim(2);

        assertThat(features.shape()).isEqualTo(shape);
        double[] sums = new double[row];
        double[] squares = new double[row];
        float[] values = new float[shape.elements()];
        for (int i = 0; i < features.size(); i++) {
            features.read(i, values, 0);
            for (int v = 0; v < values.length; v++) {
                double real = FeatureSamples.encoding(frontEnd.features()).encode(values[v], 0);
                sums[v % row] += real;
                squares[v % row] += real * real;
            }
        }
        int rows = features.size() * shape.dim(0);
        double off = 0;
        for (int f = 0; f < row; f++) {
            double mean = sums[f] / rows;
            double deviation = StrictMath.sqrt(squares[f] / rows - mean * mean);
            // Means are whole steps of a feature, and a deviation is one step or more.
            assertThat(mean).as("feature %d", f).isCloseTo(0, within(0.55));
            off += Math.abs(mean) / row;
            // Less where a feature hardly varies, beside others that do, or has outliers that are cut off.
            assertThat(deviation).as("feature %d", f).isLessThan(1.1);
        }
        assertThat(off).isLessThan(0.1);
        assertThat(Arrays.stream(squares).map(s -> s / rows).max().orElseThrow())
                .isCloseTo(1, within(0.1));
    }

    @ParameterizedTest
    @MethodSource("designs")
    void anUnfittedFrontEndHasTheShapeAndTheSizeOfAFittedOne(FeatureDesign design) {
        FrontEnd fitted = design.fit(WINDOWS, PARALLEL);
        FrontEnd unfitted = design.unfitted(WINDOWS);

        assertThat(unfitted.features()).isEqualTo(fitted.features());
        assertThat(unfitted.input()).isEqualTo(fitted.input());
        assertThat(constants(unfitted)).isEqualTo(constants(fitted));
    }

    private static long constants(FrontEnd frontEnd) {
        return frontEnd.stages().stream()
                .flatMap(stage -> stage.constants().stream())
                .mapToLong(tensor -> tensor.bytes())
                .sum();
    }

    @Test
    void takesTheShortestFftThatLeavesNoBandEmpty() {
        Frames frames = new Frames(128, 128);
        FeatureDesign few = FeatureDesigns.mel(new Bands(frames, 10, 60, 4000, 8000, -80));
        FeatureDesign many = FeatureDesigns.mel(new Bands(frames, 60, 60, 4000, 8000, -80));

        assertThat(few.block().orElseThrow().params().toString()).contains("fftLength=128");
        assertThat(many.block().orElseThrow().params().toString()).doesNotContain("fftLength=128");
    }

    @Test
    void refusesFramesLongerThanAWindow() {
        FeatureDesign design = FeatureDesigns.spectrogram(new Frames(1024, 512), 0, -80);
        assertThatThrownBy(() -> design.fit(WINDOWS, PARALLEL))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("longer than the 800");
    }
}
