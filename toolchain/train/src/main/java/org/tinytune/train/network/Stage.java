package org.tinytune.train.network;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.graph.TrainingKernel.BatchStatistics;
import org.tinytune.train.network.NetworkBuffers.Addition;

/**
 * What a shard does before it has to wait for the others.
 *
 * @param tasks in their order
 * @param end what one thread does when all shards are there
 */
record Stage(ShardTask[] tasks, Runnable end) {
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

        void forward(TrainingKernel kernel, boolean training) {
            BatchStatistics statistics = kernel.statistics();
            if (training && statistics != null) {
                task(statistics::sumForward).wait(() -> statistics.combineForward(network.samples()));
            }
            task(kernel::forward);
        }

        void backward(TrainingKernel kernel, List<Addition> additions) {
            BatchStatistics statistics = kernel.statistics();
            if (statistics != null) {
                task(statistics::sumBackward).wait(() -> statistics.combineBackward(network.samples()));
            }
            task(kernel::backward);
            for (Addition addition : additions) {
                task(shard -> network.add(shard, addition));
            }
        }

        private void wait(Runnable end) {
            stages.add(new Stage(tasks.toArray(ShardTask[]::new), end));
            tasks.clear();
        }

        List<Stage> build() {
            wait(NOTHING);
            return List.copyOf(stages);
        }
    }
}
