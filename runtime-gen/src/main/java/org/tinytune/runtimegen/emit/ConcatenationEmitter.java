package org.tinytune.runtimegen.emit;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.concatenation.Concatenation;
import org.tinytune.core.op.concatenation.ConcatenationParams;
import org.tinytune.core.tensor.Shape;

/**
 * {@code CONCATENATION}: a call for each operand, which copies its part. Seen from the axis, an operand is so many runs
 * of consecutive bytes.
 */
final class ConcatenationEmitter implements Emitter<ConcatenationParams> {
    @Override
    public Operator<ConcatenationParams> operator() {
        return Concatenation.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<ConcatenationParams> site) {
        Concatenation.INSTANCE.kernel(site.params(), site.operands());
        List<KernelCall> calls = new ArrayList<>();
        boolean joinsRows = Concatenation.joinsRows(site.params(), site.outputShape());
        int joined = 0;
        for (int operand = 0; operand < site.operands().inputs().size(); operand++) {
            Shape shape = site.input(operand).shape();
            calls.add(joinsRows ? rows(site, operand, joined) : runs(site, operand, joined));
            joined += shape.dim(site.params().axis());
        }
        return calls;
    }

    /** The operand is rows of the output, from {@code joined} on. */
    private static KernelCall rows(Site<ConcatenationParams> site, int operand, int joined) {
        Shape input = site.inputShape(operand);
        return call(site, operand, joined)
                .geometry("runs", 1)
                .geometry("run_bytes", input.rowElements() * site.elementBytes())
                .geometry("first_byte", 0)
                .geometry("pitch_bytes", 0)
                .build();
    }

    /** The operand is a part of each row of the output, behind {@code joined} elements of the axis. */
    private static KernelCall runs(Site<ConcatenationParams> site, int operand, int joined) {
        Shape input = site.inputShape(operand);
        int run = Concatenation.run(site.params(), input);
        int inner = run / input.dim(site.params().axis());
        return call(site, operand, 0)
                .geometry("runs", input.rowElements() / run)
                .geometry("run_bytes", run * site.elementBytes())
                .geometry("first_byte", inner * joined * site.elementBytes())
                .geometry("pitch_bytes", Concatenation.run(site.params(), site.outputShape()) * site.elementBytes())
                .build();
    }

    private static KernelCall.Builder call(Site<ConcatenationParams> site, int operand, int firstRow) {
        int inputRows = site.inputShape(operand).rows();
        Shape output = site.outputShape();
        return KernelCall.of("concatenation")
                .inputs(operand)
                .rows(output.rows())
                .geometry("rows", output.rows())
                .geometry("row_bytes", output.rowElements() * site.elementBytes())
                .geometry("input_rows", inputRows)
                .geometry("first_row", firstRow)
                .geometry(
                        "input_ring_rows",
                        Math.min(inputRows, site.inputRingRows().get(operand)))
                .geometry("output_ring_rows", Math.min(output.rows(), site.outputRingRows()));
    }
}
