package org.tinytune.core.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The products channel by channel on the Vector API; lanes are channels. Where these do not fill a vector, the others
 * of its lanes compute with what lies behind, and what they make is thrown away.
 */
final class VectorApiDepthwise {
    private static final VectorSpecies<Float> SPECIES = VectorApiMath.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 6;
    private static final int TAPS = 3;
    private static final int NINE = 9;
    private static final ThreadLocal<float[]> SUMS = ThreadLocal.withInitial(() -> new float[NINE * LANES]);
    private static final ThreadLocal<float[]> ASIDE = ThreadLocal.withInitial(() -> new float[LANES]);

    private VectorApiDepthwise() {}

    /** Whether {@link #forward} can compute this. */
    static boolean canForward(Patches patches, int rows) {
        return patches.run() >= LANES || (rows > 0 && patches.segments().length == NINE && areAdjacent(patches, rows));
    }

    /** Whether every result ends where the next begins, so that the next replaces what a vector writes too much. */
    private static boolean areAdjacent(Patches patches, int rows) {
        int[] targets = patches.targets();
        for (int i = 1; i < rows; i++) {
            if (targets[i] - targets[i - 1] != patches.run()) {
                return false;
            }
        }
        return true;
    }

    /** {@link VectorMath#depthwise}. */
    static void forward(
            float[] x, int xOffset, Patches patches, int rows, float[] w, float[] initial, float[] y, int yOffset) {
        int channels = patches.run();
        if (channels < LANES) {
            fewChannels(x, xOffset, patches, rows, w, initial, y, yOffset);
            return;
        }
        // The last vector overlaps the one before it where channels do not fill it: the same results again.
        if (patches.segments().length == NINE) {
            for (int c = 0; c < channels; c += LANES) {
                nine(x, xOffset, patches, 0, rows, w, initial, y, yOffset, Math.min(c, channels - LANES));
            }
            return;
        }
        for (int i = 0; i < rows; i += ROWS) {
            for (int c = 0; c < channels; c += LANES) {
                forwardRows(x, xOffset, patches, i, rows - 1, w, initial, y, yOffset, Math.min(c, channels - LANES));
            }
        }
    }

    /** Rows whose vectors end behind the last result are computed aside, one at a time. */
    private static void fewChannels(
            float[] x, int xOffset, Patches patches, int rows, float[] w, float[] initial, float[] y, int yOffset) {
        int channels = patches.run();
        int direct = Math.max(0, rows + 1 - (LANES + channels - 1) / channels);
        nine(x, xOffset, patches, 0, direct, w, initial, y, yOffset, 0);
        float[] aside = ASIDE.get();
        for (int i = direct; i < rows; i++) {
            int to = patches.targets()[i];
            nine(x, xOffset, patches, i, i + 1, w, initial, aside, -to, 0);
            System.arraycopy(aside, 0, y, yOffset + to, channels);
        }
    }

    /** Nine taps, as most windows have: their weights stay in registers. */
    private static void nine(
            float[] x,
            int xOffset,
            Patches patches,
            int begin,
            int end,
            float[] w,
            float[] initial,
            float[] y,
            int yOffset,
            int c) {
        int[] offsets = patches.offsets();
        int[] targets = patches.targets();
        int[] segments = patches.segments();
        int channels = patches.run();
        int a0 = xOffset + c + segments[0];
        int a1 = xOffset + c + segments[1];
        int a2 = xOffset + c + segments[2];
        int a3 = xOffset + c + segments[3];
        int a4 = xOffset + c + segments[4];
        int a5 = xOffset + c + segments[5];
        int a6 = xOffset + c + segments[6];
        int a7 = xOffset + c + segments[7];
        int a8 = xOffset + c + segments[8];
        FloatVector w0 = FloatVector.fromArray(SPECIES, w, 0 * channels + c);
        FloatVector w1 = FloatVector.fromArray(SPECIES, w, 1 * channels + c);
        FloatVector w2 = FloatVector.fromArray(SPECIES, w, 2 * channels + c);
        FloatVector w3 = FloatVector.fromArray(SPECIES, w, 3 * channels + c);
        FloatVector w4 = FloatVector.fromArray(SPECIES, w, 4 * channels + c);
        FloatVector w5 = FloatVector.fromArray(SPECIES, w, 5 * channels + c);
        FloatVector w6 = FloatVector.fromArray(SPECIES, w, 6 * channels + c);
        FloatVector w7 = FloatVector.fromArray(SPECIES, w, 7 * channels + c);
        FloatVector w8 = FloatVector.fromArray(SPECIES, w, 8 * channels + c);
        FloatVector first = FloatVector.fromArray(SPECIES, initial, c);
        for (int i = begin; i < end; i++) {
            int at = offsets[i];
            FloatVector sum = FloatVector.fromArray(SPECIES, x, a0 + at).fma(w0, first);
            sum = FloatVector.fromArray(SPECIES, x, a1 + at).fma(w1, sum);
            sum = FloatVector.fromArray(SPECIES, x, a2 + at).fma(w2, sum);
            sum = FloatVector.fromArray(SPECIES, x, a3 + at).fma(w3, sum);
            sum = FloatVector.fromArray(SPECIES, x, a4 + at).fma(w4, sum);
            sum = FloatVector.fromArray(SPECIES, x, a5 + at).fma(w5, sum);
            sum = FloatVector.fromArray(SPECIES, x, a6 + at).fma(w6, sum);
            sum = FloatVector.fromArray(SPECIES, x, a7 + at).fma(w7, sum);
            sum = FloatVector.fromArray(SPECIES, x, a8 + at).fma(w8, sum);
            sum.intoArray(y, yOffset + c + targets[i]);
        }
    }

