package org.tinytune.core.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The products channel by channel on the Vector API; lanes are channels, of which there must be enough for one vector.
 */
final class VectorApiDepthwise {
    private static final VectorSpecies<Float> SPECIES = VectorApiMath.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 6;
    private static final int TAPS = 3;

    private VectorApiDepthwise() {}

    /** {@link VectorMath#depthwise}. */
    static void forward(
            float[] x, int xOffset, Patches patches, int rows, float[] w, float[] initial, float[] y, int yOffset) {
        int channels = patches.run();
        for (int i = 0; i < rows; i += ROWS) {
            for (int c = 0; c < channels; c += LANES) {
                // The last vector overlaps the one before it where channels do not fill it: the same results again.
                forwardRows(x, xOffset, patches, i, rows - 1, w, initial, y, yOffset, Math.min(c, channels - LANES));
            }
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

    /** {@link VectorMath#depthwiseGradient}, of as many channels as vectors hold; returns how many. */
    static int gradient(
            float[] x, int xOffset, Patches patches, int rows, float[] dy, int dyOffset, float[] dw, int dwOffset) {
        int channels = patches.run();
        int vectorized = channels / LANES * LANES;
        for (int s = 0; s < patches.segments().length; s += TAPS) {
            int c = 0;
            for (; c + 2 * LANES <= channels; c += 2 * LANES) {
                gradientPair(x, xOffset + c, patches, s, rows, dy, dyOffset + c, dw, dwOffset + c);
            }
            if (c < vectorized) {
                gradientSingle(x, xOffset + c, patches, s, rows, dy, dyOffset + c, dw, dwOffset + c);
            }
        }
        return vectorized;
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
            float[] x, int xOffset, Patches patches, int s, int rows, float[] dy, int dyOffset, float[] dw, int dw0) {
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
        int to = dw0 + s * channels;
        add(dw, to, x0);
        if (s + 1 <= last) {
            add(dw, to + channels, x1);
        }
        if (s + 2 <= last) {
            add(dw, to + 2 * channels, x2);
        }
    }

    private static void add(float[] dw, int to, FloatVector sum) {
        FloatVector.fromArray(SPECIES, dw, to).add(sum).intoArray(dw, to);
    }
}
