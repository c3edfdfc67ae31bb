package org.tinytune.core.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops on the Vector API. Lanes hold different outputs, so their number does not matter; what is left over at the
 * end of an array goes through the plain loops, as do those loops that the compiler turns into vectors by itself.
 */
final class VectorApiMath extends PlainVectorMath {
    /**
     * As wide as the processor has them, up to 512 bits. The same everywhere, and floats only: where a program uses
     * two, the compiler of JDK 17 no longer knows which of them a loop has at hand, and moves vectors to the heap.
     */
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;

    private static final int LANES = SPECIES.length();

    /** Added to an output, sets it apart from accumulators without a mask, which could not be given to a method. */
    private static final float DECIDED = 0.5f;

    static final int WIDTH = Math.max(8, SPECIES.length());

    @Override
    public String name() {
        return "Vector API, " + SPECIES.vectorBitSize() + " bits";
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
        VectorApiProduct.run(a, aOffset, patches, rows, b, initial, c, cOffset);
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
        VectorApiProduct.withRowBias(a, aOffset, patches, rows, b, columns, initial, initialOffset, c, cOffset);
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
        VectorApiProduct.plain(a, aOffset, patches, rows, b, bOffset, columns, pitch, c, cOffset);
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
        VectorApiOuterProducts.run(a, aOffset, pitch, m, b, bOffset, patches, rows, c, cOffset);
    }

    @Override
    public void copyPatches(float[] x, int xOffset, Patches patches, int rows, float[] y, int yOffset) {
        if (patches.run() > LANES) {
            super.copyPatches(x, xOffset, patches, rows, y, yOffset);
        } else {
            VectorApiDepthwise.copy(x, xOffset, patches, rows, y, yOffset);
        }
    }

    @Override
    public void depthwise(
            float[] x, int xOffset, Patches patches, int rows, float[] w, float[] initial, float[] y, int yOffset) {
        if (VectorApiDepthwise.canForward(patches, rows)) {
            VectorApiDepthwise.forward(x, xOffset, patches, rows, w, initial, y, yOffset);
        } else {
            super.depthwise(x, xOffset, patches, rows, w, initial, y, yOffset);
        }
    }

    @Override
    public void depthwiseGradient(
            float[] x, int xOffset, Patches patches, int rows, float[] dy, int dyOffset, float[] dw, int dwOffset) {
        VectorApiDepthwise.gradient(x, xOffset, patches, rows, dy, dyOffset, dw, dwOffset);
    }

    @Override
    public void maximum(float[] x, int xOffset, Patches patches, int rows, float[] y, int yOffset) {
        if (patches.run() < LANES) {
            super.maximum(x, xOffset, patches, rows, y, yOffset);
        } else {
            VectorApiDepthwise.maximum(x, xOffset, patches, rows, y, yOffset);
        }
    }

