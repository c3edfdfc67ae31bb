package org.tinytune.data;

/**
 * 64 bits that stand for the content of a sample or for a name, on every JDK the same. Equal contents have equal
 * hashes; that two different ones do by chance is unlikely, and whoever must be sure compares them.
 */
public final class ContentHash {
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
    private static final int ROTATION = 29;

    private ContentHash() {}

    /** Of values; it does not matter whether a zero is negative, which a store of bytes does not keep. */
    public static long of(float[] values) {
        long hash = values.length;
        for (float value : values) {
            hash = next(hash, Float.floatToIntBits(value + 0f));
        }
        return hash;
    }

    /** Of a text. */
    public static long of(String text) {
        long hash = ~text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = next(hash, text.charAt(i));
        }
        return hash;
    }

    private static long next(long hash, int bits) {
        return Long.rotateLeft(hash ^ bits * MULTIPLIER, ROTATION) * MULTIPLIER + bits;
    }
}
