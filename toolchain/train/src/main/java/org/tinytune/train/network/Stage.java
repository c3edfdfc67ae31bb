package org.tinytune.train.network;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.graph.TrainingKernel.BatchPasses;
import org.tinytune.core.graph.TrainingKernel.BatchStatistics;
import org.tinytune.train.network.NetworkBuffers.Addition;

/**
 * A part of a step, before the end of which nothing of the next begins.
 *
 * @param units into which it is divided
 * @param task does a unit
 * @param end what one thread does when all units are done
 */
record Stage(int units, Workers.UnitTask task, Runnable end) {
    private static final Runnable NOTHING = () -> {};

    /** Puts the stages of a step together. */
    static final class Builder {
        private final List<Stage> stages = new ArrayList<>();
        private final List<ShardTask> tasks = new ArrayList<>();
        private final Network network;

        /** @param network that knows the size of the batch */
        Builder(Network network) {
            this.network = network;
        }

        Builder task(ShardTask task) {
            tasks.add(task);
            return this;
        }

        void forward(TrainingKernel kernel, TimedTasks timed, boolean training) {
            BatchStatistics statistics = kernel.statistics();
            if (training && statistics != null) {
                task(timed.shard(Pass.FORWARD, statistics::sumForward))
                        .wait(timed.once(Pass.FORWARD, () -> statistics.combineForward(network.entries())));
            }
            BatchPasses batch = kernel.batch();
            if (batch != null) {
                task(timed.shard(Pass.FORWARD, batch::stage)).wait(NOTHING);
                units(
                        batch.forwardUnits(),
                        timed.unit(
                                Pass.FORWARD,
                                (unit, worker) -> batch.forward(unit, network.entries(), network.scratch(worker))));
            }
            task(timed.shard(Pass.FORWARD, kernel::forward));
        }

        void backward(TrainingKernel kernel, TimedTasks timed, List<Addition> additions) {
            BatchStatistics statistics = kernel.statistics();
            if (statistics != null) {
                task(timed.shard(Pass.BACKWARD, statistics::sumBackward))
                        .wait(timed.once(Pass.BACKWARD, () -> statistics.combineBackward(network.entries())));
            }
            task(timed.shard(Pass.BACKWARD, kernel::backward));
            BatchPasses batch = kernel.batch();
            if (batch != null) {
                wait(NOTHING);
                units(
                        batch.backwardUnits(),
                        timed.unit(
                                Pass.BACKWARD,
                                (unit, worker) -> batch.backward(unit, network.entries(), network.scratch(worker))));
                task(timed.shard(Pass.BACKWARD, batch::completeBackward));
            }
            for (Addition addition : additions) {
                task(timed.shard(Pass.BACKWARD, shard -> network.add(shard, addition)));
            }
        }

        /** What shards have to do up to here, and then wait for each other. */
        private void wait(Runnable end) {
            ShardTask[] all = tasks.toArray(ShardTask[]::new);
            stages.add(new Stage(network.shards(), (unit, worker) -> network.run(unit, worker, all), end));
            tasks.clear();
        }

        private void units(int count, Workers.UnitTask task) {
            stages.add(new Stage(count, task, NOTHING));
        }

        List<Stage> build() {
            wait(NOTHING);
            return List.copyOf(stages);
        }
    }
}
