package org.tinytune.search.study;

/** Which way an objective improves. */
public enum Direction {
    /** Larger is better. */
    MAXIMIZE,
    /** Smaller is better. */
    MINIMIZE;

    /** Whether {@code a} is better than {@code b}, and not only as good. */
    boolean isBetter(double a, double b) {
        return this == MAXIMIZE ? a > b : a < b;
    }
}
