package org.tinytune.core.dsp;

/**
 * The discrete Fourier transform of real samples, of a length that is a power of two, in place.
 *
 * <p>The samples at even and odd places are real and imaginary parts of half as many complex numbers, which are
 * transformed by decimation in time: bit-reversed order in, a first stage without products, of radix 2 or 4, whichever
 * leaves stages of radix 4, and these. A last stage takes the spectra of the two halves apart.
 *
 * <p>Bounds. A stage of radix 4 halves what it gives, because {@link Q15#half} does; the other stages give sums as they
 * are. So the transform is divided by 2^{@link #scaleBits}, and with samples in [-2^b, 2^b], b = {@link #inputBits}, no
 * complex number gets beyond 2^29.5 in magnitude before the last stage, no sum in it beyond 2^31, and no bin beyond
 * 2^30 but for a few units of rounding. Each product is rounded down by less than 1; a bin of random samples is off by
 * some units. What limits precision is the sine's 16 bits: 90 dB below the strongest bin, about, is where others end.
 *
 * <p>Checked by: RealFftTest, DspBlockDifferentialTest.
 */
public final class RealFft {
    /** The least length. */
    public static final int MIN_LENGTH = 16;

    /** The greatest length. */
    public static final int MAX_LENGTH = 2048;

    private static final int BITS_OF_COMPONENTS = 29;

    private final int length;
    private final int complexBits;
    private final short[] sine;
    private final short[] places;

