package org.tinytune.search.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BfgsTest {

    @Test
    void findsTheEndOfRosenbrocksValley() {
        AtomicInteger evaluations = new AtomicInteger();
        double[] start = {-1.2, 1};

        Bfgs.Minimum minimum = Bfgs.minimize(
                (x, gradient) -> {
                    evaluations.incrementAndGet();
                    return rosenbrock(x, gradient);
                },
                start,
                100,
                1e-8);

        assertThat(minimum.x()).containsExactly(new double[] {1, 1}, within(1e-6));
        assertThat(minimum.value()).isCloseTo(0, within(1e-12));
        assertThat(start).as("the start is left alone").containsExactly(-1.2, 1);
        assertThat(evaluations)
                .as("a quasi-Newton method, not steepest descent")
                .hasValueLessThan(100);
    }

    /** Σ c_j (x_j − j)² with conditions from 1 to 1000. */
    @Test
    void minimisesAnIllConditionedQuadratic() {
        int m = 20;
        DifferentiableFunction quadratic = (x, gradient) -> {
            double sum = 0;
            for (int j = 0; j < m; j++) {
                double c = Math.pow(1000, j / (m - 1.0));
                sum += c * (x[j] - j) * (x[j] - j);
                gradient[j] = 2 * c * (x[j] - j);
            }
            return sum;
        };
        Bfgs.Minimum minimum = Bfgs.minimize(quadratic, new double[m], 200, 1e-6);
        for (int j = 0; j < m; j++) {
            assertThat(minimum.x()[j]).as("x[%d]", j).isCloseTo(j, within(1e-6));
        }
    }

    /** −log(x) + x, minimal at 1, is not defined below 0, and the first steps lead there. */
    @Test
    void backtracksWhereTheFunctionIsNotDefined() {
        DifferentiableFunction barrier = (x, gradient) -> {
            if (x[0] <= 0) {
                return Double.POSITIVE_INFINITY;
            }
            gradient[0] = 1 - 1 / x[0];
            return x[0] - Math.log(x[0]);
        };
        assertThat(Bfgs.minimize(barrier, new double[] {0.9}, 50, 1e-9).x()[0]).isCloseTo(1, within(1e-6));
        assertThat(Bfgs.minimize(barrier, new double[] {0.01}, 50, 1e-9).x()[0]).isCloseTo(1, within(1e-6));
        assertThat(Bfgs.minimize(barrier, new double[] {9}, 50, 1e-9).x()[0]).isCloseTo(1, within(1e-6));
    }

    /** Concave at the start, where the update must not take the curvature. */
    @Test
    void descendsFromWhereTheFunctionIsConcave() {
        DifferentiableFunction cosine = (x, gradient) -> {
            gradient[0] = -Math.sin(x[0]);
            return Math.cos(x[0]);
        };
        assertThat(Bfgs.minimize(cosine, new double[] {0.1}, 100, 1e-9).x()[0]).isCloseTo(Math.PI, within(1e-8));
    }

    @Test
    void neverEndsAboveItsStart() {
        DifferentiableFunction noisy = (x, gradient) -> {
            gradient[0] = 1; // a wrong gradient: no step along it improves
            return -x[0];
        };
        Bfgs.Minimum minimum = Bfgs.minimize(noisy, new double[] {3}, 50, 1e-9);
        assertThat(minimum.x()).containsExactly(3);
        assertThat(minimum.value()).isEqualTo(-3);
    }

    @Test
    void stopsAtTheBoundOnIterations() {
        Bfgs.Minimum none = Bfgs.minimize(BfgsTest::rosenbrock, new double[] {-1.2, 1}, 0, 1e-8);
        assertThat(none.x()).containsExactly(-1.2, 1);
        Bfgs.Minimum three = Bfgs.minimize(BfgsTest::rosenbrock, new double[] {-1.2, 1}, 3, 1e-8);
        assertThat(three.value()).isLessThan(none.value()).isGreaterThan(0.1);
    }

    @Test
    void stopsWhereTheValueIsNotANumber() {
        DifferentiableFunction nowhere = (x, gradient) -> {
            gradient[0] = Double.NaN;
            return Double.NaN;
        };
        assertThat(Bfgs.minimize(nowhere, new double[] {1}, 50, 1e-8).x()).containsExactly(1);
    }

    private static double rosenbrock(double[] x, double[] gradient) {
        double a = 1 - x[0];
        double b = x[1] - x[0] * x[0];
        gradient[0] = -2 * a - 400 * x[0] * b;
        gradient[1] = 200 * b;
        return a * a + 100 * b * b;
    }
}
