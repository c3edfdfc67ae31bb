package org.tinytune.runtimegen.emit;

import java.util.List;
import java.util.function.BiFunction;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.LookupTable;

/**
 * Operators that map each int8 on its own: a table of 256 bytes, or no table at all where it says no more than a clamp.
 */
final class LookupEmitter<P extends Record> implements Emitter<P> {
    private final Operator<P> operator;
    private final BiFunction<P, Operands, LookupTable> prepare;

    LookupEmitter(Operator<P> operator, BiFunction<P, Operands, LookupTable> prepare) {
        this.operator = operator;
        this.prepare = prepare;
    }

    @Override
    public Operator<P> operator() {
        return operator;
    }

    @Override
    public List<KernelCall> emit(Site<P> site) {
        LookupTable table = prepare.apply(site.params(), site.operands());
        site.input(0);
        boolean clamp = isClamp(table);
        Elementwise elements = Elementwise.of(site);

        KernelCall.Builder call = elements.addTo(KernelCall.of(clamp ? "clamp" : "lookup"))
                .geometry(
                        "input_ring_rows",
                        elements.ringRows(site.inputRingRows().get(0)))
                .geometry("output_ring_rows", elements.ringRows(site.outputRingRows()));
        if (clamp) {
            call.quantization("activation_min", table.get(Byte.MIN_VALUE))
                    .quantization("activation_max", table.get(Byte.MAX_VALUE));
        } else {
            call.array(FlashArray.of("table", values(table)));
        }
        return List.of(call.build());
    }

    /** Whether every value between those of -128 and 127 is its own result. */
    private static boolean isClamp(LookupTable table) {
        int min = table.get(Byte.MIN_VALUE);
        int max = table.get(Byte.MAX_VALUE);
        for (int q = Byte.MIN_VALUE; q <= Byte.MAX_VALUE; q++) {
            if (table.get(q) != Math.max(min, Math.min(max, q))) {
                return false;
            }
        }
        return true;
    }

    private static byte[] values(LookupTable table) {
        byte[] values = new byte[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = table.get(i + Byte.MIN_VALUE);
        }
        return values;
    }
}
