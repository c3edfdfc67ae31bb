package org.tinytune.test.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.dsp.Butterworth;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.spectralfeatures.SpectralFeatures;
import org.tinytune.core.op.spectralfeatures.SpectralFeaturesParams;
import org.tinytune.core.op.statistics.Statistic;
import org.tinytune.core.op.statistics.Statistics;
import org.tinytune.core.op.statistics.StatisticsParams;
import org.tinytune.core.testing.BlockRun;
import org.tinytune.core.testing.RealFeatures;
import org.tinytune.core.testing.RealMotionFeatures;
import org.tinytune.core.testing.RealSignals;

/** Features of gestures, recorded with an accelerometer, against their definition in double. */
class MotionFeaturesTest {
    private static final double LEAST_SNR = 50;
    private static final int FRAME = RealSignals.MOTION_FRAME;

    private static final SpectralFeaturesParams PLAIN = withFrames(SpectralFeaturesParams.plain(FRAME, 128));
    private static final SpectralFeaturesParams SHORT = withFrames(SpectralFeaturesParams.plain(FRAME, 32));

    /** More frames than gestures last, overlapping. */
    private static SpectralFeaturesParams withFrames(SpectralFeaturesParams params) {
        return new SpectralFeaturesParams(
                new Frames(FRAME, 40),
                params.filter(),
                params.fftLength(),
                params.window(),
                params.greatest(),
                params.scaleBits(),
                params.noiseFloorDb(),
                params.moments(),
                params.peaks(),
                params.firstBin(),
                params.endBin());
    }

    @Test
    void spectraHave50DecibelsAndMore() {
        List<SpectralFeaturesParams> all = List.of(
                PLAIN,
                SHORT,
                PLAIN.filtered(new Butterworth(false, 6, 0.2f), 0),
                PLAIN.filtered(new Butterworth(true, 2, 0.02f), 0));
        for (short[] axis : RealSignals.motion()) {
            for (SpectralFeaturesParams params : all) {
                double[][] expected = RealMotionFeatures.spectral(axis, params);
                double[][] actual = BlockRun.features(SpectralFeatures.INSTANCE, params, axis);
                assertThat(RealFeatures.snr(expected, actual, RealMotionFeatures.floor(params)))
                        .isGreaterThan(LEAST_SNR);
            }
        }
    }

    @Test
    void statisticsAreOffByWhatIsDocumented() {
        StatisticsParams params = new StatisticsParams(new Frames(FRAME, 40), List.of(Statistic.values()));
        for (short[] axis : RealSignals.motion()) {
            double[][] actual = BlockRun.features(Statistics.INSTANCE, params, axis);
            for (int y = 0; y < actual.length; y++) {
                double[] frame = new double[FRAME];
                for (int i = 0; i < FRAME; i++) {
                    frame[i] = axis[40 * y + i];
                }
                for (Statistic statistic : Statistic.values()) {
                    double expected =
                            StrictMath.scalb(RealMotionFeatures.statistic(statistic, frame), statistic.fractionBits());
                    assertThat(actual[y][statistic.ordinal()])
                            .as("%s", statistic)
                            .isCloseTo(expected, within(documentedError(statistic, expected)));
                }
            }
        }
    }

    /** As docs/operators.md has it, in steps: of a ratio half of one, and 0.04 % of 3 more than its magnitude. */
    private static double documentedError(Statistic statistic, double steps) {
        double three = StrictMath.scalb(3.0, statistic.fractionBits());
        return statistic.fractionBits() == 0 ? 0.8 : 0.5 + 4e-4 * (Math.abs(steps) + three);
    }
}
