package org.tinytune.core.vector;

/**
 * The inner loops of training. Get one from {@link VectorProvider#get}.
 *
 * <p>All implementations give the same bytes, on any processor: each method states the chain that makes up an output.
 * {@code fma(a, b, c)} is {@code a · b + c} rounded once.
 *
 * <p>Arrays that are read in patches ({@code product}'s {@code b}, {@code outerProducts}' {@code b},
 * {@code copyPatches}' {@code x}, all that {@code depthwise} and its gradient read) may be read up to {@link #SLACK}
 * elements past the last one named; what lies there does not matter.
 *
 * <p>Checked by: VectorMathTest, which compares the implementations bit by bit over odd sizes.
 */
public interface VectorMath {
    /** Elements that an array must have behind the last one that is used. */
    int SLACK = PackedMatrix.WIDE;

    /** What this implementation is called in logs and reports. */
    String name();

    /**
     * A matrix product with patches of {@code a}: {@code c[i][j] = initial[j]}, then {@code c[i][j] = fma(a[i][k],
     * b[k][j], c[i][j])} for k = 0, 1, … in this order.
     *
     * @param patches where the rows of {@code a} and {@code c} lie, relative to the offsets
     * @param rows how many there are, at most as many as patches
     * @param initial {@link PackedMatrix#paddedColumns} elements: the bias, or zeros
     */
    void product(
            float[] a, int aOffset, Patches patches, int rows, PackedMatrix b, float[] initial, float[] c, int cOffset);

    /**
     * A matrix product with a bias for each row: {@code c[i][j] = initial[i]}, then {@code c[i][j] = fma(a[i][k],
     * b[k][j], c[i][j])} for k = 0, 1, … in this order.
     *
     * @param patches where the rows of {@code a} and {@code c} lie, each of one segment
     * @param columns how many of {@code b} are needed; some more may be computed, up to whole vectors
     */
    void productWithRowBias(
            float[] a,
            int aOffset,
            Patches patches,
            int rows,
            PackedMatrix b,
            int columns,
            float[] initial,
            int initialOffset,
            float[] c,
            int cOffset);

    /**
     * A matrix product: {@code c[i][j] = fma(a[i][k], b[k][j], c[i][j])} for k = 0, 1, … from 0, in this order.
     *
     * @param patches where the rows of {@code a} and {@code c} lie, each of one segment
     * @param b as many rows as the segment has elements, {@code pitch} apart
     * @param columns of {@code b} and {@code c}
     */
    void product(
            float[] a,
            int aOffset,
            Patches patches,
            int rows,
            float[] b,
            int bOffset,
            int columns,
            int pitch,
            float[] c,
            int cOffset);

    /**
     * Adds the product of a transposed matrix with patches: {@code c[i][j] = fma(a[p][i], b[p][j], c[i][j])} for p = 0,
     * 1, …
     *
     * @param a {@code rows} rows that lie {@code pitch} apart
     * @param m columns of {@code a}
     * @param patches where the rows of {@code b} lie
     * @param rows at most as many as patches
     * @param c {@code [m, patches.elements()]}, rows one behind the other
     */
    void outerProducts(
            float[] a,
            int aOffset,
            int pitch,
            int m,
            float[] b,
            int bOffset,
            Patches patches,
            int rows,
            float[] c,
            int cOffset);

    /**
     * Writes patches out, one behind the other: {@code y[i][s][t]} is element t of segment s of row i.
     *
     * @param y receives {@code [rows, segments, run]}; up to {@link #SLACK} elements behind them may change too
     */
    void copyPatches(float[] x, int xOffset, Patches patches, int rows, float[] y, int yOffset);

    /**
     * A product channel by channel: {@code y[i][c] = initial[c]}, then {@code y[i][c] = fma(x[i][s][c], w[s][c],
     * y[i][c])} for the segments s = 0, 1, … in this order.
     *
     * @param patches with a run of {@code channels}
     * @param w {@code [segments, channels]}
     * @param initial {@code channels} elements
     */
    void depthwise(
            float[] x, int xOffset, Patches patches, int rows, float[] w, float[] initial, float[] y, int yOffset);

    /**
     * The gradient of the weights of {@link #depthwise}: {@code sum = fma(x[i][s][c], dy[i][c], sum)} for i = 0, 1, …
     * from 0, then {@code dw[s][c] += sum}.
     *
     * @param dy {@code [rows, channels]}, rows one behind the other
     * @param dw {@code [segments, channels]}
     */
    void depthwiseGradient(
            float[] x, int xOffset, Patches patches, int rows, float[] dy, int dyOffset, float[] dw, int dwOffset);

    /**
     * The greatest of the segments channel by channel: {@code y[i][c] = max(x[i][0][c], x[i][1][c], …)}.
     *
     * @param patches with a run of {@code channels} and one segment or more
     */
    void maximum(float[] x, int xOffset, Patches patches, int rows, float[] y, int yOffset);

    /** {@code x[i] += y[i]}. */
    void add(float[] x, int xOffset, float[] y, int yOffset, int count);

    /** {@code z[i] = max(min, min(max, x[i] + y[i]))}. */
    void addClamped(
            float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset, int count, float min, float max);

