package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.runtimegen.CTarget;

/**
 * How an operator becomes a call of its C kernel.
 *
 * @param <P> the operator's parameters
 */
public interface Emitter<P extends Record> {
    /** The variant of an operator that has one kernel. */
    String ONLY_VARIANT = "";

    /** The operator that is emitted. */
    Operator<P> operator();

    /**
     * The calls, in order: nearly always one, none if the node has nothing to do where it stands.
     *
     * @throws org.tinytune.core.graph.InvalidModelException naming what the kernel cannot compute
     */
    List<KernelCall> emit(Site<P> site);

    /** The kernel's variants on a target, the default first. */
    default List<String> variants(P params, Operands operands, CTarget target) {
        return List.of(ONLY_VARIANT);
    }

    /** Bytes in the arena that a variant of the kernel needs while it runs. */
    default int scratchBytes(P params, Operands operands, CTarget target, String variant) {
        return 0;
    }
}
