package org.tinytune.data;

import java.security.MessageDigest;

/** The raw values of many samples of one size. Any number of threads may read. */
interface SampleStore {
    /** The number of samples. */
    int size();

    /**
     * Copies the values of a sample.
     *
     * @param offset where the first one goes
     */
    void read(int sample, float[] into, int offset);

    /** Feeds what identifies all values, in order, to the digest. */
    void digest(MessageDigest digest);

    /** Bytes that the values take. */
    long storedBytes();
}
