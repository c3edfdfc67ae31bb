package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.resizenearestneighbor.ResizeNearestNeighbor;
import org.tinytune.core.op.resizenearestneighbor.ResizeNearestNeighborKernel;
import org.tinytune.core.op.resizenearestneighbor.ResizeNearestNeighborParams;
import org.tinytune.core.tensor.Shape;

/** {@code RESIZE_NEAREST_NEIGHBOR}. */
final class ResizeNearestNeighborEmitter implements Emitter<ResizeNearestNeighborParams> {
    @Override
    public Operator<ResizeNearestNeighborParams> operator() {
        return ResizeNearestNeighbor.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<ResizeNearestNeighborParams> site) {
        ResizeNearestNeighborKernel kernel = ResizeNearestNeighborKernel.prepare(site.params(), site.operands());
        Shape input = site.input(0).shape();
        Shape output = site.outputShape();

        return List.of(KernelCall.of("resize_nearest_neighbor")
                .rows(output.rows())
                .geometry("input_height", input.dim(1))
                .geometry("input_width", input.dim(2))
                .geometry("channels", input.dim(3) * site.elementBytes())
                .geometry(
                        "input_ring_rows",
                        Math.min(input.rows(), site.inputRingRows().get(0)))
                .geometry("output_height", output.dim(1))
                .geometry("output_width", output.dim(2))
                .geometry("output_ring_rows", Math.min(output.rows(), site.outputRingRows()))
                .array(FlashArray.of("rows", table(kernel.rows())))
                .array(FlashArray.of("columns", table(kernel.columns())))
                .build());
    }

    private static short[] table(int[] indices) {
        short[] table = new short[indices.length];
        for (int i = 0; i < table.length; i++) {
            table[i] = (short) indices[i];
            if (table[i] != indices[i]) {
                throw new InvalidModelException("an image with " + indices[i] + " rows or columns is too large");
            }
        }
        return table;
    }
}
