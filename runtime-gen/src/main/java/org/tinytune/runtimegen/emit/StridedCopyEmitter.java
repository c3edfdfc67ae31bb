package org.tinytune.runtimegen.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.StridedCopy;
import org.tinytune.core.op.StridedView;
import org.tinytune.core.tensor.Shape;

/** {@code TRANSPOSE} and {@code STRIDED_SLICE}: copies of elements that lie at regular distances. */
final class StridedCopyEmitter<P extends Record> implements Emitter<P> {
    /** Extents of a row that the kernel takes. */
    private static final int EXTENTS = 4;
    /** The axis of the columns of an image. */
    private static final int COLUMNS = 2;

    private final Operator<P> operator;
    private final BiFunction<P, Operands, StridedCopy> prepare;

    StridedCopyEmitter(Operator<P> operator, BiFunction<P, Operands, StridedCopy> prepare) {
        this.operator = operator;
        this.prepare = prepare;
    }

    @Override
    public Operator<P> operator() {
        return operator;
    }

    @Override
    public List<KernelCall> emit(Site<P> site) {
        StridedView view = prepare.apply(site.params(), site.operands()).view();
        site.input(0);
        return List.of(site.streamed() ? rowByRow(site, view) : whole(site, view));
    }

    /** Where nothing is streamed, the outermost extent serves as rows. */
    private static KernelCall whole(Site<?> site, StridedView view) {
        List<StridedView.Run> runs = new ArrayList<>(view.runs(site.outputShape(), 0));
        StridedView.Run rows = runs.size() > 1 ? runs.remove(0) : new StridedView.Run(1, 0);
        KernelCall.Builder call = KernelCall.of("strided_copy")
                .rows(rows.extent())
                .geometry("rows", rows.extent())
                .geometry("output_ring_rows", rows.extent());
        int bytes = site.elementBytes();
        return addRow(heldWhole(call, rows.extent(), rows.step() * bytes, view.first() * bytes), runs, bytes);
    }

    private static KernelCall rowByRow(Site<?> site, StridedView view) {
        Shape input = site.inputShape(0);
        Shape output = site.outputShape();
        boolean image = output.rank() == 4;
        int step = image ? view.steps().get(1) : 0;
        int held = site.inputRingRows().get(0);
        int bytes = site.elementBytes();
        KernelCall.Builder call = KernelCall.of("strided_copy")
                .rows(output.rows())
                .geometry("rows", output.rows())
                .geometry("output_ring_rows", Math.min(output.rows(), site.outputRingRows()));
        if (held < input.rows()) {
            call.geometry("input_rows", input.rows())
                    .geometry("input_row_bytes", input.rowElements() * bytes)
                    .geometry("input_ring_rows", held)
                    .geometry("first_row", view.first() / input.rowElements())
                    .geometry("row_step", step / input.rowElements())
                    .geometry("first_byte", view.first() % input.rowElements() * bytes);
        } else {
            heldWhole(call, output.rows(), step * bytes, view.first() * bytes);
        }
        return addRow(call, view.runs(output, image ? COLUMNS : 0), bytes);
    }

    /** An input that is held whole has no rows of its own: those of the output are so many bytes apart. */
    private static KernelCall.Builder heldWhole(KernelCall.Builder call, int rows, int step, int first) {
        return call.geometry("input_rows", rows)
                .geometry("input_row_bytes", step)
                .geometry("input_ring_rows", rows)
                .geometry("first_row", 0)
                .geometry("row_step", 1)
                .geometry("first_byte", first);
    }

    private static KernelCall addRow(KernelCall.Builder call, List<StridedView.Run> elements, int bytes) {
        List<StridedView.Run> runs = inBytes(elements, bytes);
        if (runs.size() > EXTENTS) {
            throw new InvalidModelException("moves elements along more than " + EXTENTS
                    + " extents of a row, which is more than the C kernel takes");
        }
        for (int i = 1; i <= EXTENTS; i++) {
            int missing = EXTENTS - runs.size();
            StridedView.Run run = i <= missing ? new StridedView.Run(1, 1) : runs.get(i - missing - 1);
            call.geometry("extent_" + i, run.extent()).geometry("step_" + i, run.step());
        }
        return call.build();
    }

    /** The bytes of an element are an extent of their own, which the last goes on with if its elements lie together. */
    private static List<StridedView.Run> inBytes(List<StridedView.Run> elements, int bytes) {
        if (bytes == 1) {
            return elements;
        }
        List<StridedView.Run> runs = new ArrayList<>();
        elements.forEach(run -> runs.add(new StridedView.Run(run.extent(), run.step() * bytes)));
        int last = runs.size() - 1;
        if (last >= 0 && runs.get(last).step() == bytes) {
            runs.set(last, new StridedView.Run(runs.get(last).extent() * bytes, 1));
        } else {
            runs.add(new StridedView.Run(bytes, 1));
        }
        return runs;
    }
}
