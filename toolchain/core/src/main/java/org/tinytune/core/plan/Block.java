package org.tinytune.core.plan;

/**
 * Bytes of the arena that belong together for a while: a tensor with all that overwrite it in place, a ring of its
 * rows, or a scratch. Which of its bytes are in use may change: a tensor fills up row by row, and rows that nobody
 * reads any more are free for others.
 *
 * @param bytes that it occupies
 * @param firstStep first moment at which they are in use; -1 for a graph input
 * @param lastStep last moment at which they are in use, inclusive
 * @param begins first byte in use at each moment from the first on; {@code null} if it is always 0
 * @param ends one past the last byte in use at each moment; {@code null} if it is always all
 */
record Block(int bytes, int firstStep, int lastStep, int[] begins, int[] ends) {
    /** A block all of whose bytes are in use from the first to the last moment. */
    Block(int bytes, int firstStep, int lastStep) {
        this(bytes, firstStep, lastStep, null, null);
    }

    /** Whether both are in use at some moment. */
    boolean meets(Block other) {
        return firstStep <= other.lastStep && other.firstStep <= lastStep;
    }

    /** Whether any byte is in use at a moment. */
    boolean isUsed(int moment) {
        return firstStep <= moment && moment <= lastStep;
    }

    /** Whether all bytes are in use whenever any is. */
    boolean isWhole() {
        return begins == null;
    }

    /** The first byte in use at a moment. */
    int begin(int moment) {
        return begins == null ? 0 : begins[moment - firstStep];
    }

    /** One past the last byte in use at a moment. */
    int end(int moment) {
        return ends == null ? bytes : ends[moment - firstStep];
    }

    /**
     * How two blocks must not lie to each other: the second's offset less the first's lies outside of {@code (above,
     * below)}, both exclusive.
     *
     * @param above the second may begin so far above the first's begin at the most, negative if it must lie below it
     * @param below the second may begin so far behind the first's begin at the least
     */
    record Clearance(int above, int below) {
        /** Of two blocks that are never in use together. */
        static final Clearance NONE = new Clearance(0, 0);

        /** Whether there is anything to heed. */
        boolean binds() {
            return above < below;
        }

        /** The same of the two blocks in the other order. */
        Clearance swapped() {
            return new Clearance(-below, -above);
        }
    }

    /**
     * How another block must not lie to this one.
     *
     * <p>At a moment, {@code [a, b)} of this and {@code [c, d)} of the other overlap if the other begins less than
     * {@code b - c} behind this and more than {@code a - d}. Over all moments that is taken together to one interval,
     * so a block lies wholly below or above another as long as both are in use. Bytes of one that are never in use
     * together with the same bytes of the other may coincide: what Mansouri et al., "Diagonal Memory Optimisation for
     * Machine Learning on Micro-controllers" (2020), compute for single operators from the order of a kernel's
     * accesses.
     */
    Clearance clearance(Block other) {
        if (!meets(other)) {
            return Clearance.NONE;
        }
        if (isWhole() && other.isWhole()) {
            return new Clearance(-other.bytes, bytes);
        }
        int above = Integer.MAX_VALUE;
        int below = Integer.MIN_VALUE;
        int last = Math.min(lastStep, other.lastStep);
        for (int m = Math.max(firstStep, other.firstStep); m <= last; m++) {
            if (begin(m) < end(m) && other.begin(m) < other.end(m)) {
                above = Math.min(above, begin(m) - other.end(m));
                below = Math.max(below, end(m) - other.begin(m));
            }
        }
        return above == Integer.MAX_VALUE ? Clearance.NONE : new Clearance(above, below);
    }
}
