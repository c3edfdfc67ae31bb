package org.tinytune.core.op;

/**
 * A function of one real variable that an operator applies to every element. Works on stretches of arrays, so that a
 * loop over them stays simple enough for the compiler to vectorize.
 *
 * <p>Float arithmetic only: the same bytes on any JDK, with any provider. Checked by: CurveTest.
 */
public interface Curve {
    /** {@code y[i] = f(x[i])}. */
    void apply(float[] x, int xOffset, float[] y, int yOffset, int count);

    /**
     * The chain rule: {@code dx[i] = dy[i] · f'(x[i])}, where {@code y[i] = f(x[i])} is known.
     *
     * @param dx may be {@code dy}
     */
    void chain(
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            int count);
}
