package org.tinytune.train.optimizer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Something with a memory that a checkpoint keeps: restored, it goes on as if it had never stopped, to the last bit.
 */
public interface Resumable {
    /** Writes what it remembers; nothing if it remembers nothing. */
    default void save(DataOutput out) throws IOException {}

    /**
     * Reads what another of the same settings has written.
     *
     * @throws IOException if it cannot be read, or was written for a network of another size
     */
    default void restore(DataInput in) throws IOException {}
}
