package org.tinytune.runtimegen.emit;

import org.tinytune.core.tensor.Shape;

/**
 * The rows of an operator that computes each element on its own. Where nothing is streamed all elements are one row.
 *
 * @param rows of the output
 * @param rowBytes of each
 */
record Elementwise(int rows, int rowBytes) {

    static Elementwise of(Site<?> site) {
        Shape shape = site.outputShape();
        return site.streamed()
                ? new Elementwise(shape.rows(), shape.rowElements())
                : new Elementwise(1, shape.elements());
    }

    /** Adds the rows. */
    KernelCall.Builder addTo(KernelCall.Builder call) {
        return call.rows(rows).geometry("rows", rows).geometry("row_bytes", rowBytes);
    }

    /** How many rows are held of a tensor that holds so many. */
    int ringRows(int held) {
        return Math.min(rows, held);
    }
}