    private static void forwardRows(
            float[] x,
            int xOffset,
            Patches patches,
            int i,
            int last,
            float[] w,
            float[] initial,
            float[] y,
            int yOffset,
            int c) {
        int[] offsets = patches.offsets();
        int[] targets = patches.targets();
        int[] segments = patches.segments();
        int channels = patches.run();
        int i1 = Math.min(i + 1, last);
        int i2 = Math.min(i + 2, last);
        int i3 = Math.min(i + 3, last);
        int i4 = Math.min(i + 4, last);
        int i5 = Math.min(i + 5, last);
        int a0 = xOffset + c + offsets[i];
        int a1 = xOffset + c + offsets[i1];
        int a2 = xOffset + c + offsets[i2];
        int a3 = xOffset + c + offsets[i3];
        int a4 = xOffset + c + offsets[i4];
        int a5 = xOffset + c + offsets[i5];
        FloatVector x0 = FloatVector.fromArray(SPECIES, initial, c);
        FloatVector x1 = x0;
        FloatVector x2 = x0;
        FloatVector x3 = x0;
        FloatVector x4 = x0;
        FloatVector x5 = x0;
        for (int s = 0; s < segments.length; s++) {
            FloatVector weight = FloatVector.fromArray(SPECIES, w, s * channels + c);
            int at = segments[s];
            x0 = FloatVector.fromArray(SPECIES, x, a0 + at).fma(weight, x0);
            x1 = FloatVector.fromArray(SPECIES, x, a1 + at).fma(weight, x1);
            x2 = FloatVector.fromArray(SPECIES, x, a2 + at).fma(weight, x2);
            x3 = FloatVector.fromArray(SPECIES, x, a3 + at).fma(weight, x3);
            x4 = FloatVector.fromArray(SPECIES, x, a4 + at).fma(weight, x4);
            x5 = FloatVector.fromArray(SPECIES, x, a5 + at).fma(weight, x5);
        }
        x0.intoArray(y, yOffset + c + targets[i]);
        x1.intoArray(y, yOffset + c + targets[i1]);
        x2.intoArray(y, yOffset + c + targets[i2]);
        x3.intoArray(y, yOffset + c + targets[i3]);
        x4.intoArray(y, yOffset + c + targets[i4]);
        x5.intoArray(y, yOffset + c + targets[i5]);
    }

    /** {@link VectorMath#copyPatches}, of runs that fit a vector: what a vector copies too much, the next replaces. */
    static void copy(float[] x, int xOffset, Patches patches, int rows, float[] y, int yOffset) {
        int[] offsets = patches.offsets();
        int[] segments = patches.segments();
        int run = patches.run();
        int to = yOffset;
        for (int i = 0; i < rows; i++) {
            int from = xOffset + offsets[i];
            for (int s = 0; s < segments.length; s++) {
                FloatVector.fromArray(SPECIES, x, from + segments[s]).intoArray(y, to);
                to += run;
            }
        }
    }

