package org.tinytune.core.vector;

import java.util.Arrays;

/** The loops in plain Java: what the interface says, word for word. */
class PlainVectorMath implements VectorMath {
    /** Added and subtracted again, rounds a float below 2^22 to a whole number, ties to even. */
    static final float ROUNDER = 0x1.8p23f;

    @Override
    public String name() {
        return "plain Java";
    }

    @Override
    public void product(
            float[] a,
            int aOffset,
            Patches patches,
            int rows,
            PackedMatrix b,
            float[] initial,
            float[] c,
            int cOffset) {
        for (int panel = 0; panel < b.columns(); panel += PackedMatrix.WIDE) {
            int end = Math.min(b.columns(), panel + PackedMatrix.WIDE);
            for (int j = panel; j < end; j += PlainProducts.COLUMNS) {
                PlainProducts.columns(
                        a,
                        aOffset,
                        patches,
                        rows,
                        b,
                        panel,
                        j,
                        Math.min(end - j, PlainProducts.COLUMNS),
                        initial,
                        c,
                        cOffset);
            }
        }
    }

    @Override
    public void productWithRowBias(
            float[] a,
            int aOffset,
            Patches patches,
            int rows,
            PackedMatrix b,
            int columns,
            float[] initial,
            int initialOffset,
            float[] c,
            int cOffset) {
        for (int i = 0; i < rows; i++) {
            int from = aOffset + patches.offsets()[i];
            int to = cOffset + patches.targets()[i];
            Arrays.fill(c, to, to + columns, initial[initialOffset + i]);
            for (int panel = 0; panel < columns; panel += PackedMatrix.WIDE) {
                int used = Math.min(PackedMatrix.WIDE, columns - panel);
                int width = b.panelWidth(panel);
                PlainProducts.continueRow(
                        a, from, b.rows(), b.data(), b.panelOffset(panel), width, used, c, to + panel);
            }
        }
    }

    @Override
    public void product(
            float[] a,
            int aOffset,
            Patches patches,
            int rows,
            float[] b,
            int bOffset,
            int columns,
            int pitch,
            float[] c,
            int cOffset) {
        for (int i = 0; i < rows; i++) {
            int from = aOffset + patches.offsets()[i];
            int to = cOffset + patches.targets()[i];
            Arrays.fill(c, to, to + columns, 0);
            PlainProducts.continueRow(a, from, patches.run(), b, bOffset, pitch, columns, c, to);
        }
    }

    @Override
    public void outerProducts(
            float[] a,
            int aOffset,
            int pitch,
            int m,
            float[] b,
            int bOffset,
            Patches patches,
            int rows,
            float[] c,
            int cOffset) {
        int run = patches.run();
        int elements = patches.elements();
        for (int s = 0; s < patches.segments().length; s++) {
            int from = bOffset + patches.segments()[s];
            for (int i = 0; i < m; i++) {
                for (int t = 0; t < run; t += PlainProducts.COLUMNS) {
                    int used = Math.min(run - t, PlainProducts.COLUMNS);
                    int to = cOffset + i * elements + s * run + t;
                    PlainProducts.outer(a, aOffset + i, pitch, b, from + t, patches.offsets(), rows, c, to, used);
                }
            }
        }
    }

    @Override
    public void copyPatches(float[] x, int xOffset, Patches patches, int rows, float[] y, int yOffset) {
        int to = yOffset;
        for (int i = 0; i < rows; i++) {
            for (int segment : patches.segments()) {
                System.arraycopy(x, xOffset + patches.offsets()[i] + segment, y, to, patches.run());
                to += patches.run();
            }
        }
    }

    @Override
    public void depthwise(
            float[] x, int xOffset, Patches patches, int rows, float[] w, float[] initial, float[] y, int yOffset) {
        int channels = patches.run();
        for (int i = 0; i < rows; i++) {
            int from = xOffset + patches.offsets()[i];
            int to = yOffset + patches.targets()[i];
            System.arraycopy(initial, 0, y, to, channels);
            for (int s = 0; s < patches.segments().length; s++) {
                int segment = from + patches.segments()[s];
                for (int c = 0; c < channels; c++) {
                    y[to + c] = Fma.fma(x[segment + c], w[s * channels + c], y[to + c]);
                }
            }
        }
    }

