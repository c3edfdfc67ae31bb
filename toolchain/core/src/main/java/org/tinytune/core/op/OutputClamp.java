package org.tinytune.core.op;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.vector.VectorMath;

/** The clamp of a node's output and its gradient: 0 where the output is at a bound. */
public final class OutputClamp {
    private final TrainingBuffers buffers;
    private final VectorMath math;
    private final int elements;
    private final float min;
    private final float max;

    private OutputClamp(Operands operands, TrainingBuffers buffers, float min, float max) {
        this.buffers = buffers;
        this.math = buffers.math();
        this.elements = operands.output().shape().elements();
        this.min = min;
        this.max = max;
    }

    /** Of a float output. */
    public static OutputClamp real(Operands operands, TrainingBuffers buffers, Activation activation) {
        return new OutputClamp(operands, buffers, (float) activation.min(), (float) activation.max());
    }

    /** Of an int8 output, which is always clamped to the range of int8. */
    public static OutputClamp int8(Operands operands, TrainingBuffers buffers, Activation activation) {
        Quantization output = operands.output().quantization();
        return new OutputClamp(operands, buffers, activation.minInt8(output), activation.maxInt8(output));
    }

    /** Of an int8 output whose values are inputs as they are, so that only an activation clamps them. */
    public static OutputClamp sameScale(Operands operands, TrainingBuffers buffers, Activation activation) {
        Quantization output = operands.output().quantization();
        boolean below = activation.min() != Double.NEGATIVE_INFINITY;
        boolean above = activation.max() != Double.POSITIVE_INFINITY;
        return new OutputClamp(
                operands,
                buffers,
                below ? activation.minInt8(output) : Float.NEGATIVE_INFINITY,
                above ? activation.maxInt8(output) : Float.POSITIVE_INFINITY);
    }

    /** The least output. */
    public float min() {
        return min;
    }

    /** The greatest output. */
    public float max() {
        return max;
    }

    private boolean isOpen() {
        return min == Float.NEGATIVE_INFINITY && max == Float.POSITIVE_INFINITY;
    }

    /** Clamps the shard's output. */
    public void apply(Shard shard) {
        if (!isOpen()) {
            FloatSpan y = buffers.output();
            math.clamp(y.array(), y.offset() + shard.begin() * elements, shard.samples() * elements, min, max);
        }
    }

    /** Masks the gradient of the shard's output. */
    public void mask(Shard shard) {
        if (!isOpen()) {
            FloatSpan dy = buffers.outputGradient();
            FloatSpan y = buffers.output();
            int from = shard.begin() * elements;
            math.maskClamped(
                    dy.array(), dy.offset() + from, y.array(), y.offset() + from, shard.samples() * elements, min, max);
        }
    }
}
