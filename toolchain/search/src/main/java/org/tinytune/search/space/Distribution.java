package org.tinytune.search.space;

/**
 * The values that a parameter may take, and how they lie along one axis of the unit cube.
 *
 * <p>{@code decode} maps [0, 1] onto the values so that a uniform coordinate gives the distribution; {@code encode}
 * gives the coordinate in the middle of all that decode to a value, so {@code decode(encode(v))} is {@code v} for
 * integers and categories, and {@code v} up to rounding for floats.
 */
public sealed interface Distribution permits FloatDistribution, IntDistribution, CategoricalDistribution {

    /**
     * The coordinate of a value.
     *
     * @param value one that this distribution {@link #contains}
     * @return in [0, 1]
     * @throws IllegalArgumentException if the value is not one of this distribution's
     */
    double encode(Object value);

    /**
     * The value at a coordinate.
     *
     * @param unit in [0, 1]
     * @return a {@link Double}, {@link Integer} or {@link String}
     */
    Object decode(double unit);

    /**
     * The value of this distribution that is nearest to one: a number is moved between the bounds and onto the step.
     *
     * @param value a number for numbers, one of the choices for categories
     * @throws IllegalArgumentException if it is neither
     */
    Object nearest(Object value);

    /** Whether a value has the right type and lies within the bounds and on the step. */
    boolean contains(Object value);

    /** Whether neighbours along the axis are alike; categories are not, any two of them are equally far apart. */
    boolean isOrdered();

    /** One line, the same for equal distributions and no others, as in {@code int [8, 64] log}. */
    String describe();

    /** A number as a double. */
    static double number(Distribution distribution, Object value) {
        if (value instanceof Number number && !Double.isNaN(number.doubleValue())) {
            return number.doubleValue();
        }
        throw foreign(distribution, value);
    }

    /** Refuses a value of another distribution. */
    private static IllegalArgumentException foreign(Distribution distribution, Object value) {
        return new IllegalArgumentException(value + " is not in " + distribution.describe());
    }

    /** The value itself, if the distribution contains it. */
    static <T> T checked(Distribution distribution, Class<T> type, Object value) {
        if (!distribution.contains(value)) {
            throw foreign(distribution, value);
        }
        return type.cast(value);
    }
}