    /** {@code y[i] = (x[i] - zero) · scale}. */
    void dequantize(float[] x, int xOffset, float[] y, int yOffset, int count, float zero, float scale);

    /** {@code x[i] = max(min, min(max, x[i]))}. */
    void clamp(float[] x, int xOffset, int count, float min, float max);

    /** The gradient of a clamp: {@code g[i] = 0} unless {@code min < y[i] < max}. */
    void maskClamped(float[] g, int gOffset, float[] y, int yOffset, int count, float min, float max);

    /**
     * {@code y[i] = max(min, min(max, fma(x[i], scale[i mod period], shift[i mod period])))}.
     *
     * @param scale {@link Periodic#period} elements
     * @param shift as many
     */
    void affine(
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            int count,
            float[] scale,
            float[] shift,
            float min,
            float max);

    /**
     * {@code dx[i] = fma(dy[i], dyScale[i mod period], fma(x[i], xScale[i mod period], shift[i mod period]))}.
     *
     * @param dyScale {@link Periodic#period} elements, as {@code xScale} and {@code shift}
     */
    void combine(
            float[] dy,
            int dyOffset,
            float[] x,
            int xOffset,
            float[] dx,
            int dxOffset,
            int count,
            float[] dyScale,
            float[] xScale,
            float[] shift);

    /**
     * Sums of columns. Row r goes to chain r mod 4 of its column; a sum is {@code (c0 + c1) + (c2 + c3)}.
     *
     * @param x {@code [rows, columns]}
     * @param sums receives {@code columns} sums
     */
    void columnSums(float[] x, int xOffset, int rows, int columns, float[] sums, int sumsOffset);

    /**
     * Sums of products {@code (x[r][c] - xCenter[c]) · (y[r][c] - yCenter[c])} by column, in the chains of
     * {@link #columnSums}, each continued as {@code fma(x - xCenter, y - yCenter, chain)}.
     *
     * @param xCenter {@code columns} elements, as {@code yCenter}
     */
    void columnProducts(
            float[] x,
            int xOffset,
            float[] xCenter,
            float[] y,
            int yOffset,
            float[] yCenter,
            int rows,
            int columns,
            float[] sums,
            int sumsOffset);

    /**
     * The gradient of a clamp, in place, and sums by column of what is left: as {@link #maskClamped}, then
     * {@link #columnSums} of {@code g} and {@link #columnProducts} of {@code x} with its center and {@code g} with
     * zeros.
     *
     * @param y the clamped output
     * @param sums receives {@code columns} sums
     * @param products receives as many
     */
    void maskedColumnProducts(
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
            int sumsOffset);

    /**
     * Rescales accumulators, in place, wherever a float calculation is certain to give what integers would: {@code r =
     * (x + shift) · scale} and, if {@code |r - round(r)| <= certain}, {@code x = max(min, min(max, round(r) +
     * zeroPoint))}. Where it is not certain, {@code x[i] = exact.apply(x[i], i)}.
     *
     * @param x whole numbers below 2^24 in magnitude
     * @param table constants of the channels
     * @param exact gives the output of an accumulator that the float calculation cannot decide
     */
    void requantize(float[] x, int xOffset, int count, RequantizeTable table, ExactRequantizer exact);

    /** Decides what {@link #requantize} cannot. */
    @FunctionalInterface
    interface ExactRequantizer {
        /**
         * The output, in [-128, 127].
         *
         * @param accumulator a whole number
         * @param position in the array, counted from the offset
         */
        float apply(float accumulator, int position);
    }

    /** Whether all elements are numbers and finite. */
    boolean areFinite(float[] x, int offset, int count);

    /** The greatest magnitude; 0 if there are none. */
    float maxAbs(float[] x, int offset, int count);

    /**
     * Quantizes: {@code q[i] = x[i] / scale}, of magnitudes below 2^22, rounded to a whole number, ties to even, never
     * -0, and {@code y[i] = q[i] · scale}.
     *
     * @param y may be {@code x}, or {@code q} if only that is wanted
     * @return the sum of {@code q} in the upper 32 bits and that of its magnitudes, 2^24 at most, in the lower
     */
    long quantize(float[] x, int xOffset, float[] q, int qOffset, float[] y, int yOffset, int count, float scale);

    /**
     * One step of Adam: {@code m = fma(beta1, m, (1 - beta1) · g)}, {@code v = fma(beta2, v, ((1 - beta2) · g) · g)},
     * {@code w = w · decay - (rate · m) / (sqrt(v · correction) + epsilon)}.
     */
    void adam(float[] w, float[] g, float[] m, float[] v, int offset, int count, AdamStep step);

    /**
     * The numbers of one step of Adam.
     *
     * @param rate learning rate divided by {@code 1 - beta1^t}
     * @param beta1 of the mean
     * @param beta2 of the mean square
     * @param correction {@code 1 / (1 - beta2^t)}
     * @param epsilon keeps the quotient finite
     * @param decay factor of the weights, 1 for none
     */
    record AdamStep(float rate, float beta1, float beta2, float correction, float epsilon, float decay) {}

    /** One step of momentum: {@code v = fma(momentum, v, g)}, {@code w = fma(-rate, v, w · decay)}. */
    void momentum(float[] w, float[] g, float[] v, int offset, int count, float rate, float momentum, float decay);
}
