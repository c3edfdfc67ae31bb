package org.tinytune.train;

import java.util.Optional;
import org.tinytune.train.distill.Distillation;
import org.tinytune.train.prune.PruningSettings;

/**
 * What makes a network smaller than it was declared, or better for its size.
 *
 * @param pruning of channels, after the training in float
 * @param distillation from a teacher, in all of training; empty for labels alone
 */
public record Compression(PruningSettings pruning, Optional<Distillation> distillation) {
    /** Neither. */
    public static final Compression NONE = new Compression(PruningSettings.NONE, Optional.empty());

    /** The same with other pruning. */
    public Compression with(PruningSettings other) {
        return new Compression(other, distillation);
    }

    /** The same with a teacher. */
    public Compression with(Distillation other) {
        return new Compression(pruning, Optional.of(other));
    }
}
