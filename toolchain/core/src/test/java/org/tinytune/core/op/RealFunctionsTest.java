package org.tinytune.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class RealFunctionsTest {
    private static final int POINTS = 200_000;

    /** A function of floats. */
    private interface FloatFunction {
        float apply(float x);
    }

    /** At points of any magnitude up to e^4.4 = 81. */
    private static void assertClose(FloatFunction function, DoubleUnaryOperator exact, double units) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < POINTS; i++) {
            float x = (float) ((random.nextBoolean() ? 1 : -1) * StrictMath.exp(random.nextDouble(-20, 4.4)));
            double wanted = exact.applyAsDouble(x);
            double off = Math.abs(function.apply(x) - wanted) / Math.ulp((float) wanted);
            assertThat(off).as("at %s", x).isLessThan(units);
        }
    }

    @Test
    void areWithinAFewUnitsInTheLastPlace() {
        assertClose(RealFunctions::exp, StrictMath::exp, 1.5);
        assertClose(RealFunctions::expMinusOne, StrictMath::expm1, 2);
        assertClose(RealFunctions::logistic, x -> 1 / (1 + StrictMath.exp(-x)), 3);
        assertClose(RealFunctions::tanh, StrictMath::tanh, 3);
    }

    @Test
    void saturateWhereTheyHaveToAndKeepNaN() {
        assertThat(RealFunctions.tanh(1e30f)).isEqualTo(1);
        assertThat(RealFunctions.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(RealFunctions.tanh(0)).isZero();
        assertThat(RealFunctions.logistic(1e30f)).isEqualTo(1);
        assertThat(RealFunctions.logistic(-1e30f)).isBetween(0f, 1e-37f);
        assertThat(RealFunctions.exp(0)).isEqualTo(1);
        assertThat(RealFunctions.tanh(Float.NaN)).isNaN();
        assertThat(RealFunctions.logistic(Float.NaN)).isNaN();
    }
}
