package org.tinytune.core.graph;

/**
 * A part of a mini-batch: consecutive samples that one thread carries through the network. How a batch is divided
 * depends on its size and the fixed number of shards only, never on the number of threads.
 *
 * <p>Where samples are sequences, the steps of each are counted as samples, and stay in one shard.
 *
 * <p>One object serves a shard in all steps, so that nothing is allocated in a step.
 */
public final class Shard {
    private final int index;
    private int begin;
    private int end;
    private boolean training;
    private long stream;
    private float[] scratch = new float[0];

    /** @param index of the shard, from 0 */
    public Shard(int index) {
        this.index = index;
    }

    /**
     * Sets out a step.
     *
     * @param shards number of shards
     * @param sequences of the batch
     * @param steps of each
     * @param isTraining whether operators that differ do as in training
     * @param streamOfStep names the random streams of this step
     */
    public void begin(int shards, int sequences, int steps, boolean isTraining, long streamOfStep) {
        begin = first(index, shards, sequences) * steps;
        end = first(index + 1, shards, sequences) * steps;
        training = isTraining;
        stream = streamOfStep;
    }

    /** The first sample of a shard, which is one past the last of the shard before it. */
    public static int first(int shard, int shards, int samples) {
        return (int) ((long) shard * samples / shards);
    }

    /** Gives the shard the scratch of the thread that is about to run it. */
    public void useScratch(float[] ofThread) {
        scratch = ofThread;
    }

    /** From 0; the shards are in the order of their samples. */
    public int index() {
        return index;
    }

    /** Its first sample, counted in the batch. */
    public int begin() {
        return begin;
    }

    /** One past its last sample. */
    public int end() {
        return end;
    }

    /** Samples; 0 if the batch is smaller than the number of shards. */
    public int samples() {
        return end - begin;
    }

    /** Whether dropout drops and batch norm normalizes by the batch. */
    public boolean training() {
        return training;
    }

    /** Names the random streams of this step: different in every step. */
    public long stream() {
        return stream;
    }

    /** What kernels may use as they like; its contents do not survive a call. */
    public float[] scratch() {
        return scratch;
    }
}
