package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.pad.Pad;
import org.tinytune.core.op.pad.PadParams;
import org.tinytune.core.tensor.Shape;

/** {@code PAD} of a tensor of rank 4 or less; the kernel counts in bytes, so that those of int16 are more channels. */
final class PadEmitter implements Emitter<PadParams> {
    @Override
    public Operator<PadParams> operator() {
        return Pad.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<PadParams> site) {
        Pad.INSTANCE.kernel(site.params(), site.operands());
        Shape input = site.input(0).shape();
        Shape output = site.outputShape();
        if (input.rank() > 4) {
            throw new InvalidModelException(
                    "tensor '" + site.input(0).name() + "' is " + input + ": the C kernel of PAD takes rank 4 or less");
        }
        List<Integer> before = site.params().before();
        int bytes = site.elementBytes();

        KernelCall.Builder call = KernelCall.of("pad")
                .rows(extent(output, 3))
                .geometry("input_height", extent(input, 3))
                .geometry("input_width", extent(input, 2))
                .geometry("input_channels", extent(input, 1) * bytes)
                .geometry(
                        "input_ring_rows",
                        site.streamed() ? site.inputRingRows().get(0) : extent(input, 3))
                .geometry("output_height", extent(output, 3))
                .geometry("output_width", extent(output, 2))
                .geometry("output_channels", extent(output, 1) * bytes)
                .geometry("output_ring_rows", site.streamed() ? site.outputRingRows() : extent(output, 3))
                .geometry("top", before(before, 3))
                .geometry("left", before(before, 2))
                .geometry("front", before(before, 1) * bytes)
                .quantization("zero_point", site.output().quantization().zeroPoint());
        return List.of(call.build());
    }

    /** The extent so many places from the last, 1 if there is none. */
    private static int extent(Shape shape, int fromLast) {
        return fromLast > shape.rank() ? 1 : shape.dim(-fromLast);
    }

    private static int before(List<Integer> before, int fromLast) {
        return fromLast > before.size() ? 0 : before.get(before.size() - fromLast);
    }
}
