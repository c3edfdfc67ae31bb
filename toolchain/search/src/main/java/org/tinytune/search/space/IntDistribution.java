package org.tinytune.search.space;

/**
 * Integers from low to high, by a step, or uniform in their logarithm.
 *
 * @param low at least 1 if {@code log}
 * @param high at least {@code low}, and a whole number of steps from it
 * @param step at least 1; 1 if {@code log}
 * @param log whether equal steps along the axis are equal ratios
 */
public record IntDistribution(int low, int high, int step, boolean log) implements Distribution {

    /** Checks the bounds. */
    public IntDistribution {
        if (low > high || step < 1 || ((long) high - low) % step != 0) {
            throw new IllegalArgumentException(
                    describe(low, high, step, log) + " is not a whole number of steps from low to high");
        }
        if (log && (low < 1 || step != 1)) {
            throw new IllegalArgumentException(describe(low, high, step, log) + " needs low >= 1 and step 1");
        }
    }

    /** Every integer in [low, high], equally likely. */
    public static IntDistribution uniform(int low, int high) {
        return new IntDistribution(low, high, 1, false);
    }

    /** low, low + step, ... high, equally likely. */
    public static IntDistribution stepped(int low, int high, int step) {
        return new IntDistribution(low, high, step, false);
    }

    /** Every integer in [low, high], {@code low >= 1}, with a probability that falls as 1 / value. */
    public static IntDistribution log(int low, int high) {
        return new IntDistribution(low, high, 1, true);
    }

    @Override
    public double encode(Object value) {
        int v = Distribution.checked(this, Integer.class, value);
        if (log) {
            return (StrictMath.log(v) - logLow()) / (logHigh() - logLow());
        }
        long index = ((long) v - low) / step;
        return (index + 0.5) / count();
    }

    @Override
    public Integer decode(double unit) {
        if (log) {
            double v = StrictMath.exp(logLow() + unit * (logHigh() - logLow()));
            return (int) Math.max(low, Math.min(high, StrictMath.rint(v)));
        }
        long index = Math.min((long) (unit * count()), count() - 1);
        return Math.toIntExact(low + index * step);
    }

    /** An integer owns half a unit on either side, so that the ends are as likely as their neighbours. */
    private double logLow() {
        return StrictMath.log(low - 0.5);
    }

    private double logHigh() {
        return StrictMath.log(high + 0.5);
    }

    private long count() {
        return ((long) high - low) / step + 1;
    }

    @Override
    public Integer nearest(Object value) {
        double within = Math.max(low, Math.min(high, Distribution.number(this, value)));
        return Math.toIntExact(low + step * (long) StrictMath.rint((within - low) / step));
    }

    @Override
    public boolean contains(Object value) {
        return value instanceof Integer v && v >= low && v <= high && ((long) v - low) % step == 0;
    }

    @Override
    public boolean isOrdered() {
        return true;
    }

    @Override
    public String describe() {
        return describe(low, high, step, log);
    }

    private static String describe(int low, int high, int step, boolean log) {
        return "int [" + low + ", " + high + "]" + (step == 1 ? "" : " step " + step) + (log ? " log" : "");
    }
}
