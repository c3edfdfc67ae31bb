package org.tinytune.search;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Random streams that are named rather than shared: what is drawn for one purpose does not depend on what was drawn for
 * another, nor on the order in which threads draw.
 */
public final class RandomStreams {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private RandomStreams() {}

    /** The stream of that name: {@link #seed} tells how it is named. */
    public static SplittableRandom stream(long seed, String purpose, long... path) {
        return new SplittableRandom(seed(seed, purpose, path));
    }

    /**
     * A seed of its own for each name. Two different names give unrelated seeds.
     *
     * @param seed the study's seed
     * @param purpose what the numbers are for, as in {@code "initial weights"}
     * @param path numbers that tell streams of one purpose apart, as a trial's number
     */
    public static long seed(long seed, String purpose, long... path) {
        long state = mix(mix(seed + GOLDEN_GAMMA) ^ fnv1a(purpose));
        for (long step : path) {
            state = mix((state + GOLDEN_GAMMA) ^ mix(step + GOLDEN_GAMMA));
        }
        return state;
    }

    /** FNV-1a, 64 bits, over UTF-8: unlike {@link String#hashCode}, wide enough to keep purposes apart. */
    private static long fnv1a(String text) {
        long hash = FNV_OFFSET;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
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
