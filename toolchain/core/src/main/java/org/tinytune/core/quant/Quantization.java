package org.tinytune.core.quant;

import java.util.Arrays;
import org.tinytune.core.tensor.Elements;

/**
 * How integers of a tensor stand for real values: {@code real = scale · (q - zeroPoint)}, with one scale for the tensor
 * or one for each channel along an axis.
 */
public final class Quantization {
    /** Of a tensor that is not quantized: floats, axes, shapes. */
    public static final Quantization NONE = new Quantization(new float[0], new int[0], 0);

    private final float[] scales;
    private final int[] zeroPoints;
    private final int axis;

    private Quantization(float[] scales, int[] zeroPoints, int axis) {
        this.scales = scales;
        this.zeroPoints = zeroPoints;
        this.axis = scales.length > 1 ? axis : 0;
    }

    /**
     * One scale and zero point for the whole tensor.
     *
     * @param scale finite, at least 0; 0 is a scale that was flushed
     * @param zeroPoint in the range of the tensor's type
     */
    public static Quantization perTensor(float scale, int zeroPoint) {
        return new Quantization(new float[] {checked(scale)}, new int[] {zeroPoint}, 0);
    }

    /**
     * One scale a channel, all zero points 0.
     *
     * @param scales finite, at least 0
     * @param axis along which the channels lie
     */
    public static Quantization perChannel(float[] scales, int axis) {
        return of(scales, new int[scales.length], axis);
    }

    /**
     * Any quantization, as a file may state it.
     *
     * @param scales finite, at least 0
     * @param zeroPoints as many
     * @param axis along which the channels lie; without meaning if there is one scale only
     */
    public static Quantization of(float[] scales, int[] zeroPoints, int axis) {
        if (scales.length != zeroPoints.length) {
            throw new IllegalArgumentException(scales.length + " scales but " + zeroPoints.length + " zero points");
        }
        for (float scale : scales) {
            checked(scale);
        }
        return scales.length == 0 ? NONE : new Quantization(scales.clone(), zeroPoints.clone(), axis);
    }

    private static float checked(float scale) {
        if (!(scale >= 0) || Float.isInfinite(scale)) {
            throw new IllegalArgumentException("scale " + scale + " is not a finite number of 0 or more");
        }
        return scale;
    }

    /** Of these channels alone, in their order; channels along another axis, or one scale for all, stay as they are. */
    public Quantization along(int otherAxis, int... indices) {
        if (scales.length <= 1 || otherAxis != axis) {
            return this;
        }
        float[] chosenScales = new float[indices.length];
        int[] chosenZeroPoints = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            chosenScales[i] = scales[indices[i]];
            chosenZeroPoints[i] = zeroPoints[indices[i]];
        }
        return new Quantization(chosenScales, chosenZeroPoints, axis);
    }

    /** Whether there is a scale at all. */
    public boolean isPresent() {
        return scales.length > 0;
    }

    /** Number of scales: 1, or one a channel. */
    public int channels() {
        return scales.length;
    }

    /** The axis of the channels; 0 and without meaning if there is one scale only. */
    public int axis() {
        return axis;
    }

    /** The tensor's scale, or its first channel's. */
    public float scale() {
        return scales[0];
    }

    /** The scale of a channel; the same for all if there is only one. */
    public float scale(int channel) {
        return scales[scales.length == 1 ? 0 : channel];
    }

    /** The tensor's zero point, or its first channel's. */
    public int zeroPoint() {
        return zeroPoints[0];
    }

    /** A copy of the scales. */
    public float[] scales() {
        return scales.clone();
    }

    /** A copy of the zero points. */
    public int[] zeroPoints() {
        return zeroPoints.clone();
    }

    /** The real value that an integer stands for. */
    public double dequantize(int q) {
        return (double) scales[0] * (q - zeroPoints[0]);
    }

    /** The nearest int8 of a real value: ties away from zero, saturated to [-128, 127]. */
    public byte quantizeInt8(double real) {
        return (byte) quantize(real, Elements.INT8);
    }

    /** The nearest integer of a type to a real value: ties away from zero, saturated. */
    public int quantize(double real, Elements type) {
        double q = real / scales[0];
        long rounded = (long) (q < 0 ? StrictMath.ceil(q - 0.5) : StrictMath.floor(q + 0.5)) + zeroPoints[0];
        return (int) Math.max(type.min(), Math.min(type.max(), rounded));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantization q
                && Arrays.equals(scales, q.scales)
                && Arrays.equals(zeroPoints, q.zeroPoints)
                && axis == q.axis;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(scales) + Arrays.hashCode(zeroPoints)) + axis;
    }

    @Override
    public String toString() {
        return switch (scales.length) {
            case 0 -> "none";
            case 1 -> "scale " + scales[0] + ", zero point " + zeroPoints[0];
            default -> scales.length + " scales along axis " + axis;
        };
    }
}
