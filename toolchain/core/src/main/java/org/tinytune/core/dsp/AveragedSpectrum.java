package org.tinytune.core.dsp;

/**
 * The power of each bin of a frame that is longer than a transform: of segments that begin half a transform after each
 * other, the last one filled up with zeros, the mean or the greatest. Welch's method.
 *
 * <p>All segments have the frame's exponent, see {@link Deviations}. A power is {@code mantissa · 2^exponent}, the
 * mantissa below 2^31, of 29 bits and more where a bin has 15.
 *
 * <p>Source: P. Welch, The use of fast Fourier transform for the estimation of power spectra, IEEE Trans. Audio
 * Electroacoustics 15 (1967). Checked by: SpectralFeaturesTest, DspBlockDifferentialTest.
 */
public final class AveragedSpectrum {
    private static final int BITS_OF_DEVIATIONS = 15;
    private static final int MANTISSA_BITS = 31;

    private final RealFft fft;
    private final Window window;
    private final boolean greatest;
    private final short[] swings;

    /**
     * Prepares tables.
     *
     * @param greatest whether the greatest of all segments counts, and not their mean
     */
    public AveragedSpectrum(RealFft fft, Window window, boolean greatest) {
        this.fft = fft;
        this.window = window;
        this.greatest = greatest;
        swings = window.swings(fft.length());
    }

    /** The transform. */
    public RealFft fft() {
        return fft;
    }

    /** The window, {@link Window#swings}. */
    public short[] swings() {
        return swings.clone();
    }

    /** How many segments a frame of that length has. */
    public int segments(int length) {
        int hop = fft.length() / 2;
        return length <= fft.length() ? 1 : (length - 1) / hop;
    }

    /** Bits behind the point of deviations before they are weighted. */
    public int up() {
        return fft.inputBits() + 1 - BITS_OF_DEVIATIONS;
    }

    /**
     * What a logarithm of power has to have added so that it is relative to a sine of amplitude 2^15 in the middle of a
     * bin: {@link Log2}.
     *
     * @param length of a frame
     * @param fractionBits of the values whose deviations are transformed
     */
    public int reference(int length, int fractionBits) {
        double sum = window.mean() * fft.length() * (1 << BITS_OF_DEVIATIONS - 1);
        double power = 1 / (sum * sum * (greatest ? 1 : segments(length)));
        return Log2.ofReal(StrictMath.scalb(power, 2 * (fft.scaleBits() + 1 - up() - fractionBits)));
    }

    /**
     * The power of each bin.
     *
     * @return mantissa and exponent of each, the exponents without that of the deviations
     */
    public int[] of(Deviations deviations) {
        int[] powers = transform(deviations, 0);
        for (int segment = 1; segment < segments(deviations.count()); segment++) {
            int[] more = transform(deviations, segment * fft.length() / 2);
            for (int at = 0; at < powers.length; at += 2) {
                combine(powers, more, at);
            }
        }
        return powers;
    }

    private int[] transform(Deviations deviations, int first) {
        int[] data = new int[fft.dataLength()];
        for (int i = 0; i < fft.length() && first + i < deviations.count(); i++) {
            data[fft.place(i)] = halfWeighted(deviations.get(first + i, up()), i);
        }
        fft.transform(data);
        for (int k = 0; k < fft.bins(); k++) {
            PowerSpectrum.power(data, 2 * k);
        }
        return data;
    }

    /** Half of what is left of sample i of a segment, which is x: its weight is (1 + swing) / 2. */
    private int halfWeighted(int x, int i) {
        int half = x >> 1;
        return window == Window.RECTANGULAR ? half : half + Q15.half(x, swings[Math.min(i, fft.length() - i)]) >> 1;
    }

    private void combine(int[] powers, int[] more, int at) {
        int exponent = Math.max(powers[at + 1], more[at + 1]);
        int a = shiftedRight(powers[at], exponent - powers[at + 1]);
        int b = shiftedRight(more[at], exponent - more[at + 1]);
        if (greatest) {
            powers[at] = Math.max(a, b);
        } else {
            long sum = (long) a + b;
            int carry = (int) (sum >> MANTISSA_BITS);
            powers[at] = (int) (sum >> carry);
            exponent += carry;
        }
        powers[at + 1] = exponent;
    }

    private static int shiftedRight(int x, int bits) {
        return bits < Integer.SIZE ? x >> bits : 0;
    }
}
