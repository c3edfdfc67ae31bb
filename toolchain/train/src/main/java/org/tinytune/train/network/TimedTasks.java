package org.tinytune.train.network;

import java.util.Optional;

/** The work of a node, as it is if nobody asks for its time, otherwise with a clock around it. */
final class TimedTasks {
    private final Optional<NodeTimer> timer;
    private final int node;

    TimedTasks(Optional<NodeTimer> timer, int node) {
        this.timer = timer;
        this.node = node;
    }

    /** What is done once. */
    Runnable once(Pass pass, Runnable work) {
        return timer.<Runnable>map(t -> () -> {
                    long began = System.nanoTime();
                    work.run();
                    t.ran(node, pass, System.nanoTime() - began);
                })
                .orElse(work);
    }

    /** What is done for every shard; a shard without samples has nothing to do. */
    ShardTask shard(Pass pass, ShardTask work) {
        return timer.<ShardTask>map(t -> shard -> {
                    long began = System.nanoTime();
                    work.run(shard);
                    if (shard.samples() > 0) {
                        t.ran(node, pass, System.nanoTime() - began);
                    }
                })
                .orElse(work);
    }

    /** What is done for every unit of a batch. */
    Workers.UnitTask unit(Pass pass, Workers.UnitTask work) {
        return timer.<Workers.UnitTask>map(t -> (unit, worker) -> {
                    long began = System.nanoTime();
                    work.run(unit, worker);
                    t.ran(node, pass, System.nanoTime() - began);
                })
                .orElse(work);
    }
}
