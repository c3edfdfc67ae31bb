package org.tinytune.core.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.tinytune.core.dsp.Butterworth;
import org.tinytune.core.op.spectralfeatures.SpectralFeaturesParams;
import org.tinytune.core.op.statistics.Statistic;

/** The blocks for motion by their definition, in double: moments as in scipy, the spectrum by Welch's method. */
public final class RealMotionFeatures {
    private static final double FULL_SCALE = 1 << 15;

    private RealMotionFeatures() {}

    /** A statistic of a frame, as a real number. */
    public static double statistic(Statistic statistic, double[] frame) {
        double mean = Arrays.stream(frame).average().orElseThrow();
        return switch (statistic) {
            case MEAN -> mean;
            case MINIMUM -> Arrays.stream(frame).min().orElseThrow();
            case MAXIMUM -> Arrays.stream(frame).max().orElseThrow();
            case ROOT_MEAN_SQUARE -> StrictMath.sqrt(moment(frame, 0, 2));
            case DEVIATION -> StrictMath.sqrt(moment(frame, mean, 2));
            case SKEWNESS -> standardized(frame, mean, 3);
            case KURTOSIS -> standardized(frame, mean, 4) - (moment(frame, mean, 2) == 0 ? 0 : 3);
            case CROSSINGS ->
                IntStream.range(1, frame.length)
                        .filter(i -> frame[i - 1] > mean != frame[i] > mean)
                        .count();
        };
    }

    private static double moment(double[] frame, double about, int order) {
        return Arrays.stream(frame)
                .map(x -> StrictMath.pow(x - about, order))
                .average()
                .orElseThrow();
    }

    private static double standardized(double[] frame, double mean, int order) {
        double variance = moment(frame, mean, 2);
        return variance == 0 ? 0 : moment(frame, mean, order) / StrictMath.pow(variance, order / 2.0);
    }

    /** The least logarithm. */
    public static double floor(SpectralFeaturesParams params) {
        return params.noiseFloorDb() / 10.0 * StrictMath.log(10) / StrictMath.log(2);
    }

    /** The spectral features of each frame of one channel. */
    public static double[][] spectral(short[] samples, SpectralFeaturesParams params) {
        double[][] features = new double[params.frames().count(samples.length)][];
        for (int y = 0; y < features.length; y++) {
            double[] frame = new double[params.frames().length()];
            for (int i = 0; i < frame.length; i++) {
                frame[i] = samples[y * params.frames().stride() + i];
            }
            features[y] = spectral(frame, params);
        }
        return features;
    }

    private static double[] spectral(double[] readings, SpectralFeaturesParams params) {
        double[] frame =
                params.filter().map(filter -> filtered(readings, filter)).orElse(readings);
        double mean = Arrays.stream(frame).average().orElseThrow();
        double[] centered = Arrays.stream(frame).map(x -> x - mean).toArray();
        List<Double> features = new ArrayList<>();
        features.add(log(2 * moment(frame, mean, 2) / (FULL_SCALE * FULL_SCALE), params));
        if (params.moments()) {
            features.add(statistic(Statistic.SKEWNESS, frame));
            features.add(statistic(Statistic.KURTOSIS, frame));
        }
        double[] logs = Arrays.stream(powers(centered, params))
                .map(power -> log(power, params))
                .toArray();
        List<Integer> peaks = IntStream.range(1, logs.length - 1)
                .filter(k -> k >= params.firstBin() && k < params.endBin())
                .filter(k -> logs[k] > logs[k - 1] && logs[k] >= logs[k + 1])
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -logs[k]))
                .toList();
        for (int i = 0; i < params.peaks(); i++) {
            features.add(i < peaks.size() ? 128.0 * peaks.get(i) / params.fftLength() : 0);
            features.add(i < peaks.size() ? logs[peaks.get(i)] : floor(params));
        }
        for (int k = params.firstBin(); k < params.endBin(); k++) {
            features.add(logs[k]);
        }
        return features.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double log(double power, SpectralFeaturesParams params) {
        return Math.max(floor(params), StrictMath.log(power) / StrictMath.log(2)) + 2 * params.scaleBits();
    }

    /** By sections in direct form, from rest, relative to the first reading. */
    public static double[] filtered(double[] readings, Butterworth filter) {
        double[] y = Arrays.stream(readings).map(x -> x - readings[0]).toArray();
        double k = StrictMath.tan(StrictMath.PI * filter.cutoff());
        for (int s = 0; s < filter.order() / 2; s++) {
            double resistance = 2 * StrictMath.sin(StrictMath.PI * (2 * s + 1) / (2 * filter.order()));
            double a0 = 1 + k * resistance + k * k;
            double b0 = (filter.highPass() ? 1 : k * k) / a0;
            double b1 = (filter.highPass() ? -2 : 2) * b0;
            double a1 = 2 * (k * k - 1) / a0;
            double a2 = (1 - k * resistance + k * k) / a0;
            double[] x = y;
            y = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                y[i] = b0 * x[i] + b1 * at(x, i - 1) + b0 * at(x, i - 2) - a1 * at(y, i - 1) - a2 * at(y, i - 2);
            }
        }
        return y;
    }

    private static double at(double[] x, int i) {
        return i < 0 ? 0 : x[i];
    }

    private static double[] powers(double[] centered, SpectralFeaturesParams params) {
        int n = params.fftLength();
        int segments = 1;
        while ((segments + 1) * n / 2 < centered.length) {
            segments++;
        }
        double[] powers = new double[n / 2 + 1];
        for (int s = 0; s < segments; s++) {
            for (int k = 0; k < powers.length; k++) {
                double power = power(centered, s * n / 2, k, params);
                powers[k] = params.greatest() ? Math.max(powers[k], power) : powers[k] + power / segments;
            }
        }
        return powers;
    }

    private static double power(double[] centered, int first, int k, SpectralFeaturesParams params) {
        int n = params.fftLength();
        double re = 0;
        double im = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double weight = params.window().at(i, n);
            double x = first + i < centered.length ? centered[first + i] * weight : 0;
            double angle = 2 * StrictMath.PI * (i * k % n) / n;
            re += x * StrictMath.cos(angle);
            im += x * StrictMath.sin(angle);
            sum += weight;
        }
        double fullScale = FULL_SCALE * sum / 2;
        return (re * re + im * im) / (fullScale * fullScale);
    }
}
