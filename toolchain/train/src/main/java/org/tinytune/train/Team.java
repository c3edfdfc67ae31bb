package org.tinytune.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.tinytune.core.graph.Shard;

/**
 * The threads that share a mini-batch. Each member carries its own shards through the network; they wait for each other
 * only where an operator needs the whole batch. A team of one never waits.
 */
final class Team implements AutoCloseable {
    private final List<Member> members = new ArrayList<>();
    private final ExecutorService others;
    private final CyclicBarrier barrier;
    private boolean training;
    private int samples;

    /** @param threads how many there are at most; more than shards have nothing to do */
    Team(int threads) {
        int size = Math.max(1, Math.min(threads, Network.SHARDS));
        barrier = new CyclicBarrier(size);
        others = size == 1
                ? null
                : Executors.newFixedThreadPool(size - 1, task -> {
                    Thread thread = new Thread(task, "training");
                    thread.setDaemon(true);
                    return thread;
                });
        for (int m = 0; m < size; m++) {
            List<Shard> shards = new ArrayList<>();
            for (int s = m; s < Network.SHARDS; s += size) {
                shards.add(new Shard(s));
            }
            members.add(new Member(shards));
        }
    }

    /** Makes room for what the kernels of a network work in. */
    void serve(Network network) {
        for (Member member : members) {
            float[] scratch = new float[network.scratchFloats()];
            member.shards.forEach(shard -> shard.useScratch(scratch));
        }
    }

    /**
     * Sets out a step.
     *
     * @param batch samples of it
     * @param isTraining whether operators that differ do as in training
     * @param step number of the step, for random streams
     */
    void begin(int batch, boolean isTraining, long step) {
        samples = batch;
        training = isTraining;
        for (Member member : members) {
            member.shards.forEach(shard -> shard.begin(Network.SHARDS, batch, isTraining, step));
        }
    }

    /** Has every member do the work, and returns when all have. */
    void run(Consumer<Member> work) {
        List<Future<?>> running = new ArrayList<>();
        for (int m = 1; m < members.size(); m++) {
            Member member = members.get(m);
            running.add(others.submit(() -> work.accept(member)));
        }
        try {
            work.accept(members.get(0));
        } catch (RuntimeException | Error e) {
            barrier.reset();
            throw e;
        }
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted in a step", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    @Override
    public void close() {
        if (others != null) {
            others.shutdownNow();
        }
    }

    /** One thread's part of a step. */
    final class Member {
        private final List<Shard> shards;

        private Member(List<Shard> shards) {
            this.shards = shards;
        }

        /** Whether the step trains. */
        boolean isTraining() {
            return training;
        }

        /** Samples of the whole batch. */
        int samples() {
            return samples;
        }

        /** Does the work for each of the member's shards that has samples. */
        void each(Consumer<Shard> work) {
            for (Shard shard : shards) {
                if (shard.samples() > 0) {
                    work.accept(shard);
                }
            }
        }

        /** Has one member do the work, after all have come here and before any goes on. */
        void once(Runnable work) {
            await();
            if (this == members.get(0)) {
                work.run();
            }
            await();
        }

        private void await() {
            if (members.size() == 1) {
                return;
            }
            try {
                barrier.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted in a step", e);
            } catch (BrokenBarrierException e) {
                throw new IllegalStateException("another thread of the step failed", e);
            }
        }
    }
}
