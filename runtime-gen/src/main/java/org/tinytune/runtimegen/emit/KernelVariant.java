package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.runtimegen.CTarget;

/**
 * One of several kernels for an operator: the same bytes by another way. An emitter lists them, the fastest first; the
 * first that serves a node is its default, and any other that serves can be chosen in its place.
 *
 * @param <P> the operator's parameters
 */
interface KernelVariant<P extends Record> {
    /** What a plan calls it, as in {@code pairs}; unique among the operator's variants. */
    String name();

    /** Whether it computes that node exactly, and is worth it, on a target. */
    boolean serves(P params, Operands operands, CTarget target);

    /** Bytes in the arena that it needs while it runs. */
    int scratchBytes(P params, Operands operands, CTarget target);

    /**
     * The call of its kernel.
     *
     * @throws InvalidModelException naming what the kernel cannot compute
     */
    KernelCall emit(Site<P> site);

    /** The names of those that serve, in order. */
    static <P extends Record> List<String> serving(
            List<KernelVariant<P>> variants, P params, Operands operands, CTarget target) {
        return variants.stream()
                .filter(v -> v.serves(params, operands, target))
                .map(KernelVariant::name)
                .toList();
    }

    /** The one of that name. */
    static <P extends Record> KernelVariant<P> named(List<KernelVariant<P>> variants, String name) {
        return variants.stream()
                .filter(v -> v.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kernel variant '" + name + "'"));
    }
}
