package org.tinytune.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;

/**
 * Samples of one shape with what they should be taken for, in a fixed order: a whole data set or a part of one.
 * Immutable, so any number of threads may read.
 */
public interface Samples {
    /** The shape of each sample: {@code [H, W, C]} or {@code [N]}, without a batch extent. */
    Shape shape();

    /** What is asked for: it says whether samples have classes or quantities. */
    default TaskKind task() {
        return TaskKind.CLASSIFICATION;
    }

    /** The names of the classes; a target is an index into them. Empty if samples have quantities instead. */
    List<String> labels();

    /** The range that the raw values can have by their nature, where the data set states it. */
    Optional<ValueRange> declaredRange();

    /** What the integers of a sample mean if it is a window of sensor data. */
    default Optional<SignalFormat> signal() {
        return Optional.empty();
    }

    /** The number of samples. */
    int size();

    /**
     * The class of sample {@code i}: an index into {@link #labels}.
     *
     * @throws IllegalStateException if samples have no classes
     */
    int target(int i);

    /** The class of normal samples, where anomalies are to be told from them. */
    default OptionalInt normalClass() {
        return OptionalInt.empty();
    }

    /** The names of the quantities that each sample has instead of a class; empty if there are none. */
    default List<String> quantities() {
        return List.of();
    }

    /**
     * Copies the quantities of sample {@code i}, in their own units.
     *
     * @param into receives {@code quantities().size()} finite values
     * @param offset where the first one goes
     */
    default void readQuantities(int i, float[] into, int offset) {}

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