    @Override
    public void depthwiseGradient(
            float[] x, int xOffset, Patches patches, int rows, float[] dy, int dyOffset, float[] dw, int dwOffset) {
        int channels = patches.run();
        for (int s = 0; s < patches.segments().length; s++) {
            int segment = xOffset + patches.segments()[s];
            for (int c = 0; c < channels; c++) {
                float sum = 0;
                for (int i = 0; i < rows; i++) {
                    sum = Fma.fma(x[segment + patches.offsets()[i] + c], dy[dyOffset + i * channels + c], sum);
                }
                dw[dwOffset + s * channels + c] += sum;
            }
        }
    }

    @Override
    public void maximum(float[] x, int xOffset, Patches patches, int rows, float[] y, int yOffset) {
        int channels = patches.run();
        for (int i = 0; i < rows; i++) {
            int from = xOffset + patches.offsets()[i];
            int to = yOffset + patches.targets()[i];
            System.arraycopy(x, from + patches.segments()[0], y, to, channels);
            for (int s = 1; s < patches.segments().length; s++) {
                int segment = from + patches.segments()[s];
                for (int c = 0; c < channels; c++) {
                    y[to + c] = Math.max(y[to + c], x[segment + c]);
                }
            }
        }
    }

    @Override
    public void add(float[] x, int xOffset, float[] y, int yOffset, int count) {
        for (int i = 0; i < count; i++) {
            x[xOffset + i] += y[yOffset + i];
        }
    }

    @Override
    public void addClamped(
            float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset, int count, float min, float max) {
        for (int i = 0; i < count; i++) {
            z[zOffset + i] = Math.max(min, Math.min(max, x[xOffset + i] + y[yOffset + i]));
        }
    }

