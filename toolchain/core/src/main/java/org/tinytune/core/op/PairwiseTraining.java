package org.tinytune.core.op;

import java.util.Arrays;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.tensor.ElementType;

/**
 * An operator on pairs of elements in training, as {@link Pairing} brings them together. Computes stretches in which
 * neither operand repeats. An operand that repeats collects the gradients of all that it meets, and a constant those of
 * all samples.
 */
public final class PairwiseTraining implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final Operands operands;
    private final OutputClamp clamp;
    private final Forward forward;
    private final Gradient gradient;
    private final int elements;
    private final int stretch;

    /** Computes outputs. */
    @FunctionalInterface
    public interface Forward {
        /** The output of {@code count} pairs. */
        void compute(
                float[] first, int firstOffset, float[] second, int secondOffset, float[] y, int yOffset, int count);
    }

    /** Computes gradients. */
    @FunctionalInterface
    public interface Gradient {
        /**
         * The gradient of {@code count} elements of an operand.
         *
         * @param operand 0 or 1
         * @param dy gradient of the output
         * @param other the elements of the other operand that they meet
         * @param dx receives the gradient
         */
        void compute(
                int operand,
                float[] dy,
                int dyOffset,
                float[] other,
                int otherOffset,
                float[] dx,
                int dxOffset,
                int count);
    }

    private PairwiseTraining(
            Operands operands, TrainingBuffers buffers, OutputClamp clamp, Forward forward, Gradient gradient) {
        this.buffers = buffers;
        this.operands = operands;
        this.clamp = clamp;
        this.forward = forward;
        this.gradient = gradient;
        this.elements = operands.output().shape().elements();
        this.stretch = Math.min(elements(0), elements(1));
    }

    /**
     * In float.
     *
     * @param forward clamps its outputs by itself
     */
    public static PairwiseTraining float32(
            Operands operands, TrainingBuffers buffers, OutputClamp clamp, Forward forward, Gradient gradient) {
        return new PairwiseTraining(operands, buffers, clamp, forward, gradient);
    }

    /** In integers: those of the int8 kernel, all of them in a table. */
    public static PairwiseTraining qat(
            Operands operands, TrainingBuffers buffers, Activation activation, PairwiseInt8 kernel, Gradient gradient) {
        OutputClamp clamp = OutputClamp.int8(operands, buffers, activation);
        byte[] outputs = kernel.table();
        Forward forward = (first, firstOffset, second, secondOffset, y, yOffset, count) -> {
            for (int i = 0; i < count; i++) {
                int row = (int) first[firstOffset + i] - Byte.MIN_VALUE;
                int column = (int) second[secondOffset + i] - Byte.MIN_VALUE;
                y[yOffset + i] = outputs[row << Byte.SIZE | column];
            }
        };
        return new PairwiseTraining(operands, buffers, clamp, forward, gradient);
    }

    private int elements(int operand) {
        return operands.input(operand).shape().elements();
    }

    /** What element {@code i} of a sample of the output is computed from. */
    private int position(int operand, int sample, int i) {
        int begin = operands.input(operand).isConstant() ? 0 : sample * elements(operand);
        return buffers.input(operand).offset() + begin + (elements(operand) < elements ? 0 : i);
    }

    /** A gradient for each element of the output, and two sums of such. */
    @Override
    public int scratch() {
        return 3 * elements;
    }

    @Override
    public void forward(Shard shard) {
        float[] first = buffers.input(0).array();
        float[] second = buffers.input(1).array();
        FloatSpan y = buffers.output();
        for (int n = shard.begin(); n < shard.end(); n++) {
            for (int i = 0; i < elements; i += stretch) {
                int to = y.offset() + n * elements + i;
                forward.compute(first, position(0, n, i), second, position(1, n, i), y.array(), to, stretch);
            }
        }
    }

    @Override
    public void backward(Shard shard) {
        clamp.mask(shard);
        for (int operand = 0; operand < 2; operand++) {
            if (operands.input(operand).isConstant()) {
                if (operands.input(operand).type() == ElementType.FLOAT32 && shard.samples() > 0) {
                    collect(shard, operand, buffers.constantGradient(operand, shard.index()));
                }
            } else if (buffers.inputGradient(operand) != null) {
                backward(shard, operand, buffers.inputGradient(operand));
            }
        }
    }

    private void backward(Shard shard, int operand, FloatSpan dx) {
        for (int n = shard.begin(); n < shard.end(); n++) {
            int to = dx.offset() + n * elements(operand);
            if (elements(operand) < elements) {
                sum(shard, operand, n, dx.array(), to);
            } else {
                gradient(operand, n, dx.array(), to);
            }
        }
    }

    private void collect(Shard shard, int operand, FloatSpan dx) {
        int count = elements(operand);
        float[] scratch = shard.scratch();
        int part = elements;
        int total = part + count;
        Arrays.fill(scratch, total, total + count, 0);
        for (int n = shard.begin(); n < shard.end(); n++) {
            sum(shard, operand, n, scratch, part);
            buffers.math().add(scratch, total, scratch, part, count);
        }
        buffers.math().add(dx.array(), dx.offset(), scratch, total, count);
    }

    /** Sums up the gradients of one sample by the operand's elements. */
    private void sum(Shard shard, int operand, int sample, float[] sums, int offset) {
        int count = elements(operand);
        gradient(operand, sample, shard.scratch(), 0);
        buffers.math().columnSums(shard.scratch(), 0, elements / count, count, sums, offset);
    }

    /** The gradients of one sample, one for each element of the output. */
    private void gradient(int operand, int sample, float[] dx, int offset) {
        int other = 1 - operand;
        float[] values = buffers.input(other).array();
        FloatSpan dy = buffers.outputGradient();
        for (int i = 0; i < elements; i += stretch) {
            int from = dy.offset() + sample * elements + i;
            int met = position(other, sample, i);
            gradient.compute(operand, dy.array(), from, values, met, dx, offset + i, stretch);
        }
    }
}
