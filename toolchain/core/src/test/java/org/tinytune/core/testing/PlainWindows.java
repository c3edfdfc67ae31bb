package org.tinytune.core.testing;

import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.tensor.Shape;

/** Windows over images in plain loops, written without the helpers that the kernels use. */
public final class PlainWindows {
    private PlainWindows() {}

    /** What happens at one tap of a window that lies inside the image. */
    @FunctionalInterface
    public interface Tap {
        /** Called with the output's index and the input's row and column; {@code ky}, {@code kx} are the tap's. */
        void at(int output, int channel, int ky, int kx, int y, int x);
    }

    /** Calls the tap for all taps of all outputs that lie inside the image. */
    public static void forEach(
            Shape input, Shape output, int[] window, int[] stride, int[] dilation, Padding padding, Tap tap) {
        int top = before(padding, input.dim(1), output.dim(1), window[0], stride[0], dilation[0]);
        int left = before(padding, input.dim(2), output.dim(2), window[1], stride[1], dilation[1]);
        for (int o = 0; o < output.elements(); o++) {
            int channel = o % output.dim(3);
            int column = o / output.dim(3) % output.dim(2);
            int row = o / output.dim(3) / output.dim(2);
            for (int ky = 0; ky < window[0]; ky++) {
                for (int kx = 0; kx < window[1]; kx++) {
                    int y = row * stride[0] + ky * dilation[0] - top;
                    int x = column * stride[1] + kx * dilation[1] - left;
                    if (y >= 0 && y < input.dim(1) && x >= 0 && x < input.dim(2)) {
                        tap.at(o, channel, ky, kx, y, x);
                    }
                }
            }
        }
    }

    private static int before(Padding padding, int input, int output, int window, int stride, int dilation) {
        int needed = (output - 1) * stride + (window - 1) * dilation + 1;
        return padding == Padding.SAME && needed > input ? (needed - input) / 2 : 0;
    }

    /** All values clamped by an activation. */
    public static double[] clamped(double[] values, Activation activation) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(activation.max(), Math.max(activation.min(), values[i]));
        }
        return values;
    }
}
