package org.tinytune.train.analysis;

/**
 * How long is measured.
 *
 * @param warmUpSeconds before anything counts, twice at least and until steps get no faster: the JVM compiles what runs
 *     often
 * @param roundSeconds of one round, at least one repetition
 * @param rounds of which the median, or the best, counts; 1 or more
 */
public record Effort(double warmUpSeconds, double roundSeconds, int rounds) {
    /** Some seconds, after which figures differ by some percent from run to run. */
    public static final Effort STANDARD = new Effort(0.5, 0.1, 5);
}
