package org.tinytune.data.split;

import java.util.concurrent.atomic.AtomicBoolean;
import org.tinytune.data.Samples;

/**
 * The test part, sealed. A score on it is unbiased only while nothing has been chosen by it, so it is opened on
 * purpose, and once.
 */
public final class TestSet {
    private final Part samples;
    private final AtomicBoolean opened = new AtomicBoolean();

    TestSet(Part samples) {
        this.samples = samples;
    }

    /** The number of samples, which may be known beforehand. */
    public int size() {
        return samples.size();
    }

    /**
     * The samples, at the end of everything that chooses.
     *
     * @throws IllegalStateException the second time: whoever opened it hands the samples on
     */
    public Samples open() {
        if (opened.getAndSet(true)) {
            throw new IllegalStateException("the test set has been opened before");
        }
        return samples;
    }
}
