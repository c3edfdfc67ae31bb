package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.ExtremumOperator;
import org.tinytune.core.op.NoParams;

/** {@code MAXIMUM} and {@code MINIMUM}. */
final class ExtremumEmitter implements Emitter<NoParams> {
    private final ExtremumOperator operator;

    ExtremumEmitter(ExtremumOperator operator) {
        this.operator = operator;
    }

    @Override
    public Operator<NoParams> operator() {
        return operator;
    }

    @Override
    public List<KernelCall> emit(Site<NoParams> site) {
        operator.kernel(site.params(), site.operands());
        return List.of(Pair.of(site)
                .call("extremum", site)
                .geometry("maximum", operator.isMaximum() ? 1 : 0)
                .build());
    }
}