    /** {@link VectorMath#maximum}. */
    static void maximum(float[] x, int xOffset, Patches patches, int rows, float[] y, int yOffset) {
        int[] segments = patches.segments();
        int channels = patches.run();
        for (int i = 0; i < rows; i++) {
            int from = xOffset + patches.offsets()[i];
            int to = yOffset + patches.targets()[i];
            for (int next = 0; next < channels; next += LANES) {
                int c = Math.min(next, channels - LANES);
                FloatVector greatest = FloatVector.fromArray(SPECIES, x, from + segments[0] + c);
                for (int s = 1; s < segments.length; s++) {
                    greatest = greatest.max(FloatVector.fromArray(SPECIES, x, from + segments[s] + c));
                }
                greatest.intoArray(y, to + c);
            }
        }
    }

    /** {@link VectorMath#depthwiseGradient}. */
    static void gradient(
            float[] x, int xOffset, Patches patches, int rows, float[] dy, int dyOffset, float[] dw, int dwOffset) {
        int channels = patches.run();
        if (patches.segments().length == NINE) {
            for (int c = 0; c < channels; c += LANES) {
                nineGradients(x, xOffset + c, patches, rows, dy, dyOffset + c, dw, dwOffset + c, channels - c);
            }
            return;
        }
        for (int s = 0; s < patches.segments().length; s += TAPS) {
            int c = 0;
            for (; c + 2 * LANES <= channels; c += 2 * LANES) {
                gradientPair(x, xOffset + c, patches, s, rows, dy, dyOffset + c, dw, dwOffset + c);
            }
            for (; c < channels; c += LANES) {
                gradientSingle(x, xOffset + c, patches, s, rows, dy, dyOffset + c, dw, dwOffset + c, channels - c);
            }
        }
    }

    /** Nine taps, of one vector of channels. */
    private static void nineGradients(
            float[] x,
            int xOffset,
            Patches patches,
            int rows,
            float[] dy,
            int dyOffset,
            float[] dw,
            int dwOffset,
            int lanes) {
        int[] offsets = patches.offsets();
        int[] segments = patches.segments();
        int channels = patches.run();
        float[] sums = SUMS.get();
        int a0 = xOffset + segments[0];
        int a1 = xOffset + segments[1];
        int a2 = xOffset + segments[2];
        int a3 = xOffset + segments[3];
        int a4 = xOffset + segments[4];
        int a5 = xOffset + segments[5];
        int a6 = xOffset + segments[6];
        int a7 = xOffset + segments[7];
        int a8 = xOffset + segments[8];
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector x0 = zero;
        FloatVector x1 = zero;
        FloatVector x2 = zero;
        FloatVector x3 = zero;
        FloatVector x4 = zero;
        FloatVector x5 = zero;
        FloatVector x6 = zero;
        FloatVector x7 = zero;
        FloatVector x8 = zero;
        for (int i = 0; i < rows; i++) {
            FloatVector g = FloatVector.fromArray(SPECIES, dy, dyOffset + i * channels);
            int at = offsets[i];
            x0 = FloatVector.fromArray(SPECIES, x, a0 + at).fma(g, x0);
            x1 = FloatVector.fromArray(SPECIES, x, a1 + at).fma(g, x1);
            x2 = FloatVector.fromArray(SPECIES, x, a2 + at).fma(g, x2);
            x3 = FloatVector.fromArray(SPECIES, x, a3 + at).fma(g, x3);
            x4 = FloatVector.fromArray(SPECIES, x, a4 + at).fma(g, x4);
            x5 = FloatVector.fromArray(SPECIES, x, a5 + at).fma(g, x5);
            x6 = FloatVector.fromArray(SPECIES, x, a6 + at).fma(g, x6);
            x7 = FloatVector.fromArray(SPECIES, x, a7 + at).fma(g, x7);
            x8 = FloatVector.fromArray(SPECIES, x, a8 + at).fma(g, x8);
        }
        x0.intoArray(sums, 0 * LANES);
        x1.intoArray(sums, 1 * LANES);
        x2.intoArray(sums, 2 * LANES);
        x3.intoArray(sums, 3 * LANES);
        x4.intoArray(sums, 4 * LANES);
        x5.intoArray(sums, 5 * LANES);
        x6.intoArray(sums, 6 * LANES);
        x7.intoArray(sums, 7 * LANES);
        x8.intoArray(sums, 8 * LANES);
        addSums(dw, dwOffset, channels, NINE, sums, lanes);
    }

