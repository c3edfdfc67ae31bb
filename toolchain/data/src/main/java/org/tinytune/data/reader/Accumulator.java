package org.tinytune.data.reader;

import java.util.Arrays;

/** Readings whose number is known only at the end. Memory grows with what has come, not with what was announced. */
final class Accumulator {
    private static final int INITIAL = 1 << 6;

    private short[] shorts = new short[0];
    private float[] floats = new float[0];
    private int size;

    /** Adds a count, to others. */
    void add(short value) {
        if (size == shorts.length) {
            shorts = Arrays.copyOf(shorts, Math.max(INITIAL, size + size / 2));
        }
        shorts[size++] = value;
    }

    /** Adds a real number, to others. */
    void add(float value) {
        if (size == floats.length) {
            floats = Arrays.copyOf(floats, Math.max(INITIAL, size + size / 2));
        }
        floats[size++] = value;
    }

    int size() {
        return size;
    }

    /** All counts. */
    short[] shorts() {
        return Arrays.copyOf(shorts, size);
    }

    /** All real numbers. */
    float[] floats() {
        return Arrays.copyOf(floats, size);
    }
}
