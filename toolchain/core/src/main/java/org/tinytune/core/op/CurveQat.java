package org.tinytune.core.op;

import java.util.Arrays;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.quant.Quantization;

/**
 * A curve in quantization-aware training: the table of its 256 values, and one of their slopes, which are those of the
 * real curve, straight through the rounding.
 */
public final class CurveQat implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final int elements;
    private final float[] values;
    private final float[] slopes;

    private CurveQat(Operands operands, TrainingBuffers buffers, float[] values, float[] slopes) {
        this.buffers = buffers;
        this.elements = operands.output().shape().elements();
        this.values = values;
        this.slopes = slopes;
    }

    /** Of an output that holds all values of the curve, so that nothing is cut off. */
    public static CurveQat unbounded(Operands operands, TrainingBuffers buffers, LookupTable table, Curve curve) {
        return new CurveQat(operands, buffers, table.floats(), slopes(operands, curve));
    }

    /** Of an output with a range of its own: the slope is 0 where that cuts the curve off. */
    public static CurveQat clamped(Operands operands, TrainingBuffers buffers, LookupTable table, Curve curve) {
        float[] values = table.floats();
        float[] slopes = slopes(operands, curve);
        for (int i = 0; i < slopes.length; i++) {
            if (values[i] == Byte.MIN_VALUE || values[i] == Byte.MAX_VALUE) {
                slopes[i] = 0;
            }
        }
        return new CurveQat(operands, buffers, values, slopes);
    }

    private static float[] slopes(Operands operands, Curve curve) {
        Quantization input = operands.input(0).quantization();
        float[] x = new float[256];
        for (int q = Byte.MIN_VALUE; q <= Byte.MAX_VALUE; q++) {
            x[q - Byte.MIN_VALUE] = (float) input.dequantize(q);
        }
        float[] y = new float[x.length];
        curve.apply(x, 0, y, 0, x.length);
        float[] slopes = new float[x.length];
        Arrays.fill(slopes, 1);
        curve.chain(x, 0, y, 0, slopes, 0, slopes, 0, x.length);
        return slopes;
    }

    @Override
    public void forward(Shard shard) {
        FloatSpan x = buffers.input(0);
        FloatSpan y = buffers.output();
        for (int i = shard.begin() * elements; i < shard.end() * elements; i++) {
            y.array()[y.offset() + i] = values[(int) x.array()[x.offset() + i] - Byte.MIN_VALUE];
        }
    }

    @Override
    public void backward(Shard shard) {
        FloatSpan dx = buffers.inputGradient(0);
        if (dx == null) {
            return;
        }
        FloatSpan x = buffers.input(0);
        FloatSpan dy = buffers.outputGradient();
        for (int i = shard.begin() * elements; i < shard.end() * elements; i++) {
            float slope = slopes[(int) x.array()[x.offset() + i] - Byte.MIN_VALUE];
            dx.array()[dx.offset() + i] = dy.array()[dy.offset() + i] * slope;
        }
    }
}
