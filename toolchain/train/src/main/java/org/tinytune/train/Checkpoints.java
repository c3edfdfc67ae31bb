package org.tinytune.train;

import java.util.Optional;
import org.tinytune.core.TinytuneException;

/** Where a training keeps, after every epoch, what it needs to go on. Called from the training thread. */
public interface Checkpoints {
    /** Keeps nothing: a training begins anew each time. */
    Checkpoints NONE = new Checkpoints() {
        @Override
        public Optional<Checkpoint> latest() {
            return Optional.empty();
        }

        @Override
        public void save(Checkpoint checkpoint) {}
    };

    /**
     * Where to go on; empty to begin anew.
     *
     * @throws TinytuneException if what is kept cannot be read, or is not of this training
     */
    Optional<Checkpoint> latest();

    /**
     * Keeps a checkpoint in place of the one before. Should that fail, the one before is still there.
     *
     * @throws TinytuneException if it cannot be kept
     */
    void save(Checkpoint checkpoint);
}
