package org.tinytune.core.dsp;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The power of each bin of a frame of int16 samples: weighted by a window, filled up with zeros to the length of the
 * transform, transformed.
 *
 * <p>Samples are shifted up by as many bits as the frame's greatest leaves to the transform, so that a quiet frame is
 * as exact as a loud one. A power is {@code mantissa · 2^exponent}: where a bin has more than 15 bits, their surplus
 * goes into the exponent, so that a bin is as exact as its own magnitude allows, whatever the others are.
 *
 * <p>Powers are relative to that of a sine of full scale, 32,768, in the middle of its bin. One that is constant at
 * full scale has 6 dB more.
 *
 * <p>With pre-emphasis each sample is less a part of the one before; the frame's first counts as its own predecessor,
 * so that a frame depends on nothing but its samples, and overlapping windows of a recording share their frames.
 *
 * <p>Checked by: PowerSpectrumTest, DspBlockDifferentialTest.
 */
public final class PowerSpectrum {
    private static final int BITS_OF_COMPONENTS = 15;

    private final int frameLength;
    private final RealFft fft;
    private final Window window;
    private final short[] swings;
    private final int preEmphasis;

    /**
     * Prepares tables.
     *
     * @param frameLength samples of a frame, at most as many as the transform has
     * @param preEmphasis the part of the sample before, Q15, in [0, 2^15); 0 is none
     */
    public PowerSpectrum(int frameLength, RealFft fft, Window window, int preEmphasis) {
        if (frameLength < 1 || frameLength > fft.length()) {
            throw new IllegalArgumentException(frameLength + " samples for a transform of " + fft.length());
        }
        this.frameLength = frameLength;
        this.fft = fft;
        this.window = window;
        this.preEmphasis = preEmphasis;
        swings = window.swings(frameLength);
    }

    /** The transform. */
    public RealFft fft() {
        return fft;
    }

    /** The window, {@link Window#swings}. */
    public short[] swings() {
        return swings.clone();
    }

    /** Bits that the greatest sample of a frame is shifted up to. */
    public int sampleBits() {
        return fft.inputBits() + (preEmphasis == 0 ? 1 : 0);
    }

    /** What a logarithm of power has to have added: {@link Log2} of 1 over the power of full scale. */
    public int reference() {
        double sum = window.mean() * frameLength;
        return Log2.ofReal(StrictMath.scalb(1 / (sum * sum), 2 * (fft.scaleBits() - 13)));
    }

    /**
     * Transforms a frame.
     *
     * @param sample gives sample i of the frame, an int16
     * @param data of {@link RealFft#dataLength} elements, which become mantissa and exponent of each bin
     * @return by how many bits the samples were shifted up: exponents are too great by twice as much
     */
    public int transform(IntUnaryOperator sample, int[] data) {
        int up = sampleBits() - bits(sample);
        Arrays.fill(data, 0);
        int before = sample.applyAsInt(0);
        for (int i = 0; i < frameLength; i++) {
            int here = sample.applyAsInt(i);
            int x = (here << up) - Q15.half(before << up + 1, preEmphasis);
            data[fft.place(i)] = halfWeighted(x, i);
            before = here;
        }
        fft.transform(data);
        for (int k = 0; k < fft.bins(); k++) {
            power(data, 2 * k);
        }
        return up;
    }

    /** Bits of the frame's greatest sample: all are in [-2^bits, 2^bits]. */
    private int bits(IntUnaryOperator sample) {
        int all = 0;
        for (int i = 0; i < frameLength; i++) {
            int x = sample.applyAsInt(i);
            all |= x ^ x >> 15;
        }
        return Integer.SIZE - Integer.numberOfLeadingZeros(all);
    }

    /** Half of what is left of sample i, which is x: its weight is (1 + swing) / 2. */
    private int halfWeighted(int x, int i) {
        int half = x >> 1;
        return window == Window.RECTANGULAR ? half : half + Q15.half(x, swings[Math.min(i, frameLength - i)]) >> 1;
    }

    /** Of a bin, from its parts. */
    static void power(int[] data, int at) {
        int re = Math.abs(data[at]);
        int im = Math.abs(data[at + 1]);
        int surplus = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(re | im) - BITS_OF_COMPONENTS);
        re >>= surplus;
        im >>= surplus;
        data[at] = re * re + im * im;
        data[at + 1] = 2 * surplus;
    }
}