    @Override
    public void dequantize(float[] x, int xOffset, float[] y, int yOffset, int count, float zero, float scale) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = (x[xOffset + i] - zero) * scale;
        }
    }

    @Override
    public void clamp(float[] x, int xOffset, int count, float min, float max) {
        for (int i = xOffset; i < xOffset + count; i++) {
            x[i] = Math.max(min, Math.min(max, x[i]));
        }
    }

    @Override
    public void maskClamped(float[] g, int gOffset, float[] y, int yOffset, int count, float min, float max) {
        for (int i = 0; i < count; i++) {
            float value = y[yOffset + i];
            g[gOffset + i] = value > min && value < max ? g[gOffset + i] : 0;
        }
    }

    @Override
    public void affine(
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            int count,
            float[] scale,
            float[] shift,
            float min,
            float max) {
        for (int begin = 0; begin < count; begin += scale.length) {
            int end = Math.min(scale.length, count - begin);
            affine(x, xOffset + begin, y, yOffset + begin, 0, end, scale, shift, min, max);
        }
    }

    /** A part of a period. */
    static void affine(
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            int first,
            int end,
            float[] scale,
            float[] shift,
            float min,
            float max) {
        for (int i = first; i < end; i++) {
            float value = Fma.fma(x[xOffset + i], scale[i], shift[i]);
            y[yOffset + i] = Math.max(min, Math.min(max, value));
        }
    }

    @Override
    public void combine(
            float[] dy,
            int dyOffset,
            float[] x,
            int xOffset,
            float[] dx,
            int dxOffset,
            int count,
            float[] dyScale,
            float[] xScale,
            float[] shift) {
        for (int begin = 0; begin < count; begin += shift.length) {
            int end = Math.min(shift.length, count - begin);
            combine(dy, dyOffset + begin, x, xOffset + begin, dx, dxOffset + begin, 0, end, dyScale, xScale, shift);
        }
    }

    /** A part of a period. */
    static void combine(
            float[] dy,
            int dyOffset,
            float[] x,
            int xOffset,
            float[] dx,
            int dxOffset,
            int first,
            int end,
            float[] dyScale,
            float[] xScale,
            float[] shift) {
        for (int i = first; i < end; i++) {
            float linear = Fma.fma(x[xOffset + i], xScale[i], shift[i]);
            dx[dxOffset + i] = Fma.fma(dy[dyOffset + i], dyScale[i], linear);
        }
    }

    @Override
    public void columnSums(float[] x, int xOffset, int rows, int columns, float[] sums, int sumsOffset) {
        PlainColumns.sums(x, xOffset, rows, columns, 0, sums, sumsOffset);
    }

    @Override
    public void columnProducts(
            float[] x,
            int xOffset,
            float[] xCenter,
            float[] y,
            int yOffset,
            float[] yCenter,
            int rows,
            int columns,
            float[] sums,
            int sumsOffset) {
        PlainColumns.products(x, xOffset, xCenter, y, yOffset, yCenter, rows, columns, 0, sums, sumsOffset);
    }

    @Override
    public void requantize(float[] x, int xOffset, int count, RequantizeTable table, ExactRequantizer exact) {
        int period = table.scale.length;
        for (int begin = 0; begin < count; begin += period) {
            requantize(x, xOffset, begin, 0, Math.min(period, count - begin), table, exact);
        }
    }

    /** One period, or the rest of the last one, from the element {@code first} on. */
    static void requantize(
            float[] x, int xOffset, int begin, int first, int end, RequantizeTable table, ExactRequantizer exact) {
        for (int i = first; i < end; i++) {
            int at = xOffset + begin + i;
            float product = (x[at] + table.shift[i]) * table.scale[i];
            float rounded = (product + ROUNDER) - ROUNDER;
            if (Math.abs(product - rounded) <= table.certain[i]) {
                x[at] = Math.max(table.min, Math.min(table.max, rounded + table.zeroPoint));
            } else {
                x[at] = exact.apply(x[at], begin + i);
            }
        }
    }

    @Override
    public float maxAbs(float[] x, int offset, int count) {
        float greatest = 0;
        for (int i = offset; i < offset + count; i++) {
            greatest = Math.max(greatest, Math.abs(x[i]));
        }
        return greatest;
    }

    @Override
    public void adam(float[] w, float[] g, float[] m, float[] v, int offset, int count, AdamStep step) {
        for (int i = offset; i < offset + count; i++) {
            adam(w, g, m, v, i, step);
        }
    }

    /** Adam on one element. */
    static void adam(float[] w, float[] g, float[] m, float[] v, int i, AdamStep step) {
        m[i] = Fma.fma(step.beta1(), m[i], (1 - step.beta1()) * g[i]);
        v[i] = Fma.fma(step.beta2(), v[i], (1 - step.beta2()) * g[i] * g[i]);
        float root = (float) Math.sqrt(v[i] * step.correction());
        w[i] = w[i] * step.decay() - step.rate() * m[i] / (root + step.epsilon());
    }

    @Override
    public void momentum(
            float[] w, float[] g, float[] v, int offset, int count, float rate, float momentum, float decay) {
        for (int i = offset; i < offset + count; i++) {
            v[i] = Fma.fma(momentum, v[i], g[i]);
            w[i] = Fma.fma(-rate, v[i], w[i] * decay);
        }
    }

    @Override
    public boolean areFinite(float[] x, int offset, int count) {
        // Stays 0 unless an element is infinite or NaN.
        float sum = 0;
        for (int i = offset; i < offset + count; i++) {
            sum += x[i] * 0;
        }
        return sum == 0;
    }

    @Override
    public long quantize(
            float[] x, int xOffset, float[] q, int qOffset, float[] y, int yOffset, int count, float scale) {
        float sum = 0;
        float magnitudes = 0;
        for (int i = 0; i < count; i++) {
            float rounded = x[xOffset + i] / scale + ROUNDER - ROUNDER;
            y[yOffset + i] = rounded * scale;
            q[qOffset + i] = rounded;
            sum += rounded;
            magnitudes += Math.abs(rounded);
        }
        return sums(sum, magnitudes);
    }

    /** Two sums of whole numbers in one. */
    static long sums(float sum, float magnitudes) {
        return (long) sum << Integer.SIZE | (long) magnitudes;
    }

    @Override
    public void maskedColumnProducts(
            float[] g,
            int gOffset,
            float[] y,
            int yOffset,
            float min,
            float max,
            float[] x,
            int xOffset,
            float[] xCenter,
            int rows,
            int columns,
            float[] sums,
            float[] products,
            int sumsOffset) {
        maskClamped(g, gOffset, y, yOffset, rows * columns, min, max);
        PlainColumns.sums(g, gOffset, rows, columns, 0, sums, sumsOffset);
        PlainColumns.products(x, xOffset, xCenter, g, gOffset, null, rows, columns, 0, products, sumsOffset);
    }
}
