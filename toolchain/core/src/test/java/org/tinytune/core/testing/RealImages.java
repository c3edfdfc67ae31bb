package org.tinytune.core.testing;

import org.tinytune.core.dsp.AreaMean;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.tensor.Shape;

/**
 * Area averaging by its definition, in double: the mean of what a pixel covers of an image, as in Pillow's filter
 * {@code BOX} and OpenCV's {@code INTER_AREA}, and the luma of ITU-R BT.601.
 */
public final class RealImages {
    private static final double[] LUMA = {0.299, 0.587, 0.114};

    /** How far weights of 16 bits may lead the luma of a byte astray. */
    private static final double LUMA_ERROR = 0.002;

    private RealImages() {}

    /** How far a pixel is from the definition at most, before it is rounded. */
    public static double maxError(ResizeAreaParams params) {
        return 1e-9 + (params.weights() > 128 ? AreaMean.ERROR : 0) + (params.grey() ? AreaMean.ERROR + LUMA_ERROR : 0);
    }

    /** The largest distance, in counts, of a resized image from the definition. */
    public static double largestError(byte[] image, Shape shape, ResizeAreaParams params, byte[] resized) {
        double[] expected = resize(image, shape, params);
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(resized[i] - expected[i]));
        }
        return largest;
    }

    /** The definition, not rounded. */
    public static double[] resize(byte[] image, Shape shape, ResizeAreaParams params) {
        int channels = shape.dim(3);
        int outputChannels = params.grey() ? 1 : channels;
        double[] resized = new double[params.outputHeight() * params.outputWidth() * outputChannels];
        int to = 0;
        for (int y = 0; y < params.outputHeight(); y++) {
            for (int x = 0; x < params.outputWidth(); x++) {
                double grey = 0;
                for (int c = 0; c < channels; c++) {
                    double mean = mean(image, shape, params, y, x, c);
                    grey += LUMA[c] * mean;
                    if (!params.grey()) {
                        resized[to++] = mean;
                    }
                }
                if (params.grey()) {
                    resized[to++] = grey;
                }
            }
        }
        return resized;
    }

    private static double mean(byte[] image, Shape shape, ResizeAreaParams params, int y, int x, int c) {
        double rowRatio = (double) params.height() / params.outputHeight();
        double columnRatio = (double) params.width() / params.outputWidth();
        double sum = 0;
        for (int row = 0; row < params.height(); row++) {
            double rowPart = covered(y, row, rowRatio);
            for (int column = 0; rowPart > 0 && column < params.width(); column++) {
                double columnPart = covered(x, column, columnRatio);
                if (columnPart > 0) {
                    int pixel = (params.top() + row) * shape.dim(2) + params.left() + column;
                    sum += rowPart * columnPart * image[pixel * shape.dim(3) + c];
                }
            }
        }
        return sum / (rowRatio * columnRatio);
    }

    private static double covered(int output, int input, double ratio) {
        return Math.min((output + 1) * ratio, input + 1) - Math.max(output * ratio, input);
    }
}
