package org.tinytune.data.split;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.tinytune.data.Dataset;
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

    /** What data that a model has never seen are tested with: the test part that they come with, otherwise all. */
    public static TestSet ofOtherData(Dataset data) {
        int[] own = data.predefinedTest();
        return new TestSet(new Part(
                data, own.length > 0 ? own : IntStream.range(0, data.size()).toArray()));
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
