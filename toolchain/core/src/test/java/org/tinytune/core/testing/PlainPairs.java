package org.tinytune.core.testing;

import java.util.function.DoubleBinaryOperator;

/** Operators on pairs of elements in real numbers, of which the shorter operand repeats. */
public final class PlainPairs {
    private PlainPairs() {}

    /** The function of all pairs. */
    public static double[] of(double[][] operands, DoubleBinaryOperator function) {
        double[] first = operands[0];
        double[] second = operands[1];
        double[] results = new double[Math.max(first.length, second.length)];
        for (int i = 0; i < results.length; i++) {
            results[i] = function.applyAsDouble(first[i % first.length], second[i % second.length]);
        }
        return results;
    }
}
