package org.tinytune.core.testing;

import org.tinytune.core.op.Frames;
import org.tinytune.core.op.MelParams;
import org.tinytune.core.op.SpectrumParams;
import org.tinytune.core.op.mfcc.MfccParams;

/**
 * The blocks that make features of samples, by their definition, in double. It is that of librosa with
 * {@code center=False}, {@code norm=None} and {@code htk} as the scale says, but for where 0 dB is and for logarithms
 * to the base 2; checked against scipy and numpy, too.
 */
public final class RealFeatures {
    /** Of features that have none: all of them count. */
    public static final double NO_FLOOR = Double.NEGATIVE_INFINITY;

    /** What logarithms that have been rounded to their floor are at most above it. */
    private static final double STEP = 1.0 / 256;

    private RealFeatures() {}

    /** The least logarithm. */
    public static double floor(SpectrumParams params) {
        return params.noiseFloorDb() / 10.0 * StrictMath.log(10) / StrictMath.log(2);
    }

    /** The logarithm of the power of each bin of each frame. */
    public static double[][] spectrogram(short[] samples, SpectrumParams params) {
        double[][] features = powers(samples, params);
        toLogs(features, params);
        return features;
    }

    /** The logarithm of the power in each band of each frame. */
    public static double[][] melEnergies(short[] samples, MelParams params) {
        double[][] powers = powers(samples, params.spectrum());
        double[] hz = new double[params.bands() + 2];
        double low = params.scale().mel(params.lowHz());
        double high = params.scale().mel(params.highHz());
        for (int i = 0; i < hz.length; i++) {
            hz[i] = params.scale().hz(low + i * (high - low) / (params.bands() + 1));
        }
        double[][] features = new double[powers.length][params.bands()];
        for (int y = 0; y < features.length; y++) {
            for (int b = 0; b < params.bands(); b++) {
                for (int k = 0; k < powers[y].length; k++) {
                    double f = (double) k
                            * params.sampleRateHz()
                            / params.spectrum().fftLength();
                    double up = (f - hz[b]) / (hz[b + 1] - hz[b]);
                    double down = (hz[b + 2] - f) / (hz[b + 2] - hz[b + 1]);
                    features[y][b] += powers[y][k] * Math.max(0, Math.min(up, down));
                }
            }
        }
        toLogs(features, params.spectrum());
        return features;
    }

    /** The first coefficients of the orthonormal DCT-II of those logarithms. */
    public static double[][] mfcc(short[] samples, MfccParams params) {
        double[][] logs = melEnergies(samples, params.mel());
        double[][] features = new double[logs.length][params.coefficients()];
        int n = params.mel().bands();
        for (int y = 0; y < features.length; y++) {
            for (int k = 0; k < params.coefficients(); k++) {
                for (int i = 0; i < n; i++) {
                    features[y][k] += logs[y][i] * StrictMath.cos(StrictMath.PI * k * (i + 0.5) / n);
                }
                features[y][k] *= StrictMath.sqrt((k == 0 ? 1.0 : 2.0) / n);
            }
        }
        return features;
    }

    private static double[][] powers(short[] samples, SpectrumParams params) {
        Frames frames = params.frames();
        double emphasis = params.preEmphasis() / 32768.0;
        double sum = 0;
        for (int i = 0; i < frames.length(); i++) {
            sum += params.window().at(i, frames.length());
        }
        double[][] powers = new double[frames.count(samples.length)][params.bins()];
        for (int y = 0; y < powers.length; y++) {
            double[] re = new double[params.fftLength()];
            double[] im = new double[params.fftLength()];
            int first = y * frames.stride();
            for (int i = 0; i < frames.length(); i++) {
                double before = samples[first + Math.max(0, i - 1)];
                re[i] = (samples[first + i] - emphasis * before)
                        * params.window().at(i, frames.length());
            }
            transform(re, im);
            double fullScale = 32768 * sum / 2;
            for (int k = 0; k < params.bins(); k++) {
                powers[y][k] = (re[k] * re[k] + im[k] * im[k]) / (fullScale * fullScale);
            }
        }
        return powers;
    }

    private static void toLogs(double[][] powers, SpectrumParams params) {
        for (double[] row : powers) {
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.max(floor(params), StrictMath.log(row[i]) / StrictMath.log(2));
            }
        }
    }

    private static void transform(double[] re, double[] im) {
        int n = re.length;
        if (n == 1) {
            return;
        }
        double[][] half = new double[4][n / 2];
        for (int i = 0; i < n; i++) {
            half[i % 2][i / 2] = re[i];
            half[2 + i % 2][i / 2] = im[i];
        }
        transform(half[0], half[2]);
        transform(half[1], half[3]);
        for (int k = 0; k < n / 2; k++) {
            double cos = StrictMath.cos(2 * StrictMath.PI * k / n);
            double sin = StrictMath.sin(2 * StrictMath.PI * k / n);
            double oddRe = half[1][k] * cos + half[3][k] * sin;
            double oddIm = half[3][k] * cos - half[1][k] * sin;
            re[k] = half[0][k] + oddRe;
            im[k] = half[2][k] + oddIm;
            re[k + n / 2] = half[0][k] - oddRe;
            im[k + n / 2] = half[2][k] - oddIm;
        }
    }

    /**
     * How much of the features is not error, in decibels: their variance over the mean square of the error.
     *
     * @param floor features that are not above it, in both, do not count
     */
    public static double snr(double[][] expected, double[][] actual, double floor) {
        int count = 0;
        double sum = 0;
        double squares = 0;
        double error = 0;
        for (int y = 0; y < expected.length; y++) {
            for (int f = 0; f < expected[y].length; f++) {
                double e = expected[y][f];
                if (e > floor + STEP || actual[y][f] > floor + STEP) {
                    count++;
                    sum += e;
                    squares += e * e;
                    error += (actual[y][f] - e) * (actual[y][f] - e);
                }
            }
        }
        return 10 * StrictMath.log10((squares - sum * sum / count) / error);
    }
}