    @Override
    public void addClamped(
            float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset, int count, float min, float max) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xOffset + i)
                    .add(FloatVector.fromArray(SPECIES, y, yOffset + i))
                    .min(max)
                    .max(min)
                    .intoArray(z, zOffset + i);
        }
        super.addClamped(x, xOffset + i, y, yOffset + i, z, zOffset + i, count - i, min, max);
    }

    @Override
    public void clamp(float[] x, int xOffset, int count, float min, float max) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xOffset + i).min(max).max(min).intoArray(x, xOffset + i);
        }
        super.clamp(x, xOffset + i, count - i, min, max);
    }

    @Override
    public void maskClamped(float[] g, int gOffset, float[] y, int yOffset, int count, float min, float max) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, y, yOffset + i);
            VectorMask<Float> inside =
                    value.compare(VectorOperators.GT, min).and(value.compare(VectorOperators.LT, max));
            zero.blend(FloatVector.fromArray(SPECIES, g, gOffset + i), inside).intoArray(g, gOffset + i);
        }
        super.maskClamped(g, gOffset + i, y, yOffset + i, count - i, min, max);
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
        int period = scale.length;
        for (int begin = 0; begin < count; begin += period) {
            int end = Math.min(period, count - begin);
            int i = 0;
            for (; i + LANES <= end; i += LANES) {
                FloatVector.fromArray(SPECIES, x, xOffset + begin + i)
                        .fma(FloatVector.fromArray(SPECIES, scale, i), FloatVector.fromArray(SPECIES, shift, i))
                        .min(max)
                        .max(min)
                        .intoArray(y, yOffset + begin + i);
            }
            affine(x, xOffset + begin, y, yOffset + begin, i, end, scale, shift, min, max);
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
        int period = shift.length;
        for (int begin = 0; begin < count; begin += period) {
            int end = Math.min(period, count - begin);
            int i = 0;
            for (; i + LANES <= end; i += LANES) {
                FloatVector linear = FloatVector.fromArray(SPECIES, x, xOffset + begin + i)
                        .fma(FloatVector.fromArray(SPECIES, xScale, i), FloatVector.fromArray(SPECIES, shift, i));
                FloatVector.fromArray(SPECIES, dy, dyOffset + begin + i)
                        .fma(FloatVector.fromArray(SPECIES, dyScale, i), linear)
                        .intoArray(dx, dxOffset + begin + i);
            }
            combine(dy, dyOffset + begin, x, xOffset + begin, dx, dxOffset + begin, i, end, dyScale, xScale, shift);
        }
    }

    @Override
    public void columnSums(float[] x, int xOffset, int rows, int columns, float[] sums, int sumsOffset) {
        int vectorized = VectorApiColumns.sums(x, xOffset, rows, columns, sums, sumsOffset);
        PlainColumns.sums(x, xOffset, rows, columns, vectorized, sums, sumsOffset);
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
        int vectorized =
                VectorApiColumns.products(x, xOffset, xCenter, y, yOffset, yCenter, rows, columns, sums, sumsOffset);
        PlainColumns.products(x, xOffset, xCenter, y, yOffset, yCenter, rows, columns, vectorized, sums, sumsOffset);
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
        if (columns % LANES != 0) {
            maskClamped(g, gOffset, y, yOffset, rows * columns, min, max);
            columnSums(g, gOffset, rows, columns, sums, sumsOffset);
            columnProducts(x, xOffset, xCenter, g, gOffset, null, rows, columns, products, sumsOffset);
            return;
        }
        for (int c = 0; c < columns; c += LANES) {
            VectorApiColumns.masked(
                    g,
                    gOffset,
                    y,
                    yOffset,
                    min,
                    max,
                    x,
                    xOffset,
                    xCenter,
                    c,
                    rows,
                    columns,
                    sums,
                    products,
                    sumsOffset);
        }
    }

    @Override
    public void requantize(float[] x, int xOffset, int count, RequantizeTable table, ExactRequantizer exact) {
        int period = table.scale.length;
        for (int begin = 0; begin < count; begin += period) {
            int end = Math.min(period, count - begin);
            int i = 0;
            for (; i + 2 * LANES <= end; i += 2 * LANES) {
                requantizePair(x, xOffset, begin, i, table, exact);
            }
            requantize(x, xOffset, begin, i, end, table, exact);
        }
    }

    /** Two vectors, of which one in ten or so has an element that is not certain; asked for both at once. */
    private static void requantizePair(
            float[] x, int xOffset, int begin, int i, RequantizeTable table, ExactRequantizer exact) {
        int j = i + LANES;
        int at = xOffset + begin + i;
        FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
        FloatVector x1 = FloatVector.fromArray(SPECIES, x, at + LANES);
        FloatVector product0 = rescale(x0, table, i);
        FloatVector product1 = rescale(x1, table, j);
        FloatVector rounded0 = product0.add(ROUNDER).sub(ROUNDER);
        FloatVector rounded1 = product1.add(ROUNDER).sub(ROUNDER);
        FloatVector room0 = room(product0, rounded0, table, i);
        FloatVector room1 = room(product1, rounded1, table, j);
        FloatVector output0 = output(rounded0, table);
        FloatVector output1 = output(rounded1, table);
        if (room0.min(room1).compare(VectorOperators.LT, 0).anyTrue()) {
            output0.add(DECIDED).blend(x0, room0.compare(VectorOperators.LT, 0)).intoArray(x, at);
            output1.add(DECIDED).blend(x1, room1.compare(VectorOperators.LT, 0)).intoArray(x, at + LANES);
            decide(x, at, begin + i, exact);
        } else {
            output0.intoArray(x, at);
            output1.intoArray(x, at + LANES);
        }
    }

    /** Two vectors with outputs, marked by {@link #DECIDED}, and accumulators, which are whole numbers. */
    private static void decide(float[] x, int at, int position, ExactRequantizer exact) {
        for (int lane = 0; lane < 2 * LANES; lane++) {
            float value = x[at + lane];
            x[at + lane] = value == (long) value ? exact.apply(value, position + lane) : value - DECIDED;
        }
    }

    private static FloatVector rescale(FloatVector x, RequantizeTable table, int i) {
        return x.add(FloatVector.fromArray(SPECIES, table.shift, i))
                .mul(FloatVector.fromArray(SPECIES, table.scale, i));
    }

    /** Below 0 where it is not certain to which number the integers would round. */
    private static FloatVector room(FloatVector product, FloatVector rounded, RequantizeTable table, int i) {
        return FloatVector.fromArray(SPECIES, table.certain, i)
                .sub(product.sub(rounded).abs());
    }

    /** The sign of 0 does not matter here, and two comparisons are a third of what exact minima take. */
    private static FloatVector output(FloatVector rounded, RequantizeTable table) {
        FloatVector y = rounded.add(table.zeroPoint);
        FloatVector greatest = FloatVector.broadcast(SPECIES, table.max);
        FloatVector least = FloatVector.broadcast(SPECIES, table.min);
        FloatVector below = y.blend(greatest, y.compare(VectorOperators.GT, greatest));
        return below.blend(least, below.compare(VectorOperators.LT, least));
    }

    @Override
    public boolean areFinite(float[] x, int offset, int count) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        int i = 0;
        for (; i + 2 * LANES <= count; i += 2 * LANES) {
            s0 = FloatVector.fromArray(SPECIES, x, offset + i).mul(0).add(s0);
            s1 = FloatVector.fromArray(SPECIES, x, offset + i + LANES).mul(0).add(s1);
        }
        return s0.add(s1).reduceLanes(VectorOperators.ADD) == 0 && super.areFinite(x, offset + i, count - i);
    }

    @Override
    public long quantize(
            float[] x, int xOffset, float[] q, int qOffset, float[] y, int yOffset, int count, float scale) {
        FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector magnitudes = sum;
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector rounded = FloatVector.fromArray(SPECIES, x, xOffset + i)
                    .div(scale)
                    .add(rounder)
                    .sub(rounder);
            rounded.mul(scale).intoArray(y, yOffset + i);
            rounded.intoArray(q, qOffset + i);
            sum = sum.add(rounded);
            magnitudes = magnitudes.add(rounded.abs());
        }
        // Whole numbers, so the order does not matter.
        return sums(sum.reduceLanes(VectorOperators.ADD), magnitudes.reduceLanes(VectorOperators.ADD))
                + super.quantize(x, xOffset + i, q, qOffset + i, y, yOffset + i, count - i, scale);
    }

    @Override
    public float maxAbs(float[] x, int offset, int count) {
        FloatVector m0 = FloatVector.zero(SPECIES);
        FloatVector m1 = m0;
        FloatVector m2 = m0;
        FloatVector m3 = m0;
        int i = 0;
        for (; i + 4 * LANES <= count; i += 4 * LANES) {
            m0 = greatest(m0, x, offset + i);
            m1 = greatest(m1, x, offset + i + LANES);
            m2 = greatest(m2, x, offset + i + 2 * LANES);
            m3 = greatest(m3, x, offset + i + 3 * LANES);
        }
        float greatest = m0.max(m1).max(m2.max(m3)).reduceLanes(VectorOperators.MAX);
        return Math.max(greatest, super.maxAbs(x, offset + i, count - i));
    }

    /** Magnitudes have no -0, and a comparison is a third of what an exact maximum takes. */
    private static FloatVector greatest(FloatVector so, float[] x, int at) {
        FloatVector magnitude = FloatVector.fromArray(SPECIES, x, at).abs();
        return so.blend(magnitude, magnitude.compare(VectorOperators.GT, so));
    }

    @Override
    public void adam(float[] w, float[] g, float[] m, float[] v, int offset, int count, AdamStep step) {
        float meanRate = 1 - step.beta1();
        float squareRate = 1 - step.beta2();
        int i = offset;
        for (; i + LANES <= offset + count; i += LANES) {
            FloatVector gradient = FloatVector.fromArray(SPECIES, g, i);
            FloatVector mean = FloatVector.fromArray(SPECIES, m, i);
            FloatVector square = FloatVector.fromArray(SPECIES, v, i);
            mean = mean.fma(FloatVector.broadcast(SPECIES, step.beta1()), gradient.mul(meanRate));
            square = square.fma(
                    FloatVector.broadcast(SPECIES, step.beta2()),
                    gradient.mul(squareRate).mul(gradient));
            FloatVector root = square.mul(step.correction()).sqrt().add(step.epsilon());
            FloatVector change = mean.mul(step.rate()).div(root);
            mean.intoArray(m, i);
            square.intoArray(v, i);
            FloatVector.fromArray(SPECIES, w, i).mul(step.decay()).sub(change).intoArray(w, i);
        }
        super.adam(w, g, m, v, i, offset + count - i, step);
    }

    @Override
    public void momentum(
            float[] w, float[] g, float[] v, int offset, int count, float rate, float momentum, float decay) {
        int i = offset;
        for (; i + LANES <= offset + count; i += LANES) {
            FloatVector velocity = FloatVector.fromArray(SPECIES, v, i)
                    .fma(FloatVector.broadcast(SPECIES, momentum), FloatVector.fromArray(SPECIES, g, i));
            velocity.intoArray(v, i);
            FloatVector decayed = FloatVector.fromArray(SPECIES, w, i).mul(decay);
            velocity.fma(FloatVector.broadcast(SPECIES, -rate), decayed).intoArray(w, i);
        }
        super.momentum(w, g, v, i, offset + count - i, rate, momentum, decay);
    }
}
