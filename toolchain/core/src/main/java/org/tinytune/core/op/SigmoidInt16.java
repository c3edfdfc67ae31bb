package org.tinytune.core.op;

import java.util.OptionalInt;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.tensor.Elements;

/**
 * {@code LOGISTIC} and {@code TANH} in int16: the sigmoid is interpolated between 256 points, and {@code tanh(x) = 2 ·
 * sigmoid(2x) - 1}. The input is first brought to steps of 1 / (3 · 4096), so that a point is every 1/24.
 *
 * <p>Source: tensorflow:lite/kernels/activations.cc, SigmoidPrepare and TanhPrepare; internal/reference/integer_ops/
 * logistic.h and tanh.h; internal/common.cc, sigmoid_table_uint16. Checked by: OperatorDifferentialTest,
 * SigmoidInt16Test.
 */
public final class SigmoidInt16 implements RowKernel {
    private static final int POINTS = 256;
    private static final double POINTS_PER_UNIT = 24;
    private static final double STEPS_PER_UNIT = 3 * 4096.0;

    /** Steps of about 2^-12 are taken for just that; by TANH those of about 2^-11 as well. */
    private static final int FRACTION_BITS = 12;

    private static final int[] SIGMOID = points();

    private final boolean tanh;
    private final int multiplier;
    private final int rightShift;

    private SigmoidInt16(Operands operands, boolean tanh, String name) {
        float scale = Int16Tensors.activation(operands.input(0)).quantization().scale();
        Int16Tensors.requireOutput(operands, name, Int16Tensors.FRACTION);
        this.tanh = tanh;
        double real = scale * STEPS_PER_UNIT;
        OptionalInt exponent = NearPowerOfTwo.exponent(scale);
        int leftShift = exponent.orElse(0) + FRACTION_BITS;
        if (exponent.isPresent() && (leftShift == 0 || tanh && leftShift == 1)) {
            multiplier = 3 << leftShift;
            rightShift = 0;
            return;
        }
        int shift = 0;
        while (real <= Short.MAX_VALUE / 2.0 && shift <= 30) {
            shift++;
            real *= 2;
        }
        if (real >= 1 << 15 || shift > 30) {
            throw new InvalidModelException("tensor '" + operands.input(0).name() + "': scale " + scale
                    + " is out of the range that " + name + " computes in int16");
        }
        multiplier = (int) real;
        rightShift = shift;
    }

    /** The sigmoid: checks the operands and derives the multiplier. */
    public static SigmoidInt16 logistic(Operands operands) {
        return new SigmoidInt16(operands, false, "LOGISTIC");
    }

    /** The hyperbolic tangent: checks the operands and derives the multiplier. */
    public static SigmoidInt16 tanh(Operands operands) {
        return new SigmoidInt16(operands, true, "TANH");
    }

    /**
     * Each is moved by half of what a straight line to the next is below the curve in the middle; the last is as much
     * as 16 bits hold.
     */
    private static int[] points() {
        int[] points = new int[POINTS];
        for (int i = 0; i < POINTS - 1; i++) {
            double sag = sigmoid(i + 0.5) - (sigmoid(i) + sigmoid(i + 1)) / 2;
            points[i] = (int) StrictMath.floor(sigmoid(i) + sag / 2 + 0.5);
        }
        points[POINTS - 1] = 0xFFFF;
        return points;
    }

    private static double sigmoid(double point) {
        return (1 << 16) / (1 + StrictMath.exp(-point / POINTS_PER_UNIT));
    }

    /** The points, in steps of 2^-16, which a target needs as numbers. */
    public static int[] sigmoid() {
        return SIGMOID.clone();
    }

    /** Whether this is the hyperbolic tangent. */
    public boolean isTanh() {
        return tanh;
    }

    /** What the input is multiplied by, below 2^15. */
    public int multiplier() {
        return multiplier;
    }

    /** By how many bits the product is shifted right, rounded to nearest, ties up. */
    public int rightShift() {
        return rightShift;
    }

    /** The output of an input. */
    int apply(int q) {
        int x = q * multiplier + (rightShift > 0 ? 1 << rightShift - 1 : 0) >> rightShift;
        return tanh ? tanhOf(x) : logisticOf(x);
    }

    /** In Q0.25 between the points, then rounded to Q0.15; below 0 the complement to 1. */
    private static int logisticOf(int x) {
        int q = interpolated(Math.abs(x), 9, Short.MAX_VALUE << 10);
        return (x >= 0 ? q + (1 << 9) : (1 << 25) - q + (1 << 9) - 1) >> 10;
    }

    /** In Q0.24 between the points; twice that less 1 is at most 1 in Q0.15. */
    private static int tanhOf(int x) {
        int q = interpolated(Math.abs(x), 8, 0xFFFF << 8) - (1 << 23);
        return (x >= 0 ? q + (1 << 7) : -q + (1 << 7) - 1) >> 8;
    }

    private static int interpolated(int x, int bits, int greatest) {
        int point = x >> bits;
        if (point >= POINTS - 1) {
            return greatest;
        }
        return (SIGMOID[point] << bits) + (x & (1 << bits) - 1) * (SIGMOID[point + 1] - SIGMOID[point]);
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        int count = out.rowBytes() / Short.BYTES;
        for (int y = begin; y < end; y++) {
            int from = in.at(y);
            int to = out.at(y);
            for (int i = 0; i < count; i++) {
                int q = apply(Elements.INT16.get(in.memory(), from, i));
                int clamped = FixedPoint.clamp(q, Short.MIN_VALUE, Short.MAX_VALUE);
                Elements.INT16.set(out.memory(), to, i, clamped);
            }
        }
    }
}
