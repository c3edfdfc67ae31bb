package org.tinytune.core.op.batchnorm;

import java.util.Arrays;
import java.util.Set;
import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.OutputClamp;
import org.tinytune.core.vector.Periodic;
import org.tinytune.core.vector.VectorMath;

/**
 * {@code BATCH_NORM} in float. Forward, a channel is {@code x · scale + shift}; backward, {@code dx} is a combination
 * of {@code dy} and {@code x} with three numbers a channel: nothing is stored between the passes but these.
 *
 * <p>Every shard has a mean and a sum of squared deviations of its own, two passes over what lies in the cache; they
 * are merged in double, in the order of the shards.
 *
 * <p>Source of the merge: Chan, Golub, LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing Sample
 * Variances", 1979. Checked by: BatchNormFloat32Test.
 */
final class BatchNormFloat32 implements TrainingKernel, TrainingKernel.BatchStatistics {
    /** How the operator is trained: mean and variance are kept, not trained. */
    static final Float32Kernel<BatchNormParams> FACET = new Float32Kernel<>() {
        @Override
        public TrainingKernel prepare(BatchNormParams params, Operands operands, TrainingBuffers buffers) {
            return new BatchNormFloat32(params, operands, buffers);
        }

        @Override
        public Set<Integer> runningAverages() {
            return Set.of(BatchNorm.MEAN, BatchNorm.VARIANCE);
        }
    };

    private final BatchNormParams params;
    private final TrainingBuffers buffers;
    private final VectorMath math;
    private final OutputClamp clamp;
    private final int channels;
    private final int pixels;
    private final int elements;

    private final int[] counts;
    private final float[] shardMeans;
    private final float[] shardSquares;
    private final double[] mean;
    private final double[] squares;
    private final double[] inverse;
    private final float[] center;
    private final float[] scale;
    private final float[] shift;
    private final float[] runningScale;
    private final float[] runningShift;
    private final float[] inputScale;
    private final float[] inputShift;

    private BatchNormFloat32(BatchNormParams params, Operands operands, TrainingBuffers buffers) {
        this.params = params;
        this.buffers = buffers;
        this.math = buffers.math();
        this.clamp = OutputClamp.real(operands, buffers, params.activation());
        this.channels = operands.input(0).shape().dim(-1);
        this.elements = operands.input(0).shape().elements();
        this.pixels = elements / channels;
        int period = Periodic.period(channels);
        counts = new int[buffers.shards()];
        shardMeans = new float[buffers.shards() * channels];
        shardSquares = new float[buffers.shards() * channels];
        mean = new double[channels];
        squares = new double[channels];
        inverse = new double[channels];
        center = new float[channels];
        scale = new float[period];
        shift = new float[period];
        runningScale = new float[period];
        runningShift = new float[period];
        inputScale = new float[period];
        inputShift = new float[period];
    }

    @Override
    public int scratch() {
        return channels;
    }

    @Override
    public BatchStatistics statistics() {
        return this;
    }

    private float constant(int operand, int c) {
        return buffers.input(operand).array()[buffers.input(operand).offset() + c];
    }

    @Override
    public void load() {
        for (int c = 0; c < channels; c++) {
            double deviation = Math.sqrt((double) constant(BatchNorm.VARIANCE, c) + params.epsilon());
            double factor = constant(BatchNorm.GAMMA, c) / deviation;
            runningScale[c] = (float) factor;
            runningShift[c] = (float) (constant(BatchNorm.BETA, c) - constant(BatchNorm.MEAN, c) * factor);
        }
        Periodic.repeat(runningScale, channels);
        Periodic.repeat(runningShift, channels);
    }

    @Override
    public void sumForward(Shard shard) {
        int rows = shard.samples() * pixels;
        counts[shard.index()] = rows;
        if (rows == 0) {
            return;
        }
        float[] x = buffers.input(0).array();
        int from = buffers.input(0).offset() + shard.begin() * elements;
        float[] own = shard.scratch();
        math.columnSums(x, from, rows, channels, own, 0);
        int at = shard.index() * channels;
        for (int c = 0; c < channels; c++) {
            own[c] /= rows;
            shardMeans[at + c] = own[c];
        }
        math.columnProducts(x, from, own, x, from, own, rows, channels, shardSquares, at);
    }

