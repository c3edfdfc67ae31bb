package org.tinytune.data.recording;

/**
 * Brings samples from one rate to another by a sinc under a Kaiser window, which also keeps out what the lower rate
 * cannot hold. The same samples on every machine: tables by {@link StrictMath}, sums in double, in one order.
 *
 * <p>Every filter has a gain of 1 for what does not change, so that gravity stays gravity; before the first sample and
 * behind the last, those two go on.
 *
 * <p>Where the rates are in the ratio L:M of small whole numbers, there are L filters, and each output is exact. Other
 * ratios take a filter between two neighbours of a table, by linear interpolation.
 *
 * <p>Source: J. O. Smith, Digital audio resampling home page, Stanford; F. J. Harris, Multirate signal processing,
 * section 7. Checked by: ResamplerTest.
 */
final class Resampler {
    /** How often the sinc crosses zero on either side. */
    private static final int ZERO_CROSSINGS = 48;

    /** Some 90 dB below what passes, as good as 16 bits: beta = 0.1102 (A - 8.7). Source: Kaiser, 1974. */
    private static final double KAISER_BETA = 8.96;

    /** Of half the lower rate: half the filter's transition lies above, which is as steep as its length allows. */
    private static final double CUTOFF = 0.94;

    private static final double MILLIHERTZ = 1000;
    private static final int MAX_PHASES = 1024;
    private static final int MIN_PHASES = 64;
    private static final int MAX_TABLE_VALUES = 1 << 21;

    /** Further apart, a filter would be longer than most recordings. */
    static final int MAX_RATIO = 256;

    private final double ratio;
    private final long numerator;
    private final long denominator;
    private final boolean exact;
    private final int halfTaps;
    private final double[][] filters;

    /**
     * @param fromHz above 0
     * @param toHz above 0, not more than {@link #MAX_RATIO} times as high or low
     */
    Resampler(double fromHz, double toHz) {
        ratio = fromHz / toHz;
        double narrowed = Math.min(1, toHz / fromHz);
        halfTaps = (int) Math.ceil(ZERO_CROSSINGS / narrowed);
        long from = Math.round(fromHz * MILLIHERTZ);
        long to = Math.round(toHz * MILLIHERTZ);
        boolean whole = isClose(fromHz * MILLIHERTZ, from) && isClose(toHz * MILLIHERTZ, to);
        long divisor = whole ? gcd(from, to) : 1;
        numerator = from / divisor;
        denominator = to / divisor;
        int affordable = Math.max(MIN_PHASES, Math.min(MAX_PHASES, MAX_TABLE_VALUES / (2 * halfTaps)));
        exact = whole && denominator <= affordable;
        int phases = exact ? (int) denominator : affordable;
        filters = new double[exact ? phases : phases + 1][];
        for (int p = 0; p < filters.length; p++) {
            filters[p] = filter((double) p / phases, CUTOFF * narrowed);
        }
    }

    private static boolean isClose(double value, long whole) {
        return whole > 0 && Math.abs(value - whole) < 1e-9 * whole;
    }

    /**
     * Frames that as many become: the same duration, rounded, at least one.
     *
     * @param ratio of the rate that they have to the other
     */
    static int frames(int frames, double ratio) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.rint(frames / ratio)));
    }

    /** @param samples interleaved: {@code [frames, channels]}, at least one frame */
    short[] resample(short[] samples, int channels) {
        int frames = samples.length / channels;
        short[] resampled = new short[Math.multiplyExact(frames(frames, ratio), channels)];
        double[] filter = new double[2 * halfTaps];
        for (int f = 0, out = 0; out < resampled.length; f++) {
            long first;
            double[] taps;
            if (exact) {
                long position = f * numerator;
                first = position / denominator;
                taps = filters[(int) (position % denominator)];
            } else {
                double position = f * ratio;
                first = (long) position;
                taps = between((position - first) * (filters.length - 1), filter);
            }
            for (int c = 0; c < channels; c++) {
                resampled[out++] = Readings.saturated(sum(samples, channels, c, first - halfTaps + 1, taps, frames));
            }
        }
        return resampled;
    }

    private static double sum(short[] samples, int channels, int channel, long begin, double[] taps, int frames) {
        double sum = 0;
        if (begin >= 0 && begin + taps.length <= frames) {
            int at = (int) begin * channels + channel;
            for (double tap : taps) {
                sum += tap * samples[at];
                at += channels;
            }
        } else {
            for (int k = 0; k < taps.length; k++) {
                int frame = (int) Math.max(0, Math.min(frames - 1, begin + k));
                sum += taps[k] * samples[frame * channels + channel];
            }
        }
        return sum;
    }

    private double[] between(double place, double[] into) {
        int below = (int) Math.min(filters.length - 2, place);
        double weight = place - below;
        for (int k = 0; k < into.length; k++) {
            into[k] = filters[below][k] + weight * (filters[below + 1][k] - filters[below][k]);
        }
        return into;
    }

    /**
     * A filter for outputs that lie between two inputs.
     *
     * @param phase how far behind the first of the two, in [0, 1]
     * @param cutoff of half the input's rate, in (0, 1)
     */
    private double[] filter(double phase, double cutoff) {
        double[] taps = new double[2 * halfTaps];
        double gain = 0;
        for (int k = 0; k < taps.length; k++) {
            double x = k - halfTaps + 1 - phase;
            double angle = StrictMath.PI * cutoff * x;
            double sinc = angle == 0 ? 1 : StrictMath.sin(angle) / angle;
            taps[k] = sinc * kaiser(x / halfTaps);
            gain += taps[k];
        }
        for (int k = 0; k < taps.length; k++) {
            taps[k] /= gain;
        }
        return taps;
    }

    /** The window, not normalized; 0 outside [-1, 1]. */
    private static double kaiser(double x) {
        return Math.abs(x) > 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - x * x));
    }

    /** The modified Bessel function of the first kind and order 0, by its series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
