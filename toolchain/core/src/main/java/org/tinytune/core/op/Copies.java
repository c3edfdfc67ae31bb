package org.tinytune.core.op;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Shard;

/** Copies of whole samples between buffers. */
public final class Copies {
    private Copies() {}

    /** Copies the samples of a shard, of which each has that many elements, unless they are there already. */
    public static void copy(Shard shard, int elements, FloatSpan from, FloatSpan to) {
        if (from.array() == to.array() && from.offset() == to.offset()) {
            return;
        }
        int begin = shard.begin() * elements;
        System.arraycopy(
                from.array(), from.offset() + begin, to.array(), to.offset() + begin, shard.samples() * elements);
    }
}
