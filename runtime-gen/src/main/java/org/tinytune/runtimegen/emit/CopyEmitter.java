package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operator;

/**
 * Operators that only change the shape, {@code RESHAPE}, {@code SQUEEZE} and {@code EXPAND_DIMS}: no code where the
 * output lies over the input, otherwise a copy.
 */
record CopyEmitter<P extends Record>(Operator<P> operator) implements Emitter<P> {
    @Override
    public List<KernelCall> emit(Site<P> site) {
        operator.kernel(site.params(), site.operands());
        site.input(0);
        if (site.inPlace() && !site.streamed()) {
            return List.of();
        }
        Elementwise elements = Elementwise.of(site);
        return List.of(elements.addBytesTo(KernelCall.of("copy"), site.elementBytes())
                .geometry("output_ring_rows", elements.ringRows(site.outputRingRows()))
                .build());
    }
}