    private RealFft(int length) {
        this.length = length;
        complexBits = Integer.numberOfTrailingZeros(length) - 1;
        sine = new short[length / 4 + 1];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = Q15.of(StrictMath.sin(2 * StrictMath.PI * i / length));
        }
        places = new short[length];
        for (int i = 0; i < length; i++) {
            places[i] = (short) (2 * (Integer.reverse(i / 2) >>> Integer.SIZE - complexBits) + i % 2);
        }
    }

    /** Whether there is a transform of that length. */
    public static boolean isLength(int length) {
        return length >= MIN_LENGTH && length <= MAX_LENGTH && Integer.bitCount(length) == 1;
    }

    /**
     * The transform of that length.
     *
     * @throws IllegalArgumentException if it is no power of two in [{@value #MIN_LENGTH}, {@value #MAX_LENGTH}]
     */
    public static RealFft ofLength(int length) {
        if (!isLength(length)) {
            throw new IllegalArgumentException(length + " is no power of two from " + MIN_LENGTH + " to " + MAX_LENGTH);
        }
        return new RealFft(length);
    }

    /** Samples that are transformed. */
    public int length() {
        return length;
    }

    /** Bins of the spectrum: 0 to half the length. */
    public int bins() {
        return length / 2 + 1;
    }

    /** Elements of the array that is transformed: as many as samples, and two more. */
    public int dataLength() {
        return length + 2;
    }

    /** The spectrum is divided by 2 to this power. */
    public int scaleBits() {
        return (complexBits - 1) / 2;
    }

    /** Samples are in [-2^b, 2^b] for this b. */
    public int inputBits() {
        return BITS_OF_COMPONENTS - complexBits + scaleBits();
    }

    /** The first quarter of a sine's period, 0 and 1 included: Q15, {@code length / 4 + 1} of them. */
    public short[] sine() {
        return sine.clone();
    }

    /** Where sample {@code i} lies before the transform. */
    public int place(int i) {
        return places[i];
    }

    /**
     * Transforms samples into their spectrum.
     *
     * @param data samples, each at its {@link #place}, become bins: the real part of bin k at 2k, its imaginary part at
     *     2k + 1, those of the first and the last bin being 0
     */
    public void transform(int[] data) {
        int quarter;
        if (complexBits % 2 == 0) {
            first4(data);
            quarter = 4;
        } else {
            first2(data);
            quarter = 2;
        }
        for (; quarter < length / 2; quarter *= 4) {
            for (int j = 0; j < quarter; j++) {
                butterflies(data, quarter, j);
            }
        }
        separate(data);
    }

    private void first2(int[] data) {
        for (int i = 0; i < length; i += 4) {
            for (int part = i; part < i + 2; part++) {
                int a = data[part];
                int b = data[part + 2];
                data[part] = a + b;
                data[part + 2] = a - b;
            }
        }
    }

    private void first4(int[] data) {
        for (int i = 0; i < length; i += 8) {
            combine(
                    data,
                    i,
                    2,
                    new Complex(data[i], data[i + 1]),
                    new Complex(data[i + 2], data[i + 3]),
                    new Complex(data[i + 4], data[i + 5]),
                    new Complex(data[i + 6], data[i + 7]));
        }
    }

    private record Complex(int re, int im) {
        Complex half() {
            return new Complex(re >> 1, im >> 1);
        }

        /** Half of this times cos - i sin of an angle. */
        Complex halfTurned(Complex angle) {
            return new Complex(
                    Q15.half(re, angle.re) + Q15.half(im, angle.im), Q15.half(im, angle.re) - Q15.half(re, angle.im));
        }
    }

    /** Cosine and sine of {@code k / length} turns, for k below three quarters of the length. */
    private Complex angle(int k) {
        int q = length / 4;
        int r = k & q - 1; // a remainder takes as long as a butterfly
        return switch (k >> complexBits - 1) {
            case 0 -> new Complex(sine[q - r], sine[r]);
            case 1 -> new Complex(-sine[r], sine[q - r]);
            default -> new Complex(-sine[q - r], -sine[r]);
        };
    }

    /** Bin j of each transform of four times so many numbers, and the three bins a quarter of it further each. */
    private void butterflies(int[] data, int quarter, int j) {
        int step = 2 * quarter;
        int k = j * (length / (4 * quarter));
        Complex once = angle(k);
        Complex twice = angle(2 * k);
        Complex thrice = angle(3 * k);
        for (int i = 2 * j; i < length; i += 4 * step) {
            Complex a = new Complex(data[i], data[i + 1]);
            Complex c = new Complex(data[i + step], data[i + step + 1]);
            Complex b = new Complex(data[i + 2 * step], data[i + 2 * step + 1]);
            Complex d = new Complex(data[i + 3 * step], data[i + 3 * step + 1]);
            if (j == 0) {
                combine(data, i, step, a.half(), c.half(), b.half(), d.half());
            } else {
                combine(data, i, step, a.half(), c.halfTurned(twice), b.halfTurned(once), d.halfTurned(thrice));
            }
        }
    }

    /** The transform of four numbers, which come in bit-reversed order. */
    private static void combine(int[] data, int i, int step, Complex a, Complex c, Complex b, Complex d) {
        int evenRe = a.re + c.re;
        int evenIm = a.im + c.im;
        int oddRe = a.re - c.re;
        int oddIm = a.im - c.im;
        int sumRe = b.re + d.re;
        int sumIm = b.im + d.im;
        int differenceRe = b.re - d.re;
        int differenceIm = b.im - d.im;
        data[i] = evenRe + sumRe;
        data[i + 1] = evenIm + sumIm;
        data[i + step] = oddRe + differenceIm;
        data[i + step + 1] = oddIm - differenceRe;
        data[i + 2 * step] = evenRe - sumRe;
        data[i + 2 * step + 1] = evenIm - sumIm;
        data[i + 3 * step] = oddRe - differenceIm;
        data[i + 3 * step + 1] = oddIm + differenceRe;
    }

    /**
     * From Z, the transform of z = even + i odd, to that of the samples: bin k is E + W^k O, bin {@code length / 2 - k}
     * the conjugate of E - W^k O, with E = (Z_k + conj Z_-k) / 2 and O = (Z_k - conj Z_-k) / 2i.
     */
    private void separate(int[] data) {
        int re = data[0];
        int im = data[1];
        data[0] = re + im;
        data[1] = 0;
        data[length] = re - im;
        data[length + 1] = 0;
        int middle = length / 2;
        data[middle + 1] = -data[middle + 1];
        for (int i = 2; i < middle; i += 2) {
            int mirror = length - i;
            int evenRe = data[i] + data[mirror] >> 1;
            int evenIm = data[i + 1] - data[mirror + 1] >> 1;
            // Twice the odd part, less a quarter of a turn.
            Complex odd = new Complex(data[i + 1] + data[mirror + 1], data[mirror] - data[i]).halfTurned(angle(i / 2));
            data[i] = evenRe + odd.re;
            data[i + 1] = evenIm + odd.im;
            data[mirror] = evenRe - odd.re;
            data[mirror + 1] = odd.im - evenIm;
        }
    }
}
