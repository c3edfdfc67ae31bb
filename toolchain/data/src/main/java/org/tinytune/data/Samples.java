package org.tinytune.data;

import java.util.List;
import java.util.Optional;
import org.tinytune.core.tensor.Shape;

/**
 * Labelled samples of one shape, in a fixed order: a whole data set or a part of one. Immutable, so any number of
 * threads may read.
 */
public interface Samples {
    /** The shape of each sample: {@code [H, W, C]} or {@code [N]}, without a batch extent. */
    Shape shape();

    /** The names of the classes; a target is an index into them. */
    List<String> labels();

    /** The range that the raw values can have by their nature, where the data set states it. */
    Optional<ValueRange> declaredRange();

    /** The number of samples. */
    int size();

    /** The class of sample {@code i}: an index into {@link #labels}. */
    int target(int i);

    /** The position of sample {@code i} in the whole data set, the same in every part that holds it. */
    int index(int i);

    /**
     * Copies the raw values of sample {@code i}, in the order of {@link #shape}.
     *
     * @param into receives {@code shape().elements()} values
     * @param offset where the first one goes
     */
    void read(int i, float[] into, int offset);
}
