package org.tinytune.search.gp;

/**
 * Minimises a smooth function of a few dozen variables by the quasi-Newton method of Broyden, Fletcher, Goldfarb and
 * Shanno, with backtracking.
 *
 * <p>Source: Nocedal and Wright, Numerical Optimization, 2nd edition 2006: algorithm 6.1, update 6.17, initial scaling
 * 6.20, sufficient decrease 3.4. Checked by: BfgsTest.
 */
final class Bfgs {
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final int MAX_HALVINGS = 12;
    /** No variable moves further at once: in logarithms, a factor of e. */
    private static final double MAX_MOVE = 1;

    private static final double MIN_CURVATURE = 1e-10;

    private Bfgs() {}

    /**
     * Where a descent ended.
     *
     * @param x [m]
     * @param value the function there
     */
    record Minimum(double[] x, double value) {}

    /**
     * Descends from a start.
     *
     * @param function finite at {@code start}
     * @param start [m]
     * @param maxIterations bound on the number of steps
     * @param tolerance on the gradient's largest component
     */
    static Minimum minimize(DifferentiableFunction function, double[] start, int maxIterations, double tolerance) {
        int m = start.length;
        double[] x = start.clone();
        double[] gradient = new double[m];
        double value = function.value(x, gradient);
        double[][] inverseHessian = null;
        for (int iteration = 0; iteration < maxIterations && maxAbs(gradient) > tolerance; iteration++) {
            double[] direction = direction(inverseHessian, gradient);
            double slope = dot(direction, gradient);
            double[] nextX = new double[m];
            double[] nextGradient = new double[m];
            double step = Math.min(1, MAX_MOVE / maxAbs(direction));
            double nextValue = Double.POSITIVE_INFINITY;
            int halvings = 0;
            while (halvings++ <= MAX_HALVINGS) {
                for (int j = 0; j < m; j++) {
                    nextX[j] = x[j] + step * direction[j];
                }
                nextValue = function.value(nextX, nextGradient);
                if (nextValue <= value + SUFFICIENT_DECREASE * step * slope) {
                    break;
                }
                step /= 2;
            }
            if (!(nextValue < value)) {
                break;
            }
            inverseHessian = updated(inverseHessian, minus(nextX, x), minus(nextGradient, gradient));
            x = nextX;
            gradient = nextGradient;
            value = nextValue;
        }
        return new Minimum(x, value);
    }

    /** −H g, or −g as long as no curvature is known. */
    private static double[] direction(double[][] inverseHessian, double[] gradient) {
        double[] direction = new double[gradient.length];
        for (int j = 0; j < direction.length; j++) {
            direction[j] = inverseHessian == null ? -gradient[j] : -dot(inverseHessian[j], gradient);
        }
        return direction;
    }

    /** (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ with ρ = 1 / yᵀs; unchanged where the curvature is not positive. */
    private static double[][] updated(double[][] inverseHessian, double[] s, double[] y) {
        int m = s.length;
        double curvature = dot(s, y);
        if (curvature <= MIN_CURVATURE * dot(y, y)) {
            return inverseHessian;
        }
        double[][] h = inverseHessian == null ? scaledIdentity(m, curvature / dot(y, y)) : inverseHessian;
        double[] hy = new double[m];
        for (int j = 0; j < m; j++) {
            hy[j] = dot(h[j], y);
        }
        double factor = (1 + dot(y, hy) / curvature) / curvature;
        double[][] next = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                next[i][j] = h[i][j] + factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / curvature;
            }
        }
        return next;
    }

    private static double[][] scaledIdentity(int m, double scale) {
        double[][] identity = new double[m][m];
        for (int j = 0; j < m; j++) {
            identity[j][j] = scale;
        }
        return identity;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int j = 0; j < a.length; j++) {
            difference[j] = a[j] - b[j];
        }
        return difference;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    private static double maxAbs(double[] a) {
        double max = 0;
        for (double value : a) {
            max = Math.max(max, Math.abs(value));
        }
        return max;
    }
}
