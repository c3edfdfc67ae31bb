package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.standardize.Standardize;
import org.tinytune.core.op.standardize.StandardizeParams;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

/** {@code STANDARDIZE}. */
final class StandardizeEmitter implements Emitter<StandardizeParams> {
    @Override
    public Operator<StandardizeParams> operator() {
        return Standardize.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<StandardizeParams> site) {
        Shape shape = site.outputShape();
        Operands operands = site.operands();
        // Constants repeat from row to row, so that rows stay rows even where nothing is streamed.
        return List.of(KernelCall.of("standardize_s16_s8", ElementType.INT16, ElementType.INT8)
                .rows(shape.rows())
                .geometry("rows", shape.rows())
                .geometry("row_elements", shape.rowElements())
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("output_ring_rows", site.outputRingRows())
                .quantization("shift", site.params().shift())
                .quantization("output_zero_point", site.output().quantization().zeroPoint())
                .array(FlashArray.of("mean", operands.input(1).int16Data()))
                .array(FlashArray.of("factor", operands.input(2).int16Data()))
                .build());
    }
}
