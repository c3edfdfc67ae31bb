package org.tinytune.nas;

import java.util.List;

/**
 * A convolutional network in words: what a search space proposes, before it becomes a graph.
 *
 * @param layout how features become an image
 * @param normalization what is taken off features before anything else
 * @param blocks from the input on
 * @param head how the last block's image becomes a vector
 * @param denseUnits widths of the fully connected layers in front of the classifier
 * @param dropout probability of dropping an element of the vector in front of the classifier, in [0, 1)
 */
public record NetworkSpec(
        Layout layout,
        Normalization normalization,
        List<Block> blocks,
        Head head,
        List<Integer> denseUnits,
        double dropout) {
    /** Keeps copies. */
    public NetworkSpec {
        blocks = List.copyOf(blocks);
        denseUnits = List.copyOf(denseUnits);
    }

    /** Of an input that is an image as it is, or a vector. */
    public NetworkSpec(List<Block> blocks, Head head, List<Integer> denseUnits, double dropout) {
        this(Layout.MAP, Normalization.NONE, blocks, head, denseUnits, dropout);
    }

    /** What is taken off features of several frames. */
    public enum Normalization {
        /** Nothing. */
        NONE,
        /**
         * The mean of each feature over all frames of a sample. In logarithms of energies and what is linear in them,
         * as cepstral coefficients are, it holds what microphone, room and level do to all frames alike.
         */
        MEAN
    }

    /** How features of several frames become an image. */
    public enum Layout {
        /** Frames are its rows and features its columns: convolutions move along both. */
        MAP,
        /** Frames are its rows and all features are channels of one column: convolutions move along time alone. */
        SERIES
    }

    /**
     * A convolution with batch norm and ReLU, and what makes its image smaller.
     *
     * @param convolution its kind
     * @param channels of its output
     * @param kernel rows and columns of its window
     * @param reduction to half the rows and columns, if any
     */
    public record Block(Convolution convolution, int channels, int kernel, Reduction reduction) {}

    /** Kinds of convolution. */
    public enum Convolution {
        /** Every output channel sees every input channel. */
        FULL,
        /** One window a channel, then a 1 by 1 convolution over the channels. */
        SEPARABLE
    }

    /** What makes a block's image smaller. */
    public enum Reduction {
        /** Nothing. */
        NONE,
        /** The convolution moves by two. */
        STRIDE,
        /** The largest of each 2 by 2 window behind the convolution. */
        MAX_POOL,
        /** The mean of each 2 by 2 window behind the convolution. */
        AVERAGE_POOL
    }

    /** How an image becomes a vector. */
    public enum Head {
        /** The mean of every channel. */
        GLOBAL_MEAN,
        /** All of it. */
        FLATTEN
    }
}