    /** Adds vectors to rows of which they may be longer. */
    private static void addSums(float[] dw, int dwOffset, int pitch, int count, float[] sums, int lanes) {
        int used = Math.min(lanes, LANES);
        for (int r = 0; r < count; r++) {
            int to = dwOffset + r * pitch;
            for (int i = 0; i < used; i++) {
                dw[to + i] += sums[r * LANES + i];
            }
        }
    }

    /** Three taps from tap s on, of two vectors of channels. */
    private static void gradientPair(
            float[] x, int xOffset, Patches patches, int s, int rows, float[] dy, int dyOffset, float[] dw, int dw0) {
        int[] offsets = patches.offsets();
        int[] segments = patches.segments();
        int channels = patches.run();
        int last = segments.length - 1;
        int a0 = xOffset + segments[s];
        int a1 = xOffset + segments[Math.min(s + 1, last)];
        int a2 = xOffset + segments[Math.min(s + 2, last)];
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector x00 = zero;
        FloatVector x01 = zero;
        FloatVector x10 = zero;
        FloatVector x11 = zero;
        FloatVector x20 = zero;
        FloatVector x21 = zero;
        for (int i = 0; i < rows; i++) {
            FloatVector g0 = FloatVector.fromArray(SPECIES, dy, dyOffset + i * channels);
            FloatVector g1 = FloatVector.fromArray(SPECIES, dy, dyOffset + i * channels + LANES);
            int at = offsets[i];
            x00 = FloatVector.fromArray(SPECIES, x, a0 + at).fma(g0, x00);
            x01 = FloatVector.fromArray(SPECIES, x, a0 + at + LANES).fma(g1, x01);
            x10 = FloatVector.fromArray(SPECIES, x, a1 + at).fma(g0, x10);
            x11 = FloatVector.fromArray(SPECIES, x, a1 + at + LANES).fma(g1, x11);
            x20 = FloatVector.fromArray(SPECIES, x, a2 + at).fma(g0, x20);
            x21 = FloatVector.fromArray(SPECIES, x, a2 + at + LANES).fma(g1, x21);
        }
        int to = dw0 + s * channels;
        add(dw, to, x00);
        add(dw, to + LANES, x01);
        if (s + 1 <= last) {
            add(dw, to + channels, x10);
            add(dw, to + channels + LANES, x11);
        }
        if (s + 2 <= last) {
            add(dw, to + 2 * channels, x20);
            add(dw, to + 2 * channels + LANES, x21);
        }
    }

    /** Three taps from tap s on, of one vector of channels. */
    private static void gradientSingle(
            float[] x,
            int xOffset,
            Patches patches,
            int s,
            int rows,
            float[] dy,
            int dyOffset,
            float[] dw,
            int dw0,
            int lanes) {
        int[] offsets = patches.offsets();
        int[] segments = patches.segments();
        int channels = patches.run();
        int last = segments.length - 1;
        int a0 = xOffset + segments[s];
        int a1 = xOffset + segments[Math.min(s + 1, last)];
        int a2 = xOffset + segments[Math.min(s + 2, last)];
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector x0 = zero;
        FloatVector x1 = zero;
        FloatVector x2 = zero;
        for (int i = 0; i < rows; i++) {
            FloatVector g = FloatVector.fromArray(SPECIES, dy, dyOffset + i * channels);
            int at = offsets[i];
            x0 = FloatVector.fromArray(SPECIES, x, a0 + at).fma(g, x0);
            x1 = FloatVector.fromArray(SPECIES, x, a1 + at).fma(g, x1);
            x2 = FloatVector.fromArray(SPECIES, x, a2 + at).fma(g, x2);
        }
        float[] sums = SUMS.get();
        x0.intoArray(sums, 0);
        x1.intoArray(sums, LANES);
        x2.intoArray(sums, 2 * LANES);
        addSums(dw, dw0 + s * channels, channels, Math.min(TAPS, segments.length - s), sums, lanes);
    }

    private static void add(float[] dw, int to, FloatVector sum) {
        FloatVector.fromArray(SPECIES, dw, to).add(sum).intoArray(dw, to);
    }
}
