package org.tinytune.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps every checkpoint of a training, which begins at a given one. */
public final class KeptCheckpoints implements Checkpoints {
    private final Optional<Checkpoint> first;
    private final List<Checkpoint> kept = new ArrayList<>();

    /** @param first where the training goes on */
    public KeptCheckpoints(Optional<Checkpoint> first) {
        this.first = first;
    }

    @Override
    public Optional<Checkpoint> latest() {
        return first;
    }

    @Override
    public void save(Checkpoint checkpoint) {
        kept.add(checkpoint);
    }

    /** All of them, in order. */
    public List<Checkpoint> kept() {
        return kept;
    }
}
