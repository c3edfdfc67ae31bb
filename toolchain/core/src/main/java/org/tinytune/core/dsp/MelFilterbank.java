package org.tinytune.core.dsp;

/**
 * The power in bands that overlap by half and whose weights are triangles of height 1, at equal distances in mel.
 *
 * <p>Edges e_0 to e_(bands + 1) cut the spectrum into segments. Band b rises over segment b and falls over segment b +
 * 1, where the next one rises: of each bin in a segment, one weight is stored, with which the bin goes into the rising
 * band; what is left of it goes into the falling one.
 *
 * <p>The powers of a segment are brought to the greatest exponent in it, and down by {@link #guardBits}, so that sums
 * of a segment fit 31 bits and that of two segments fits 32.
 *
 * <p>Checked by: MelFilterbankTest, DspBlockDifferentialTest.
 */
public final class MelFilterbank {
    private final int[] edges;
    private final short[] weights;
    private final int guardBits;

    /**
     * Computes weights.
     *
     * @param binHz distance of the spectrum's bins
     * @param bins how many there are
     * @param lowHz where the first band begins
     * @param highHz where the last one ends
     */
    public MelFilterbank(MelScale scale, int bands, double binHz, int bins, double lowHz, double highHz) {
        double low = scale.mel(lowHz);
        double step = (scale.mel(highHz) - low) / (bands + 1);
        double[] hz = new double[bands + 2];
        edges = new int[bands + 2];
        for (int i = 0; i < hz.length; i++) {
            hz[i] = i == bands + 1 ? highHz : i == 0 ? lowHz : scale.hz(low + i * step);
            edges[i] = (int) Math.min(bins, StrictMath.ceil(hz[i] / binHz));
        }
        weights = new short[edges[bands + 1] - edges[0]];
        int widest = 1;
        for (int s = 0; s <= bands; s++) {
            for (int k = edges[s]; k < edges[s + 1]; k++) {
                weights[k - edges[0]] = Q15.of((k * binHz - hz[s]) / (hz[s + 1] - hz[s]));
            }
            widest = Math.max(widest, edges[s + 1] - edges[s]);
        }
        guardBits = Integer.SIZE - Integer.numberOfLeadingZeros(widest - 1);
    }

    /** How many bands there are. */
    public int bands() {
        return edges.length - 2;
    }

    /** The first bin of each segment, and the end of the last one. */
    public int[] edges() {
        return edges.clone();
    }

    /** The weight in Q15 of each bin, from the first edge to the last, in the band that rises there. */
    public short[] weights() {
        return weights.clone();
    }

    /** Powers are shifted down by so many bits before they are added up. */
    public int guardBits() {
        return guardBits;
    }

    /** The first band that holds no part of any bin; -1 if all do. */
    public int emptyBand() {
        for (int b = 0; b < bands(); b++) {
            int peak = edges[b + 1];
            boolean rises = edges[b] < peak && weights[peak - 1 - edges[0]] > 0;
            if (!rises && peak == edges[b + 2]) {
                return b;
            }
        }
        return -1;
    }

    /**
     * The logarithm of the power in each band.
     *
     * @param powers mantissa and exponent of each bin, see {@link PowerSpectrum}
     * @param reference what is added to each logarithm
     * @param floor the least logarithm
     * @param logs for those of the bands: {@link Log2}
     */
    public void logs(int[] powers, int reference, int floor, int[] logs) {
        int rising = 0;
        int exponentOfRising = 0;
        for (int s = 0; s <= bands(); s++) {
            int exponent = 0;
            for (int k = edges[s]; k < edges[s + 1]; k++) {
                exponent = Math.max(exponent, powers[2 * k + 1]);
            }
            int rise = 0;
            int fall = 0;
            for (int k = edges[s]; k < edges[s + 1]; k++) {
                int power = shiftedRight(powers[2 * k], exponent - powers[2 * k + 1] + guardBits);
                int part = Q15.half(power, weights[k - edges[0]]);
                rise += part;
                fall += (power >> 1) - part;
            }
            if (s > 0) {
                int common = Math.max(exponent, exponentOfRising);
                int sum = shiftedRight(rising, common - exponentOfRising) + shiftedRight(fall, common - exponent);
                logs[s - 1] = Log2.ofPower(sum, common + guardBits + 1, reference, floor);
            }
            rising = rise;
            exponentOfRising = exponent;
        }
    }

    private static int shiftedRight(int x, int bits) {
        return bits < Integer.SIZE ? x >> bits : 0;
    }
}
