package org.tinytune.core.op.averagepool;

import java.util.Arrays;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.DensePasses.GroupListener;
import org.tinytune.core.op.DepthwisePasses;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.OutputClamp;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.tensor.Shape;

/**
 * {@code AVERAGE_POOL_2D} in training: a depthwise product with ones gives the sums of the windows, whole numbers below
 * 2^24 if the inputs are integers; each is then divided by the number of elements inside the image.
 */
final class AveragePool2dTraining implements TrainingKernel {
    /** A sum of more int8 elements may not fit a float. */
    private static final int MAX_TAPS = 1 << 17;

    private final TrainingBuffers buffers;
    private final DepthwisePasses passes;
    private final OutputClamp clamp;
    private final boolean integers;
    private final int[] counts;
    private final int channels;
    private final float[] zeros;
    private final GroupListener average = this::average;

    private AveragePool2dTraining(
            Pool2dParams params, Operands operands, TrainingBuffers buffers, OutputClamp clamp, boolean integers) {
        Shape input = operands.input(0).shape();
        this.buffers = buffers;
        this.channels = input.dim(3);
        this.passes = new DepthwisePasses(params.rows(input), params.columns(input), buffers, channels, 1);
        this.clamp = clamp;
        this.integers = integers;
        this.counts = counts(params.rows(input), params.columns(input));
        this.zeros = passes.newInitial();
        float[] ones = new float[params.filterHeight() * params.filterWidth() * channels];
        Arrays.fill(ones, 1);
        passes.packForward(ones, 0);
        passes.packBackward(ones, 0);
    }

    static AveragePool2dTraining float32(Pool2dParams params, Operands operands, TrainingBuffers buffers) {
        OutputClamp clamp = OutputClamp.real(operands, buffers, params.activation());
        return new AveragePool2dTraining(params, operands, buffers, clamp, false);
    }

    static AveragePool2dTraining qat(Pool2dParams params, Operands operands, TrainingBuffers buffers) {
        Int8Tensors.requireSameQuantization(operands);
        if ((long) params.filterHeight() * params.filterWidth() > MAX_TAPS) {
            throw new InvalidModelException(operands.output().name() + ": a window of more than " + MAX_TAPS
                    + " elements cannot be averaged in training");
        }
        OutputClamp clamp = OutputClamp.sameScale(operands, buffers, params.activation());
        return new AveragePool2dTraining(params, operands, buffers, clamp, true);
    }

    /** How many elements of the image each position sees. */
    private static int[] counts(SlidingWindow rows, SlidingWindow columns) {
        int[] counts = new int[rows.output() * columns.output()];
        for (int i = 0; i < counts.length; i++) {
            int y = i / columns.output();
            int x = i % columns.output();
            counts[i] = (rows.endTap(y) - rows.firstTap(y)) * (columns.endTap(x) - columns.firstTap(x));
        }
        return counts;
    }

    @Override
    public int scratch() {
        return passes.scratch();
    }

    @Override
    public void forward(Shard shard) {
        passes.forward(shard, 0, zeros, average);
        clamp.apply(shard);
    }

    private void average(float[] images, int from, int rows, int to) {
        float[] y = buffers.output().array();
        for (int i = 0; i < rows; i++) {
            int count = counts[i % counts.length];
            for (int at = to + i * channels; at < to + (i + 1) * channels; at++) {
                y[at] = integers ? roundedMean((int) y[at], count) : y[at] / count;
            }
        }
    }

    private static int roundedMean(int sum, int count) {
        return (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
    }

    @Override
    public void backward(Shard shard) {
        if (buffers.inputGradient(0) == null) {
            return;
        }
        clamp.mask(shard);
        FloatSpan dy = buffers.outputGradient();
        int at = dy.offset() + shard.begin() * counts.length * channels;
        for (int i = 0; i < shard.samples() * counts.length; i++) {
            int count = counts[i % counts.length];
            for (int c = 0; c < channels; c++) {
                dy.array()[at++] /= count;
            }
        }
        passes.backward(shard, 0, 1, false, false);
    }
}
