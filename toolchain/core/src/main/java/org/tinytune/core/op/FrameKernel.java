package org.tinytune.core.op;

import java.util.function.IntUnaryOperator;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.tensor.Elements;

/** The features of frames, frame by frame and channel by channel. */
public final class FrameKernel implements RowKernel {
    private final Frames frames;
    private final int channels;
    private final Frame frame;

    /** Computes the features of one frame. */
    @FunctionalInterface
    public interface Frame {
        /**
         * All features.
         *
         * @param sample gives sample i of the frame, an int16
         * @param feature takes feature i, an int16
         */
        void compute(IntUnaryOperator sample, Features feature);
    }

    /** Takes the features of a frame. */
    @FunctionalInterface
    public interface Features {
        /** Sets feature {@code i}, an int16. */
        void set(int i, int value);
    }

    /** Of frames of so many channels. */
    FrameKernel(Frames frames, int channels, Frame frame) {
        this.frames = frames;
        this.channels = channels;
        this.frame = frame;
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        for (int y = begin; y < end; y++) {
            int first = y * frames.stride();
            int to = out.at(y);
            for (int c = 0; c < channels; c++) {
                int channel = c;
                frame.compute(
                        i -> Elements.INT16.get(in.memory(), in.at(first + i), channel),
                        (i, value) -> Elements.INT16.set(out.memory(), to, i * channels + channel, value));
            }
        }
    }
}
