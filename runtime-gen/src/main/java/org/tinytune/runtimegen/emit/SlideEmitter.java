package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.slide.Slide;
import org.tinytune.core.op.slide.SlideKernel;
import org.tinytune.core.tensor.Shape;

/** {@code SLIDE}: copies of bytes, whatever the elements are. */
final class SlideEmitter implements Emitter<NoParams> {
    @Override
    public Operator<NoParams> operator() {
        return Slide.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<NoParams> site) {
        SlideKernel.prepare(site.operands());
        Shape output = site.outputShape();
        int kept = site.inputShape(Slide.STATE).rows();
        return List.of(KernelCall.of("slide")
                .summary(kept + " rows are kept")
                .states(Slide.STATE)
                .rows(output.rows())
                .geometry("rows", output.rows())
                .geometry("row_bytes", output.rowElements() * site.elementBytes())
                .geometry("kept_rows", kept)
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("output_ring_rows", site.outputRingRows())
                .build());
    }
}
