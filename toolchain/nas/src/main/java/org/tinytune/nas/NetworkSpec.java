package org.tinytune.nas;

import java.util.List;

/**
 * A convolutional network in words: what a search space proposes, before it becomes a graph.
 *
 * @param blocks from the input on
 * @param pooling how the last block's image becomes a vector
 * @param denseUnits width of a fully connected layer in front of the classifier; 0 for none
 * @param dropout probability of dropping an element of the vector in front of the classifier, in [0, 1)
 */
public record NetworkSpec(List<Block> blocks, HeadPooling pooling, int denseUnits, double dropout) {
    /** Keeps a copy. */
    public NetworkSpec {
        blocks = List.copyOf(blocks);
    }

    /**
     * A convolution with batch norm and ReLU, then perhaps a pool.
     *
     * @param kind of convolution
     * @param channels of its output
     * @param kernel rows and columns of its window
     * @param stride rows and columns from one window to the next
     * @param pool behind it, 2 by 2 with stride 2
     */
    public record Block(Convolution kind, int channels, int kernel, int stride, Pool pool) {}

    /** Kinds of convolution. */
    public enum Convolution {
        /** Every output channel sees every input channel. */
        FULL,
        /** One window a channel, then a 1 by 1 convolution over the channels. */
        SEPARABLE
    }

    /** Kinds of pooling behind a block. */
    public enum Pool {
        /** None. */
        NONE,
        /** The largest of each window. */
        MAX,
        /** The mean of each window. */
        AVERAGE
    }

    /** How an image becomes a vector. */
    public enum HeadPooling {
        /** The mean of every channel. */
        GLOBAL_MEAN,
        /** All of it. */
        FLATTEN
    }
}
