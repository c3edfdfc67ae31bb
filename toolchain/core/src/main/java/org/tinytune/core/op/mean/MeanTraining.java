package org.tinytune.core.op.mean;

import java.util.Arrays;
import java.util.List;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.OutputClamp;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.tensor.Shape;

/**
 * {@code MEAN} in training. A sum of int8 elements is a whole number below 2^24; what follows is up to the subclass.
 */
abstract class MeanTraining implements TrainingKernel {
    /** A sum of more int8 elements may not fit a float. */
    private static final int MAX_ELEMENTS = 1 << 17;

    private static final List<Integer> IMAGE_AXES = List.of(1, 2);

    private final TrainingBuffers buffers;
    private final int inputElements;
    private final int outputElements;
    private final int count;
    private final boolean overImages;
    private final int[] outputOfInput;

    private MeanTraining(MeanParams params, Operands operands, TrainingBuffers buffers) {
        Shape input = operands.input(0).shape();
        this.buffers = buffers;
        this.inputElements = input.elements();
        this.outputElements = operands.output().shape().elements();
        this.count = inputElements / outputElements;
        this.overImages = input.rank() == 4 && params.axes().equals(IMAGE_AXES);
        this.outputOfInput = outputOfInput(input, params);
    }

    private static int[] outputOfInput(Shape input, MeanParams params) {
        int[] outputs = new int[input.elements()];
        for (int i = 0; i < outputs.length; i++) {
            int rest = i;
            int stride = 1;
            for (int axis = input.rank() - 1; axis >= 0; axis--) {
                if (!params.axes().contains(axis)) {
                    outputs[i] += rest % input.dim(axis) * stride;
                    stride *= input.dim(axis);
                }
                rest /= input.dim(axis);
            }
        }
        return outputs;
    }

    static TrainingKernel float32(MeanParams params, Operands operands, TrainingBuffers buffers) {
        return new MeanTraining(params, operands, buffers) {
            @Override
            float mean(float sum, int count) {
                return sum / count;
            }

            @Override
            void mask(Shard shard) {}
        };
    }

    static TrainingKernel qat(MeanParams params, Operands operands, TrainingBuffers buffers) {
        QuantizedMultiplier multiplier = MeanKernel.prepare(params, operands).multiplier();
        Quantization in = operands.input(0).quantization();
        Quantization out = operands.output().quantization();
        OutputClamp clamp = OutputClamp.int8(operands, buffers, Activation.NONE);
        int elements =
                operands.input(0).shape().elements() / operands.output().shape().elements();
        if (elements > MAX_ELEMENTS) {
            throw new InvalidModelException(operands.output().name() + ": a mean of more than " + MAX_ELEMENTS
                    + " elements cannot be trained in int8");
        }
        return new MeanTraining(params, operands, buffers) {
            @Override
            float mean(float sum, int count) {
                int rescaled = multiplier.apply((int) sum - in.zeroPoint() * count) + out.zeroPoint();
                return FixedPoint.clamp(rescaled, Byte.MIN_VALUE, Byte.MAX_VALUE);
            }

            @Override
            void note(int at, float sum, float rounded) {
                FloatSpan noted = buffers.rounding();
                if (noted != null) {
                    double mean = ((double) sum / elements - in.zeroPoint()) * in.scale() / out.scale();
                    int to = noted.offset() + at - buffers.output().offset();
                    noted.array()[to] = (float) (rounded - out.zeroPoint() - mean);
                }
            }

            @Override
            void mask(Shard shard) {
                clamp.mask(shard);
            }
        };
    }

    /** The output that belongs to a sum. */
    abstract float mean(float sum, int count);

    /** Notes what rounding has changed an output by, if anyone wants to know. */
    void note(int at, float sum, float rounded) {}

    /** Masks the gradient where the output is clamped. */
    abstract void mask(Shard shard);

    @Override
    public int scratch() {
        return outputElements;
    }

    @Override
    public void forward(Shard shard) {
        FloatSpan x = buffers.input(0);
        FloatSpan y = buffers.output();
        for (int n = shard.begin(); n < shard.end(); n++) {
            int from = x.offset() + n * inputElements;
            int to = y.offset() + n * outputElements;
            if (overImages) {
                buffers.math().columnSums(x.array(), from, count, outputElements, y.array(), to);
            } else {
                sum(x.array(), from, y.array(), to);
            }
            for (int i = to; i < to + outputElements; i++) {
                float sum = y.array()[i];
                y.array()[i] = mean(sum, count);
                note(i, sum, y.array()[i]);
            }
        }
    }

    private void sum(float[] x, int from, float[] y, int to) {
        Arrays.fill(y, to, to + outputElements, 0);
        for (int i = 0; i < inputElements; i++) {
            y[to + outputOfInput[i]] += x[from + i];
        }
    }

    @Override
    public void backward(Shard shard) {
        FloatSpan dx = buffers.inputGradient(0);
        if (dx == null) {
            return;
        }
        mask(shard);
        FloatSpan dy = buffers.outputGradient();
        for (int n = shard.begin(); n < shard.end(); n++) {
            int from = dy.offset() + n * outputElements;
            int to = dx.offset() + n * inputElements;
            if (overImages) {
                spread(dy.array(), from, dx.array(), to, shard.scratch());
            } else {
                for (int i = 0; i < inputElements; i++) {
                    dx.array()[to + i] = dy.array()[from + outputOfInput[i]] / count;
                }
            }
        }
    }

    /** Gives every pixel its share of the gradient. */
    private void spread(float[] dy, int from, float[] dx, int to, float[] share) {
        for (int c = 0; c < outputElements; c++) {
            share[c] = dy[from + c] / count;
        }
        for (int at = to; at < to + inputElements; at += outputElements) {
            System.arraycopy(share, 0, dx, at, outputElements);
        }
    }
}
