package org.tinytune.train.network;

import org.tinytune.core.graph.Shard;

/** Something to be done for every shard of a batch, by any thread, in any order. */
@FunctionalInterface
public interface ShardTask {
    /** Nothing. */
    ShardTask NONE = shard -> {};

    /** Does it for one shard. */
    void run(Shard shard);
}
