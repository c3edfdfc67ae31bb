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
     * As wide as the processor has them, up to 512 bits. The same everywhere: where a program computes with two, the
     * compiler of JDK 17 no longer knows which of them a loop has at hand, and moves vectors to the heap.
     */
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;

    private static final int LANES = SPECIES.length();
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
        int begin = 0;
        for (; begin + period <= count; begin += period) {
            for (int i = 0; i < period; i += LANES) {
                FloatVector.fromArray(SPECIES, x, xOffset + begin + i)
                        .fma(FloatVector.fromArray(SPECIES, scale, i), FloatVector.fromArray(SPECIES, shift, i))
                        .min(max)
                        .max(min)
                        .intoArray(y, yOffset + begin + i);
            }
        }
        super.affine(x, xOffset + begin, y, yOffset + begin, count - begin, scale, shift, min, max);
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
        int begin = 0;
        for (; begin + period <= count; begin += period) {
            for (int i = 0; i < period; i += LANES) {
                FloatVector linear = FloatVector.fromArray(SPECIES, x, xOffset + begin + i)
                        .fma(FloatVector.fromArray(SPECIES, xScale, i), FloatVector.fromArray(SPECIES, shift, i));
                FloatVector.fromArray(SPECIES, dy, dyOffset + begin + i)
                        .fma(FloatVector.fromArray(SPECIES, dyScale, i), linear)
                        .intoArray(dx, dxOffset + begin + i);
            }
        }
        super.combine(
                dy, dyOffset + begin, x, xOffset + begin, dx, dxOffset + begin, count - begin, dyScale, xScale, shift);
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
        int begin = 0;
        for (; begin + period <= count; begin += period) {
            requantizePeriod(x, xOffset, begin, table, exact);
        }
        requantize(x, xOffset, begin, 0, count - begin, table, exact);
    }

    private static void requantizePeriod(
            float[] x, int xOffset, int begin, RequantizeTable table, ExactRequantizer exact) {
        FloatVector beyond = FloatVector.broadcast(SPECIES, BEYOND);
        FloatVector below = FloatVector.broadcast(SPECIES, -BEYOND);
        FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
        FloatVector zeroPoint = FloatVector.broadcast(SPECIES, table.zeroPoint);
        FloatVector least = FloatVector.broadcast(SPECIES, table.min);
        FloatVector greatest = FloatVector.broadcast(SPECIES, table.max);
        for (int i = 0; i < table.scale.length; i += LANES) {
            int at = xOffset + begin + i;
            FloatVector product = FloatVector.fromArray(SPECIES, x, at)
                    .add(FloatVector.fromArray(SPECIES, table.shift, i))
                    .mul(FloatVector.fromArray(SPECIES, table.scale, i))
                    .min(beyond)
                    .max(below);
            FloatVector rounded = product.add(rounder).sub(rounder);
            VectorMask<Float> uncertain = product.sub(rounded)
                    .abs()
                    .compare(VectorOperators.GT, FloatVector.fromArray(SPECIES, table.certain, i));
            if (uncertain.anyTrue()) {
                requantize(x, xOffset, begin, i, i + LANES, table, exact);
            } else {
                rounded.add(zeroPoint).min(greatest).max(least).intoArray(x, at);
            }
        }
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
    public void round(float[] x, int xOffset, float[] y, int yOffset, int count, float scale) {
        FloatVector divisor = FloatVector.broadcast(SPECIES, scale);
        FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xOffset + i)
                    .div(divisor)
                    .add(rounder)
                    .sub(rounder)
                    .intoArray(y, yOffset + i);
        }
        super.round(x, xOffset + i, y, yOffset + i, count - i, scale);
    }

    @Override
    public int sum(float[] x, int offset, int count) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        int i = 0;
        for (; i + 2 * LANES <= count; i += 2 * LANES) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, x, offset + i));
            s1 = s1.add(FloatVector.fromArray(SPECIES, x, offset + i + LANES));
        }
        // Whole numbers, so the order does not matter.
        return (int) s0.add(s1).reduceLanes(VectorOperators.ADD) + super.sum(x, offset + i, count - i);
    }

    @Override
    public int sumOfMagnitudes(float[] x, int offset, int count) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        int i = 0;
        for (; i + 2 * LANES <= count; i += 2 * LANES) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, x, offset + i).abs());
            s1 = s1.add(FloatVector.fromArray(SPECIES, x, offset + i + LANES).abs());
        }
        return (int) s0.add(s1).reduceLanes(VectorOperators.ADD) + super.sumOfMagnitudes(x, offset + i, count - i);
    }

    @Override
    public float maxAbs(float[] x, int offset, int count) {
        FloatVector greatest = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            greatest =
                    greatest.max(FloatVector.fromArray(SPECIES, x, offset + i).abs());
        }
        return Math.max(greatest.reduceLanes(VectorOperators.MAX), super.maxAbs(x, offset + i, count - i));
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
