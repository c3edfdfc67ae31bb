package org.tinytune.data;

import java.util.SplittableRandom;

/**
 * Random streams that are named rather than shared: what is drawn for one purpose does not depend on what was drawn for
 * another, nor on the order in which threads draw.
 */
public final class RandomStreams {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private RandomStreams() {}

    /**
     * The stream of that name. Two different names give unrelated streams.
     *
     * @param seed the user's seed
     * @param path what the stream is for, as in {@code (purpose, epoch, sample)}
     */
    public static SplittableRandom stream(long seed, long... path) {
        long state = mix(seed + GOLDEN_GAMMA);
        for (long step : path) {
            state = mix(state + GOLDEN_GAMMA ^ mix(step + GOLDEN_GAMMA));
        }
        return new SplittableRandom(state);
    }

    /**
     * The finalizer of SplitMix64: a bijection in which each input bit changes about half of the output bits.
     *
     * <p>Source: Steele, Lea, Flood, Fast splittable pseudorandom number generators, OOPSLA 2014, with the constants of
     * Stafford's Mix13.
     */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
