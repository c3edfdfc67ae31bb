package org.tinytune.search.space;

/**
 * Real numbers in [low, high], uniform or uniform in their logarithm.
 *
 * @param low finite; above 0 if {@code log}
 * @param high finite, at least {@code low}
 * @param log whether equal steps along the axis are equal ratios
 */
public record FloatDistribution(double low, double high, boolean log) implements Distribution {

    /** Checks the bounds. */
    public FloatDistribution {
        if (!Double.isFinite(low) || !Double.isFinite(high) || low > high || (log && low <= 0)) {
            throw new IllegalArgumentException(describe(low, high, log) + " holds no values");
        }
        if (!Double.isFinite(high - low)) {
            throw new IllegalArgumentException(describe(low, high, log) + " is wider than any number");
        }
    }

    /** Uniform in [low, high]. */
    public static FloatDistribution uniform(double low, double high) {
        return new FloatDistribution(low, high, false);
    }

    /** Uniform in the logarithm, in [low, high] with {@code low > 0}. */
    public static FloatDistribution log(double low, double high) {
        return new FloatDistribution(low, high, true);
    }

    @Override
    public double encode(Object value) {
        double v = Distribution.checked(this, Double.class, value);
        if (low == high) {
            return 0.5;
        }
        double unit = log
                ? (StrictMath.log(v) - StrictMath.log(low)) / (StrictMath.log(high) - StrictMath.log(low))
                : (v - low) / (high - low);
        return Math.max(0, Math.min(1, unit));
    }

    @Override
    public Double decode(double unit) {
        double v = log
                ? StrictMath.exp(StrictMath.log(low) + unit * (StrictMath.log(high) - StrictMath.log(low)))
                : low + unit * (high - low);
        return Math.max(low, Math.min(high, v));
    }

    @Override
    public Double nearest(Object value) {
        return Math.max(low, Math.min(high, Distribution.number(this, value)));
    }

    @Override
    public boolean contains(Object value) {
        return value instanceof Double v && v >= low && v <= high;
    }

    @Override
    public boolean isOrdered() {
        return true;
    }

    @Override
    public String describe() {
        return describe(low, high, log);
    }

    private static String describe(double low, double high, boolean log) {
        return "float [" + low + ", " + high + "]" + (log ? " log" : "");
    }
}
