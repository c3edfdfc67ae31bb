package org.tinytune.runtimegen.emit;

import java.util.Arrays;
import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxInt8;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.tensor.Shape;

/** {@code SOFTMAX}: the table of exponentials, up to the last that counts. */
final class SoftmaxEmitter implements Emitter<SoftmaxParams> {
    /**
     * An exponential below this rounds to 0 in the sum, which divides it by 2^12, and in the output, which divides it
     * by 2^23 or more: to leave it out changes no byte.
     */
    private static final int LEAST_EXPONENTIAL = 1 << 11;

    @Override
    public Operator<SoftmaxParams> operator() {
        return Softmax.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<SoftmaxParams> site) {
        int[] exponentials =
                thatCount(SoftmaxInt8.prepare(site.params(), site.operands()).exponentials());
        Shape shape = site.input(0).shape();
        int channels = shape.dim(-1);
        int rows = shape.rows();

        return List.of(KernelCall.of("softmax")
                .rows(rows)
                .geometry("height", rows)
                .geometry("width", shape.rowElements() / channels)
                .geometry("channels", channels)
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("output_ring_rows", site.outputRingRows())
                .quantization("exponentials", exponentials.length)
                .array(FlashArray.of("exponential", exponentials))
                .build());
    }

    private static int[] thatCount(int[] table) {
        int length = table.length;
        while (table[length - 1] < LEAST_EXPONENTIAL) {
            length--;
        }
        return Arrays.copyOf(table, length);
    }
}
