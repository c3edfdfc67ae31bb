package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.op.transposeconv.TransposeConv;
import org.tinytune.core.op.transposeconv.TransposeConvInt16;
import org.tinytune.core.op.transposeconv.TransposeConvParams;

/** {@code TRANSPOSE_CONV} of int16. The windows are those of the convolution that it is the transpose of. */
final class TransposeConvInt16Emitter implements Emitter<TransposeConvParams> {
    @Override
    public Operator<TransposeConvParams> operator() {
        return TransposeConv.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<TransposeConvParams> site) {
        Operands operands = site.operands();
        SlidingWindow rows = TransposeConv.rows(site.params(), operands.inputShapes());
        SlidingWindow columns = TransposeConv.columns(site.params(), operands.inputShapes());
        Window window = new Window(rows, columns);
        KernelCall.Builder call = KernelCall.ofInt16("transpose_conv")
                .summary(window.summary())
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
        call.geometry("padding_top", rows.before()).geometry("padding_left", columns.before());
        WeightedInt16.addTo(
                call,
                operands,
                TransposeConvInt16.prepare(site.params(), operands).requantizer());
        return List.of(call.build());
    }
}
