package org.tinytune.core.op;

import java.util.Arrays;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.vector.VectorMath;

/**
 * The greatest element of a window, forward and backward, of floats or integers alike. The gradient goes to the first
 * of the greatest, row by row.
 */
public final class MaximumPasses {
    private final SlidingWindow rows;
    private final SlidingWindow columns;
    private final WindowPatches window;
    private final TrainingBuffers buffers;
    private final VectorMath math;
    private final int channels;
    private final int inputElements;
    private final int outputElements;

    /**
     * @param rows the window along the rows
     * @param columns the window along the columns
     * @param channels of the images
     */
    public MaximumPasses(SlidingWindow rows, SlidingWindow columns, TrainingBuffers buffers, int channels) {
        this.rows = rows;
        this.columns = columns;
        this.buffers = buffers;
        this.math = buffers.math();
        this.channels = channels;
        this.window = new WindowPatches(rows, columns, channels, channels, false, buffers.maxShardSamples());
        this.inputElements = rows.input() * columns.input() * channels;
        this.outputElements = window.outputs() * channels;
    }

    /** Floats of scratch. */
    public int scratch() {
        return window.scratch();
    }

    /** Computes the output of a shard, which is yet to be clamped. */
    public void forward(Shard shard) {
        FloatSpan x = buffers.input(0);
        FloatSpan y = buffers.output();
        for (int n = shard.begin(); n < shard.end(); n += window.group()) {
            int samples = Math.min(window.group(), shard.end() - n);
            float[] images = x.array();
            int from = x.offset() + n * inputElements;
            if (!window.readsInputs()) {
                window.stageInputs(math, images, from, samples, shard.scratch(), Float.NEGATIVE_INFINITY);
                images = shard.scratch();
                from = 0;
            }
            int to = y.offset() + n * outputElements;
            math.maximum(images, from, window.forward(), samples * window.outputs(), y.array(), to);
        }
    }

    /** Computes the gradient of the input from that of the output, already masked. */
    public void backward(Shard shard) {
        FloatSpan dx = buffers.inputGradient(0);
        if (dx == null) {
            return;
        }
        int begin = dx.offset() + shard.begin() * inputElements;
        Arrays.fill(dx.array(), begin, begin + shard.samples() * inputElements, 0);
        for (int n = shard.begin(); n < shard.end(); n++) {
            int at = n * outputElements;
            for (int y = 0; y < rows.output(); y++) {
                for (int x = 0; x < columns.output(); x++) {
                    backward(n * inputElements, y, x, at);
                    at += channels;
                }
            }
        }
    }

    /** The gradients of one position of the window in the image at {@code image}. */
    private void backward(int image, int y, int x, int output) {
        FloatSpan in = buffers.input(0);
        FloatSpan out = buffers.output();
        FloatSpan dy = buffers.outputGradient();
        FloatSpan dx = buffers.inputGradient(0);
        int lastColumn = columns.endTap(x) - 1;
        int lastRow = rows.endTap(y) - 1;
        for (int c = 0; c < channels; c++) {
            float gradient = dy.array()[dy.offset() + output + c];
            if (gradient == 0) {
                continue;
            }
            float greatest = out.array()[out.offset() + output + c];
            int ky = rows.firstTap(y);
            int kx = columns.firstTap(x);
            int at = position(image, y, x, ky, kx) + c;
            while (in.array()[in.offset() + at] != greatest && (ky < lastRow || kx < lastColumn)) {
                boolean wraps = kx == lastColumn;
                kx = wraps ? columns.firstTap(x) : kx + 1;
                ky = wraps ? ky + 1 : ky;
                at = position(image, y, x, ky, kx) + c;
            }
            dx.array()[dx.offset() + at] += gradient;
        }
    }

    private int position(int image, int y, int x, int ky, int kx) {
        return image + (rows.position(y, ky) * columns.input() + columns.position(x, kx)) * channels;
    }
}
