package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;

/** {@code RESHAPE}: no code where the output lies over the input, otherwise a copy. */
final class ReshapeEmitter implements Emitter<ReshapeParams> {
    @Override
    public Operator<ReshapeParams> operator() {
        return Reshape.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<ReshapeParams> site) {
        Reshape.INSTANCE.int8().prepare(site.params(), site.operands());
        site.input(0);
        if (site.inPlace() && !site.streamed()) {
            return List.of();
        }
        Elementwise elements = Elementwise.of(site);
        return List.of(elements.addTo(KernelCall.of("copy"))
                .geometry("output_ring_rows", elements.ringRows(site.outputRingRows()))
                .build());
    }
}
