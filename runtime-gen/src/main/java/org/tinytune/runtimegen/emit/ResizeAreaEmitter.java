package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.dsp.AreaMean;
import org.tinytune.core.dsp.BoxFilter;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.resizearea.ResizeArea;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.tensor.Shape;

/** {@code RESIZE_AREA}: no tables, since a row walks through the parts of its pixels. */
final class ResizeAreaEmitter implements Emitter<ResizeAreaParams> {
    @Override
    public Operator<ResizeAreaParams> operator() {
        return ResizeArea.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<ResizeAreaParams> site) {
        ResizeAreaParams params = site.params();
        Shape input = site.input(0).shape();
        Shape output = site.outputShape();
        BoxFilter rows = params.rows();
        BoxFilter columns = params.columns();
        AreaMean mean = params.mean();
        return List.of(KernelCall.of("resize_area")
                .summary(params.height() + "x" + params.width() + " to " + params.outputHeight() + "x"
                        + params.outputWidth())
                .rows(output.rows())
                .geometry("input_height", input.dim(1))
                .geometry("input_width", input.dim(2))
                .geometry("channels", input.dim(3))
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("output_height", output.dim(1))
                .geometry("output_width", output.dim(2))
                .geometry("output_ring_rows", site.outputRingRows())
                .geometry("top", params.top())
                .geometry("left", params.left())
                .geometry("row_span", rows.span())
                .geometry("row_parts", rows.parts())
                .geometry("column_span", columns.span())
                .geometry("column_parts", columns.parts())
                .geometry("grey", params.grey() ? 1 : 0)
                .geometry("weights", params.weights())
                .geometry("shift", mean.shift())
                .geometry("multiplier", mean.multiplier())
                .build());
    }
}
