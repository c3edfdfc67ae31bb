package org.tinytune.runtimegen.emit;

import java.util.Arrays;
import java.util.Optional;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxInt8;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.tensor.Shape;

/** {@code SOFTMAX}: the table of exponentials, up to the last that is not 0. */
final class SoftmaxEmitter implements Emitter<SoftmaxParams> {
    @Override
    public Operator<SoftmaxParams> operator() {
        return Softmax.INSTANCE;
    }

    @Override
    public Optional<KernelCall> emit(Site<SoftmaxParams> site) {
        int[] exponentials = withoutTrailingZeros(
                SoftmaxInt8.prepare(site.params(), site.operands()).exponentials());
        Shape shape = site.input(0).shape();
        int channels = shape.dim(-1);
        int rows = shape.rows();

        return Optional.of(KernelCall.of("softmax")
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

    private static int[] withoutTrailingZeros(int[] table) {
        int length = table.length;
        while (length > 1 && table[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(table, length);
    }
}
