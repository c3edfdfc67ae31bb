package org.tinytune.core.op.fullyconnected;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.OutputClamp;
import org.tinytune.core.op.QatWeights;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.vector.VectorMath;

/** {@code FULLY_CONNECTED} in quantization-aware training: one scale for all weights. */
final class FullyConnectedQat implements TrainingKernel {
    private static final int CHANNEL_AXIS = 0;
    private static final int[] ONE_SEGMENT = {0};

    /**
     * Weights from which on the gradient of the input is made with their integers and scaled afterwards: so many are
     * more to write in every step than there are gradients.
     */
    private static final int MANY_WEIGHTS = 1 << 14;

    private final TrainingBuffers buffers;
    private final Quantization input;
    private final FullyConnectedPasses passes;
    private final OutputClamp clamp;
    private final QatWeights weights;
    private final boolean byIntegers;
    private final FloatSpan zeros;
    private final FloatSpan realInput;

    private FullyConnectedQat(FullyConnectedParams params, Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.input = operands.input(0).quantization();
        this.clamp = OutputClamp.int8(operands, buffers, params.activation());
        this.byIntegers = operands.input(1).shape().elements() >= MANY_WEIGHTS;
        int min = (int) clamp.min();
        int max = (int) clamp.max();
        this.weights = byIntegers
                ? QatWeights.ofIntegers(operands, buffers, CHANNEL_AXIS, min, max)
                : new QatWeights(operands, buffers, CHANNEL_AXIS, true, min, max);
        this.passes = new FullyConnectedPasses(operands, buffers, weights.isTrained());
        this.zeros = new FloatSpan(new float[passes.outputs()], 0);
        boolean training = weights.isTrained() && buffers.outputGradient() != null;
        int elements = buffers.maxSamples() * operands.input(0).shape().elements();
        this.realInput = new FloatSpan(new float[training ? elements + VectorMath.SLACK : 0], 0);
        passes.useRealInput(realInput);
        float[] backward = byIntegers ? weights.integers() : weights.reals();
        passes.load(new FloatSpan(weights.integers(), 0), new FloatSpan(backward, 0), zeros);
    }

    /**
     * Checks the weights.
     *
     * @throws InvalidModelException if they have a scale for each channel
     */
    static TrainingKernel prepare(FullyConnectedParams params, Operands operands, TrainingBuffers buffers) {
        if (operands.input(1).quantization().channels() > 1) {
            throw new InvalidModelException(
                    "weights '" + operands.input(1).name() + "': FULLY_CONNECTED takes one scale, not one a channel");
        }
        return new FullyConnectedQat(params, operands, buffers);
    }

    @Override
    public int scratch() {
        return passes.scratch();
    }

    @Override
    public BatchPasses batch() {
        return passes;
    }

    @Override
    public void load() {
        weights.load();
        passes.scaleInputGradient(byIntegers ? weights.scale() : 1);
    }

    @Override
    public void forward(Shard shard) {
        int rows = shard.samples() * passes.rowsPerSample();
        int first = shard.begin() * passes.rowsPerSample();
        int outputs = passes.outputs();
        FloatSpan y = buffers.output();
        int to = y.offset() + first * outputs;
        weights.noteScaled(buffers, to, rows * outputs);
        buffers.math().requantize(y.array(), to, rows * outputs, weights.table(), weights);
        FloatSpan x = buffers.input(0);
        for (int c = 0; weights.anyWide() && c < outputs; c++) {
            for (int i = 0; weights.isWide(c) && i < rows; i++) {
                int at = x.offset() + (first + i) * passes.inputs();
                y.array()[to + i * outputs + c] = weights.applyWide(x.array(), at, ONE_SEGMENT, passes.inputs(), c);
            }
        }
        weights.noteRounding(buffers, to, rows * outputs);
    }

    @Override
    public void backward(Shard shard) {
        clamp.mask(shard);
        if (weights.isTrained()) {
            FloatSpan x = buffers.input(0);
            int elements = passes.rowsPerSample() * passes.inputs();
            int from = shard.begin() * elements;
            buffers.math()
                    .dequantize(
                            x.array(),
                            x.offset() + from,
                            realInput.array(),
                            from,
                            shard.samples() * elements,
                            input.zeroPoint(),
                            input.scale());
        }
    }

    @Override
    public void settle() {
        weights.settle();
    }
}
