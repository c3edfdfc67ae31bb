package org.tinytune.runtimegen.emit;

import org.tinytune.core.tensor.Shape;

/**
 * The rows of an operator that computes each element on its own. Where nothing is streamed all elements are one row.
 *
 * @param rows of the output
 * @param rowElements of each
 */
record Elementwise(int rows, int rowElements) {

    static Elementwise of(Site<?> site) {
        Shape shape = site.outputShape();
        return site.streamed()
                ? new Elementwise(shape.rows(), shape.rowElements())
                : new Elementwise(1, shape.elements());
    }

    /** Adds the rows of a kernel for elements of one byte. */
    KernelCall.Builder addTo(KernelCall.Builder call) {
        return addBytesTo(call, 1);
    }

    /** Adds the rows of a kernel that moves bytes. */
    KernelCall.Builder addBytesTo(KernelCall.Builder call, int elementBytes) {
        return call.rows(rows).geometry("rows", rows).geometry("row_bytes", rowElements * elementBytes);
    }

    /** Adds the rows of a kernel that counts in elements, and the rings of its input and output. */
    KernelCall.Builder addElementsTo(KernelCall.Builder call, Site<?> site) {
        return addElementsTo(call)
                .geometry("input_ring_rows", ringRows(site.inputRingRows().get(0)))
                .geometry("output_ring_rows", ringRows(site.outputRingRows()));
    }

    /** Adds the rows of a kernel that counts in elements. */
    KernelCall.Builder addElementsTo(KernelCall.Builder call) {
        return call.rows(rows).geometry("rows", rows).geometry("row_elements", rowElements);
    }

    /** How many rows are held of a tensor that holds so many. */
    int ringRows(int held) {
        return Math.min(rows, held);
    }
}
