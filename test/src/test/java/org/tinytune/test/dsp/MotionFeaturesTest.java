package org.tinytune.test.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
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
import org.tinytune.test.SharedFolder;

/** Features of gestures, recorded with an accelerometer, against their definition in double. */
class MotionFeaturesTest {
    private static final double LEAST_SNR = 50;
    private static final int EVERY = 8;
    private static final int AXES = 3;
    private static final int FRAME = 125;

    /** Of a metre per second squared, where int16 is 4 times gravity. */
    private static final double READINGS = 32_768 / (4 * 9.80665);

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
    void spectraHave50DecibelsAndMore() throws IOException {
        List<SpectralFeaturesParams> all = List.of(
                PLAIN,
                SHORT,
                PLAIN.filtered(new Butterworth(false, 6, 0.2f), 0),
                PLAIN.filtered(new Butterworth(true, 2, 0.02f), 0));
        for (short[] axis : axes()) {
            for (SpectralFeaturesParams params : all) {
                double[][] expected = RealMotionFeatures.spectral(axis, params);
                double[][] actual = BlockRun.features(SpectralFeatures.INSTANCE, params, axis);
                assertThat(RealFeatures.snr(expected, actual, RealMotionFeatures.floor(params)))
                        .isGreaterThan(LEAST_SNR);
            }
        }
    }

    @Test
    void statisticsAreOffByWhatIsDocumented() throws IOException {
        StatisticsParams params = new StatisticsParams(new Frames(FRAME, 40), List.of(Statistic.values()));
        for (short[] axis : axes()) {
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

    /** Each axis of some recordings. */
    private static List<short[]> axes() throws IOException {
        List<short[]> axes = new ArrayList<>();
        String zip = SharedFolder.require("data/imu-gestures")
                .resolve("imu-acc-export.zip")
                .toString();
        try (ZipFile file = new ZipFile(zip)) {
            List<? extends ZipEntry> recordings = file.stream()
                    .filter(entry -> entry.getName().contains(".json."))
                    .toList();
            for (int r = 0; r < recordings.size(); r += EVERY) {
                try (InputStream in = file.getInputStream(recordings.get(r))) {
                    JsonNode values = new ObjectMapper().readTree(in).at("/payload/values");
                    for (int axis = 0; axis < AXES; axis++) {
                        axes.add(readings(values, axis));
                    }
                }
            }
        }
        assertThat(axes).hasSizeGreaterThan(AXES);
        return axes;
    }

    private static short[] readings(JsonNode values, int axis) {
        short[] readings = new short[values.size()];
        for (int i = 0; i < readings.length; i++) {
            double reading = StrictMath.rint(values.get(i).get(axis).asDouble() * READINGS);
            readings[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, reading));
        }
        return readings;
    }
}
