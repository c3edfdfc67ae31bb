package org.tinytune.runtimegen.emit;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.op.transposeconv.TransposeConv;
import org.tinytune.core.op.transposeconv.TransposeConvInt8;
import org.tinytune.core.op.transposeconv.TransposeConvParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.runtimegen.CTarget;

/**
 * {@code TRANSPOSE_CONV}: the weights class by class, {@code [C_OUT, taps, C_IN]} each, where a class is what outputs
 * at equal distances from the stride's multiples see.
 */
final class TransposeConvEmitter implements Emitter<TransposeConvParams> {
    @Override
    public Operator<TransposeConvParams> operator() {
        return TransposeConv.INSTANCE;
    }

    /** What an output sees of the input. */
    @Override
    public int scratchBytes(TransposeConvParams params, Operands operands, CTarget target, String variant) {
        Shape weights = operands.input(1).shape();
        return taps(0, params.strideHeight(), weights.dim(1))
                * taps(0, params.strideWidth(), weights.dim(2))
                * weights.dim(3);
    }

    @Override
    public List<KernelCall> emit(Site<TransposeConvParams> site) {
        Operands operands = site.operands();
        TransposeConvParams params = site.params();
        SlidingWindow rows = TransposeConv.rows(params, operands.inputShapes());
        SlidingWindow columns = TransposeConv.columns(params, operands.inputShapes());
        Window window = new Window(rows, columns);

        KernelCall.Builder call = KernelCall.of("transpose_conv")
                .summary(window.summary())
                .scratch(scratchBytes(params, operands, site.target(), site.variant()))
                .rows(rows.input())
                .geometry("input_height", rows.output())
                .geometry("input_width", columns.output())
                .geometry("input_channels", site.input(0).shape().dim(3))
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("output_height", rows.input())
                .geometry("output_width", columns.input())
                .geometry("output_channels", site.outputShape().dim(3))
                .geometry("output_ring_rows", site.outputRingRows());
        window.addFilter(call);
        call.geometry("padding_top", rows.before())
                .geometry("padding_left", columns.before())
                .quantization("input_zero_point", site.input(0).quantization().zeroPoint());
        addClasses(call, operands, rows, columns);
        Weighted.requantize(call, TransposeConvInt8.prepare(params, operands).requantizer());
        return List.of(call.build());
    }

    /** Adds weights and folded biases, one class after the other. */
    private static void addClasses(
            KernelCall.Builder call, Operands operands, SlidingWindow rows, SlidingWindow columns) {
        int channels = operands.input(1).shape().dim(0);
        ByteArrayOutputStream weights = new ByteArrayOutputStream();
        int[] biases = new int[rows.stride() * columns.stride() * channels];
        int at = 0;
        for (int r = 0; r < rows.stride(); r++) {
            for (int c = 0; c < columns.stride(); c++) {
                byte[] ofClass = weights(operands, rows, columns, r, c);
                weights.writeBytes(ofClass);
                System.arraycopy(Weighted.foldedBiases(operands, ofClass, channels), 0, biases, at, channels);
                at += channels;
            }
        }
        call.array(FlashArray.of("weights", weights.toByteArray())).array(FlashArray.of("bias", biases));
    }

    /** The weights of a class, in the order of the input: the last tap meets the first pixel. */
    private static byte[] weights(
            Operands operands, SlidingWindow rows, SlidingWindow columns, int rowClass, int columnClass) {
        byte[] all = operands.input(1).int8Data();
        int channels = operands.input(1).shape().dim(0);
        int pixel = operands.input(1).shape().dim(3);
        ByteArrayOutputStream ofClass = new ByteArrayOutputStream();
        for (int c = 0; c < channels; c++) {
            for (int i = taps(rowClass, rows.stride(), rows.taps()) - 1; i >= 0; i--) {
                for (int j = taps(columnClass, columns.stride(), columns.taps()) - 1; j >= 0; j--) {
                    int ky = rowClass + i * rows.stride();
                    int kx = columnClass + j * columns.stride();
                    ofClass.write(all, ((c * rows.taps() + ky) * columns.taps() + kx) * pixel, pixel);
                }
            }
        }
        return ofClass.toByteArray();
    }

    /** Taps of a class: its number, and every stride further on. */
    private static int taps(int of, int stride, int taps) {
        return Math.max(0, (taps - of + stride - 1) / stride);
    }
}
