package org.tinytune.runtimegen.emit;

import java.util.List;
import java.util.function.Function;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.SigmoidInt16;

/** {@code LOGISTIC} and {@code TANH} of int16, with the table of 512 bytes that both interpolate. */
record SigmoidInt16Emitter<P extends Record>(Operator<P> operator, Function<Operands, SigmoidInt16> prepare)
        implements Emitter<P> {

    @Override
    public List<KernelCall> emit(Site<P> site) {
        SigmoidInt16 kernel = prepare.apply(site.operands());
        site.input(0);
        return List.of(Elementwise.of(site)
                .addElementsTo(KernelCall.ofInt16("sigmoid"), site)
                .geometry("tanh", kernel.isTanh() ? 1 : 0)
                .quantization("multiplier", kernel.multiplier())
                .quantization("right_shift", kernel.rightShift())
                .array(FlashArray.of("sigmoid", table()))
                .build());
    }

    /** The points, of 16 bits without a sign, as the kernel reads them. */
    private static short[] table() {
        int[] points = SigmoidInt16.sigmoid();
        short[] table = new short[points.length];
        for (int i = 0; i < table.length; i++) {
            table[i] = (short) points[i];
        }
        return table;
    }
}
