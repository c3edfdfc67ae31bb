package org.tinytune.core.op;

import java.util.Arrays;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/**
 * The weights that a state meets, and the bias beside them, as integers. Training quantizes them anew in every step,
 * and exporting does it once more in the same way, so that what is shipped is what was trained.
 *
 * <p>Weights and state are int16, sums int32, which two products at full scale already overflow. So the one scale is
 * that of the greatest weight, {@code max|w| / 32767}, unless some unit's magnitudes sum up to more than 2^15 with it:
 * then it is the least at which they do not. With {@code |state| <= 2^15}, products stay within 2^30, and biases, for
 * which the scale is raised as well where weights are tiny beside them, within 2^29. Checked by: StateWeightsTest.
 */
public final class StateWeights {
    private static final int MAX_WEIGHT = Short.MAX_VALUE;
    private static final int MAX_SUM = 1 << 15;
    private static final int MAX_BIAS = 1 << 29;

    /** Keeps a multiplier made of this above 0, far below any scale that weights have. */
    private static final float LEAST_SCALE = 0x1p-40f;

    private final int perUnit;
    private final int[] integers;
    private final int[] bias;
    private float scale;

    /**
     * @param shape of the weights, {@code [channels, steps]}
     * @param units whose biases there are; each has as many consecutive channels
     */
    public StateWeights(Shape shape, int units) {
        this.perUnit = shape.elements() / units;
        this.integers = new int[shape.elements()];
        this.bias = new int[units];
    }

    /**
     * Quantizes real weights.
     *
     * @param weights in the order of the shape, from {@code offset} on
     * @param realBias one a unit from {@code biasOffset} on; {@code null} if there is none
     * @param stateScale of the state
     */
    public void quantize(float[] weights, int offset, float[] realBias, int biasOffset, float stateScale) {
        scale = scale(weights, offset, realBias, biasOffset, stateScale);
        for (int i = 0; i < integers.length; i++) {
            int q = (int) Math.rint(weights[offset + i] / scale);
            integers[i] = Math.max(-MAX_WEIGHT, Math.min(MAX_WEIGHT, q));
        }
        for (int u = 0; u < bias.length; u++) {
            bias[u] = realBias == null ? 0 : quantizeBias(realBias[biasOffset + u], stateScale);
        }
    }

    private float scale(float[] weights, int offset, float[] realBias, int biasOffset, float stateScale) {
        float least = LEAST_SCALE;
        for (int u = 0; u < bias.length; u++) {
            float greatest = 0;
            float sum = 0;
            for (int i = u * perUnit; i < (u + 1) * perUnit; i++) {
                float magnitude = Math.abs(weights[offset + i]);
                greatest = Math.max(greatest, magnitude);
                sum += magnitude;
            }
            least = Math.max(least, Math.max(greatest / MAX_WEIGHT, sum / MAX_SUM));
            if (realBias != null) {
                double forBias = Math.abs(realBias[biasOffset + u]) / ((double) stateScale * MAX_BIAS);
                least = Math.max(least, (float) forBias);
            }
        }
        return least;
    }

    /** Ties away from zero. */
    private int quantizeBias(float real, float stateScale) {
        double q = real / ((double) stateScale * scale);
        long rounded = (long) (q < 0 ? StrictMath.ceil(q - 0.5) : StrictMath.floor(q + 0.5));
        return (int) Math.max(-MAX_BIAS, Math.min(MAX_BIAS, rounded));
    }

    /** Takes weights that are integers already. */
    public void set(short[] weights, Quantization quantization, int[] int32Bias) {
        scale = quantization.scale();
        for (int i = 0; i < integers.length; i++) {
            integers[i] = weights[i];
        }
        System.arraycopy(int32Bias, 0, bias, 0, bias.length);
    }

    /** The integers in the order of the shape; not to be written to. */
    public int[] integers() {
        return integers;
    }

    /** The bias of each unit; not to be written to. */
    public int[] bias() {
        return bias;
    }

    /** The scale of the weights. */
    public float scale() {
        return scale;
    }

    /** What the weights stand for: each integer times the scale. */
    public void dequantize(float[] into) {
        for (int i = 0; i < integers.length; i++) {
            into[i] = integers[i] * scale;
        }
    }

    /** The integers as they are exported. */
    public TensorData int16Data() {
        short[] values = new short[integers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) integers[i];
        }
        return TensorData.of(values);
    }

    /** How the exported integers are quantized. */
    public Quantization quantization() {
        return Quantization.perTensor(scale, 0);
    }

    /** The bias as it is exported. */
    public TensorData biasData() {
        return TensorData.of(Arrays.copyOf(bias, bias.length));
    }

    /** How the exported bias is quantized. */
    public Quantization biasQuantization(float stateScale) {
        return Quantization.perTensor(stateScale * scale, 0);
    }
}
