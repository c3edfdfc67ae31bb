package org.tinytune.runtimegen.emit;

import java.util.Optional;
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
    public Optional<KernelCall> emit(Site<ReshapeParams> site) {
        Reshape.INSTANCE.int8().prepare(site.params(), site.operands());
        site.input(0);
        if (site.inPlace() && !site.streamed()) {
            return Optional.empty();
        }
        Elementwise elements = Elementwise.of(site);
        return Optional.of(elements.addTo(KernelCall.of("copy"))
                .geometry("output_ring_rows", elements.ringRows(site.outputRingRows()))
                .build());
    }
}