    @Override
    public void combineForward(int samples) {
        Arrays.fill(mean, 0);
        Arrays.fill(squares, 0);
        int count = 0;
        for (int s = 0; s < counts.length; s++) {
            if (counts[s] > 0) {
                merge(s, count);
                count += counts[s];
            }
        }
        // The variance of all there is, estimated from a sample of it.
        double unbiased = count > 1 ? 1.0 / (count - 1) : 0;
        for (int c = 0; c < channels; c++) {
            center[c] = (float) mean[c];
            inverse[c] = 1 / Math.sqrt(squares[c] / count + params.epsilon());
            double factor = constant(BatchNorm.GAMMA, c) * inverse[c];
            scale[c] = (float) factor;
            shift[c] = (float) (constant(BatchNorm.BETA, c) - mean[c] * factor);
            average(BatchNorm.MEAN, c, mean[c]);
            average(BatchNorm.VARIANCE, c, squares[c] * unbiased);
        }
        Periodic.repeat(scale, channels);
        Periodic.repeat(shift, channels);
    }

    /** Adds a shard to those before it, which have {@code before} values of each channel. */
    private void merge(int shard, int before) {
        double share = (double) counts[shard] / (before + counts[shard]);
        double weight = before * share;
        int at = shard * channels;
        for (int c = 0; c < channels; c++) {
            double delta = shardMeans[at + c] - mean[c];
            mean[c] += delta * share;
            squares[c] += shardSquares[at + c] + delta * delta * weight;
        }
    }

    private void average(int operand, int c, double value) {
        FloatSpan running = buffers.input(operand);
        int at = running.offset() + c;
        running.array()[at] = (float) (params.momentum() * running.array()[at] + (1 - params.momentum()) * value);
    }

    @Override
    public void forward(Shard shard) {
        FloatSpan x = buffers.input(0);
        FloatSpan y = buffers.output();
        int from = shard.begin() * elements;
        math.affine(
                x.array(),
                x.offset() + from,
                y.array(),
                y.offset() + from,
                shard.samples() * elements,
                shard.training() ? scale : runningScale,
                shard.training() ? shift : runningShift,
                clamp.min(),
                clamp.max());
    }

    @Override
    public void sumBackward(Shard shard) {
        int rows = shard.samples() * pixels;
        int at = shard.index() * channels;
        FloatSpan x = buffers.input(0);
        FloatSpan y = buffers.output();
        FloatSpan dy = buffers.outputGradient();
        int from = shard.begin() * elements;
        math.maskedColumnProducts(
                dy.array(),
                dy.offset() + from,
                y.array(),
                y.offset() + from,
                clamp.min(),
                clamp.max(),
                x.array(),
                x.offset() + from,
                center,
                rows,
                channels,
                shardMeans,
                shardSquares,
                at);
    }

    @Override
    public void combineBackward(int samples) {
        FloatSpan gamma = buffers.constantGradient(BatchNorm.GAMMA, 0);
        FloatSpan beta = buffers.constantGradient(BatchNorm.BETA, 0);
        double count = (double) samples * pixels;
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            double product = 0;
            for (int s = 0; s < counts.length; s++) {
                sum += shardMeans[s * channels + c];
                product += shardSquares[s * channels + c];
            }
            gamma.array()[gamma.offset() + c] += (float) (product * inverse[c]);
            beta.array()[beta.offset() + c] += (float) sum;
            double factor = -scale[c] * inverse[c] * inverse[c] * product / count;
            inputScale[c] = (float) factor;
            inputShift[c] = (float) (-scale[c] * sum / count - mean[c] * factor);
        }
        Periodic.repeat(inputScale, channels);
        Periodic.repeat(inputShift, channels);
    }

    @Override
    public void backward(Shard shard) {
        FloatSpan dx = buffers.inputGradient(0);
        if (dx == null) {
            return;
        }
        FloatSpan x = buffers.input(0);
        FloatSpan dy = buffers.outputGradient();
        int from = shard.begin() * elements;
        math.combine(
                dy.array(),
                dy.offset() + from,
                x.array(),
                x.offset() + from,
                dx.array(),
                dx.offset() + from,
                shard.samples() * elements,
                scale,
                inputScale,
                inputShift);
    }
}
