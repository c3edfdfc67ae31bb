package org.tinytune.core.op.fullyconnected;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.vector.PackedMatrix;
import org.tinytune.core.vector.Patches;
import org.tinytune.core.vector.VectorMath;

/**
 * The products of a fully connected layer, over the whole batch: {@code [rows, inputs]} times weights {@code [outputs,
 * inputs]}. Forward, the batch is what is packed, once, and the weights are read where they are; the result comes out
 * transposed, a block of outputs at a time. Backward, nothing has to be packed.
 */
final class FullyConnectedPasses implements TrainingKernel.BatchPasses {
    /** Outputs of a unit: whole tiles of six. */
    private static final int BLOCK = 24;

    /** Inputs of a unit: whole vectors. */
    private static final int COLUMNS = 64;

    private final TrainingBuffers buffers;
    private final VectorMath math;
    private final int rowsPerSample;
    private final int inputs;
    private final int outputs;
    private final int pitch;
    private final boolean trained;
    private final boolean hasBias;
    private final boolean needsInputGradient;
    private final PackedMatrix batch;
    private final Patches inputRows;
    private final Patches gradientRows;
    private final Patches weightRows;

    private FloatSpan forwardWeights;
    private FloatSpan backwardWeights;
    private FloatSpan realInput;
    private FloatSpan bias;
    private float gradientScale = 1;

    /** @param trained whether weights and bias get gradients */
    FullyConnectedPasses(Operands operands, TrainingBuffers buffers, boolean trained) {
        this.buffers = buffers;
        this.math = buffers.math();
        this.rowsPerSample = operands.output().shape().dim(0);
        this.inputs = operands.input(1).shape().dim(1);
        this.outputs = operands.input(1).shape().dim(0);
        this.trained = trained;
        this.hasBias = operands.hasInput(2);
        this.needsInputGradient = buffers.inputGradient(0) != null;
        int rows = buffers.maxSamples() * rowsPerSample;
        this.batch = new PackedMatrix(inputs, rows);
        this.pitch = PackedMatrix.paddedColumns(rows);
        this.inputRows = Patches.rows(rows, inputs, outputs);
        this.gradientRows = Patches.rows(rows, outputs, inputs);
        this.weightRows = Patches.rows(BLOCK, inputs, pitch);
        this.realInput = buffers.input(0);
        this.bias = new FloatSpan(new float[outputs], 0);
    }

    /** Floats of scratch. */
    int scratch() {
        return Math.max(BLOCK * pitch, outputs);
    }

    /** Outputs of a row. */
    int outputs() {
        return outputs;
    }

    /** Inputs of a row. */
    int inputs() {
        return inputs;
    }

    /** Rows of a sample. */
    int rowsPerSample() {
        return rowsPerSample;
    }

    /**
     * What the passes read.
     *
     * @param forward weights of the forward pass
     * @param backward weights that the gradient of the input is made with
     * @param initial where the chain of each output begins
     */
    void load(FloatSpan forward, FloatSpan backward, FloatSpan initial) {
        forwardWeights = forward;
        backwardWeights = backward;
        bias = initial;
    }

    /** The input that the gradient of the weights is made with, if it is not the input itself. */
    void useRealInput(FloatSpan real) {
        realInput = real;
    }

    /** What the weights of the backward pass are to be multiplied by. */
    void scaleInputGradient(float scale) {
        gradientScale = scale;
    }

    @Override
    public void stage(Shard shard) {
        FloatSpan x = buffers.input(0);
        int first = shard.begin() * rowsPerSample;
        batch.setColumns(first, shard.samples() * rowsPerSample, x.array(), x.offset() + first * inputs);
    }

    @Override
    public int forwardUnits() {
        return (outputs + BLOCK - 1) / BLOCK;
    }

    @Override
    public void forward(int unit, int samples, float[] scratch) {
        int first = unit * BLOCK;
        int count = Math.min(BLOCK, outputs - first);
        int rows = samples * rowsPerSample;
        math.productWithRowBias(
                forwardWeights.array(),
                forwardWeights.offset() + first * inputs,
                weightRows,
                count,
                batch,
                rows,
                bias.array(),
                bias.offset() + first,
                scratch,
                0);
        FloatSpan y = buffers.output();
        for (int n = 0; n < rows; n++) {
            int to = y.offset() + n * outputs + first;
            for (int o = 0; o < count; o++) {
                y.array()[to + o] = scratch[o * pitch + n];
            }
        }
    }

    private int weightUnits() {
        return trained ? forwardUnits() : 0;
    }

    private int inputUnits() {
        return needsInputGradient ? (inputs + COLUMNS - 1) / COLUMNS : 0;
    }

    @Override
    public int backwardUnits() {
        return weightUnits() + inputUnits() + (trained && hasBias ? 1 : 0);
    }

    @Override
    public void backward(int unit, int samples, float[] scratch) {
        if (unit < weightUnits()) {
            weightGradient(unit * BLOCK, samples);
        } else if (unit < weightUnits() + inputUnits()) {
            inputGradient((unit - weightUnits()) * COLUMNS, samples);
        } else {
            biasGradient(samples, scratch);
        }
    }

    @Override
    public void completeBackward(Shard shard) {
        FloatSpan dx = buffers.inputGradient(0);
        if (dx != null && gradientScale != 1) {
            int elements = rowsPerSample * inputs;
            int from = dx.offset() + shard.begin() * elements;
            int count = shard.samples() * elements;
            math.dequantize(dx.array(), from, dx.array(), from, count, 0, gradientScale);
        }
    }

    private void weightGradient(int first, int samples) {
        int count = Math.min(BLOCK, outputs - first);
        FloatSpan dy = buffers.outputGradient();
        FloatSpan dw = buffers.constantGradient(1, 0);
        math.outerProducts(
                dy.array(),
                dy.offset() + first,
                outputs,
                count,
                realInput.array(),
                realInput.offset(),
                inputRows,
                samples * rowsPerSample,
                dw.array(),
                dw.offset() + first * inputs);
    }

    private void inputGradient(int first, int samples) {
        FloatSpan dy = buffers.outputGradient();
        FloatSpan dx = buffers.inputGradient(0);
        math.product(
                dy.array(),
                dy.offset(),
                gradientRows,
                samples * rowsPerSample,
                backwardWeights.array(),
                backwardWeights.offset() + first,
                Math.min(COLUMNS, inputs - first),
                inputs,
                dx.array(),
                dx.offset() + first);
    }

    private void biasGradient(int samples, float[] scratch) {
        FloatSpan dy = buffers.outputGradient();
        FloatSpan db = buffers.constantGradient(2, 0);
        math.columnSums(dy.array(), dy.offset(), samples * rowsPerSample, outputs, scratch, 0);
        math.add(db.array(), db.offset(), scratch, 0, outputs);
    }
}
